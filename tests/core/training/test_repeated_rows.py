"""A run on rows that are there more than once, of every kind of data that may have them."""

import numpy as np
import pytest

from tests.core.training.conftest import assert_same_history, run
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

KINDS = ("shapes", "digits_8x8", "sms_spam", "penguins", "sacramento", "bike_daily", "drums")
"""Points, pictures, messages, tables of classes and of numbers, days, clips."""


def repeated(share: float = 0.5, times: int = 3, too: bool = True) -> Spoiling:
    config = CorruptionConfig(name="duplicates", amount=share, options={"times": times})
    return Spoiling(corruptions=(config,)).done_to("both" if too else "train")


@pytest.mark.parametrize("name", [*KINDS, "dutch_names"])
def test_every_kind_of_data_learns_from_copies_and_is_measured_on_them(name: str) -> None:
    start = starting_point(DatasetConfig(name=name))
    trainer = Trainer(start.replace(spoiling=repeated()), load_dataset(start.dataset, 0))
    run(trainer, 4)
    snapshot = trainer.snapshot(Want.NOTHING, "paused", fresh=True)
    part, clean = snapshot.spoiled_train, snapshot.info.split.train
    assert set(np.bincount(part.origin, minlength=len(clean))) == {1, 4}
    assert np.isfinite(snapshot.train.loss) and np.isfinite(snapshot.validation.loss)
    assert snapshot.changes[0].name == "duplicates"
    figures, twin = trainer.final_figures()
    assert all(np.isfinite(part.loss) for part in (*figures.values(), *twin.values()))


def test_a_run_with_copies_replays_to_the_bit(moons: Dataset, experiment: Experiment) -> None:
    live = run(Trainer(experiment, moons), 7)
    live.change_spoiling(repeated(too=False))
    run(live, 30).change_spoiling(Spoiling())
    run(live, 10)
    snapshot = live.snapshot(Want.NOTHING, "paused")
    replayed = run(Trainer(snapshot.experiment, moons), 47)
    assert_same_history(live.history.view(), replayed.history.view())


def test_all_rows_repeated_is_the_clean_data_but_for_the_length_of_an_epoch(
    moons: Dataset, experiment: Experiment
) -> None:
    """The figures on the training data are those of the clean rows, copies or not."""
    plain = Trainer(experiment, moons).snapshot(Want.NOTHING, "ready", fresh=True)
    spoiled = experiment.replace(spoiling=repeated(1.0, 4, too=False))
    copied = Trainer(spoiled, moons).snapshot(Want.NOTHING, "ready", fresh=True)
    assert len(copied.spoiled_train) == 5 * len(plain.spoiled_train)
    assert copied.train.loss == pytest.approx(plain.train.loss, rel=1e-5)
