import numpy as np

from tests.core.training.conftest import wrong_labels
from tests.core.wants import EVERYTHING
from visualiser.core.data.dataset import Dataset
from visualiser.core.experiment import Experiment
from visualiser.core.training.runs import run_title, without_examples
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def test_a_kept_run_has_its_history_and_figures_but_no_examples(
    moons: Dataset, experiment: Experiment
) -> None:
    trainer = Trainer(experiment.replace(spoiling=wrong_labels(0.3)), moons)
    for _ in range(20):
        trainer.step()
    trainer.open_test()
    snapshot = trainer.snapshot(EVERYTHING, "paused")
    kept = without_examples(snapshot)
    assert kept.validation == snapshot.validation and kept.markers == snapshot.markers
    assert np.array_equal(kept.history["train_loss"], snapshot.history["train_loss"])
    assert kept.experiment == snapshot.experiment and kept.changes == snapshot.changes
    split = kept.info.split
    assert [len(part) for part in (split.train, split.validation, split.test)] == [0, 0, 0]
    assert len(kept.spoiled_train) == 0 and not kept.layers and kept.predictions is None
    assert len(snapshot.info.split.train) == 140


def test_a_run_is_called_by_its_data_its_model_and_what_was_spoiled(
    moons: Dataset, experiment: Experiment
) -> None:
    clean = Trainer(experiment, moons)
    title = f"{moons.title} · MLP"
    assert run_title(clean.info, clean.snapshot(Want.NOTHING, "paused").changes) == title
    spoiled = Trainer(experiment.replace(spoiling=wrong_labels(0.3)), moons)
    changes = spoiled.snapshot(Want.NOTHING, "paused").changes
    assert run_title(spoiled.info, changes) == f"{title} · wrong labels 30 %"


def test_a_run_of_an_experiment_with_a_title_is_called_by_that(
    moons: Dataset, experiment: Experiment
) -> None:
    titled = experiment.replace(title="Lesson 3", spoiling=wrong_labels(0.3))
    trainer = Trainer(titled, moons)
    changes = trainer.snapshot(Want.NOTHING, "paused").changes
    assert run_title(trainer.info, changes) == "Lesson 3 · wrong labels 30 %"
