"""What training keeps of its own answers, and that it does not mind."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from tests.core.training.conftest import assert_same_history, run, wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.questions.row_record import ROW_HISTORY, RowRecord
from visualiser.core.starting_point import starting_point
from visualiser.core.training.row_recorder import RowRecorder
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def record(trainer: Trainer) -> RowRecord:
    answer = trainer.snapshot(Want.answers_to(ROW_HISTORY), "paused").answer(ROW_HISTORY)
    assert answer is not None
    return answer


def test_losses_margins_and_forgetting_are_those_of_the_outputs() -> None:
    generator = torch.Generator().manual_seed(0)
    targets = torch.tensor([0, 1, 2, 1])
    epochs = [torch.randn(4, 3, generator=generator) for _ in range(5)]
    recorder = RowRecorder(3)
    recorder.restart(4)
    for outputs in epochs:
        for start in (0, 2):
            rows = np.array([start, start + 1])
            recorder.note(start, rows, outputs[start : start + 2], targets[start : start + 2])
    found = recorder.view()
    assert found is not None and found.epochs == 5
    losses = torch.stack([functional.cross_entropy(o, targets, reduction="none") for o in epochs])
    assert found.loss == pytest.approx(losses[-1].numpy(), rel=1e-5)
    assert found.mean_loss == pytest.approx(losses.mean(dim=0).numpy(), rel=1e-5)
    mean = torch.stack(epochs).softmax(dim=2).mean(dim=0)
    assert found.probabilities == pytest.approx(mean.numpy(), rel=1e-5)
    of_given = [o.gather(1, targets[:, None])[:, 0] for o in epochs]
    others = [o.scatter(1, targets[:, None], -np.inf).max(dim=1).values for o in epochs]
    margin = torch.stack([a - b for a, b in zip(of_given, others, strict=True)]).mean(dim=0)
    assert found.margin == pytest.approx(margin.numpy(), rel=1e-4)
    right = np.array([(o.argmax(dim=1) == targets).numpy() for o in epochs])
    assert found.learnt is not None and (found.learnt == right.any(axis=0)).all()
    assert found.forgotten is not None
    assert (found.forgotten == (right[:-1] & ~right[1:]).sum(axis=0)).all()


def test_every_row_is_seen_once_an_epoch(moons: Dataset, experiment: Experiment) -> None:
    trainer = Trainer(experiment, moons)
    while trainer.epoch < 3:
        trainer.step()
    assert (record(trainer).seen == 3).all()
    trainer.step()
    seen = record(trainer).seen
    assert set(seen) == {3, 4} and np.sum(seen == 4) == experiment.training.batch_size


def test_a_run_is_the_same_whether_it_is_asked_or_not(
    moons: Dataset, experiment: Experiment
) -> None:
    spoiled = experiment.replace(spoiling=wrong_labels(0.3))
    asked, alone = Trainer(spoiled, moons), Trainer(spoiled, moons)
    alone._pair.student.recorder = None
    for _ in range(40):
        asked.step()
        record(asked)
    assert_same_history(asked.history.view(), run(alone, 40).history.view())


def test_other_labels_begin_another_record(moons: Dataset, experiment: Experiment) -> None:
    trainer = run(Trainer(experiment, moons), 40)
    trainer.change_spoiling(wrong_labels(0.3))
    assert record(trainer).epochs == 0
    run(trainer, 5)
    assert 0 < record(trainer).seen.sum() <= 5 * experiment.training.batch_size


def test_amounts_have_a_squared_error_and_nothing_of_classes() -> None:
    experiment = starting_point(DatasetConfig(name="sacramento"))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    while trainer.epoch < 2:
        trainer.step()
    found = record(trainer)
    assert found.margin is None and found.probabilities is None
    assert np.isfinite(found.loss).all() and 0 < np.median(found.mean_loss) < 5


def test_texts_and_purchases_are_not_recorded() -> None:
    experiment = starting_point(DatasetConfig(name="dutch_names"))
    trainer = run(Trainer(experiment, load_dataset(experiment.dataset, 0)), 2)
    shown = trainer.snapshot(Want.answers_to(ROW_HISTORY), "paused")
    assert ROW_HISTORY not in shown.answers


def test_what_is_too_much_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visualiser.core.training.row_recorder.MOST_NUMBERS", 11)
    recorder = RowRecorder(3)
    recorder.restart(4)
    recorder.note(0, np.array([0]), torch.zeros(1, 3), torch.tensor([0]))
    assert recorder.view() is None
