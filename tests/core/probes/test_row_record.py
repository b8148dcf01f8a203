"""How rows were learnt, as views may ask for it."""

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.probes.row_record import RowRecordProbe, row_record_probe
from visualiser.core.questions.row_record import ROW_HISTORY
from visualiser.core.starting_point import starting_point
from visualiser.core.training.preparation import prepare
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def test_rows_with_a_label_of_their_own_have_a_record_and_others_none() -> None:
    for name, there in (("iris", True), ("sacramento", True), ("dutch_names", False)):
        experiment = starting_point(DatasetConfig(name=name))
        preparation = prepare(experiment, load_dataset(experiment.dataset, 0))
        assert isinstance(row_record_probe(preparation), RowRecordProbe) == there


def test_the_record_is_of_the_rows_in_the_same_snapshot_and_read_only() -> None:
    experiment = starting_point(DatasetConfig(name="iris"))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    trainer.step()
    shown = trainer.snapshot(Want.answers_to(ROW_HISTORY), "paused")
    record = shown.answer(ROW_HISTORY)
    assert record is not None and len(record.seen) == len(shown.spoiled_train)
    assert not record.seen.flags.writeable
    trainer.step()
    assert record.seen.sum() == experiment.training.batch_size
