"""Runs as the program starts with them: no alarm that is not true of the data itself.

Four data sets of people come with a gap between their groups, and the clean data has it: of 100
women in the Titanic's data 73 survived, of 100 men 19. A model that learnt it leaves a group
behind, and is said to once it is trained. Stamps come with a shortcut: nine of ten things stand on
the ground of their kind, so that in its first epochs the model goes by the ground and fails on the
rest, and 101 things are too few for it not to become too sure. There, what is said is held against
the answers themselves.
"""

import numpy as np
import pytest

from tests.core.diagnosis.made_runs import alarms, watched
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.outcome import describe
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot

HEALTHY = {
    "shapes": 1050, "iris": 560, "penguins": 300, "wine": 320, "breast_cancer": 250,
    "digits_8x8": 400, "sms_spam": 700, "sacramento": 420, "ames": 700, "bike_daily": 700,
    "spambase": 1100, "voices_nl": 56, "drums": 150, "chicago_rail": 700,
}  # fmt: skip
"""Steps of those that nothing is said of."""

SLOW = {"voices_nl", "drums", "digits_8x8", "spambase", "ames", "bike_daily"}
"""Watched with one seed alone."""

QUICKLY = {
    "mnist_5k": 120, "fashion_6k": 60, "retail_daily": 300, "retail_purchases": 60,
    "alice29": 12, "asyoulik": 12, "dutch_dialogues": 12, "dutch_names": 30,
}  # fmt: skip
"""Steps of those that take long: too few for some checks, enough for a false alarm."""

UNEQUAL = {"mortgage_hmda": 360, "adult_10k": 320, "hiring_resumes": 260, "titanic": 290}


def looks_of(name: str, steps: int, seed: int, looks: int) -> list[Snapshot]:
    start = starting_point(DatasetConfig(name=name), seed=seed)
    return list(watched(start, load_dataset(start.dataset, seed), steps, looks))


def test_every_bundled_data_set_is_watched() -> None:
    bundled = {name for name in SOURCES if not name.startswith("own_")} - {"painted"}
    assert bundled == {*HEALTHY, *QUICKLY, *UNEQUAL, "stamps"}


@pytest.mark.parametrize(
    ("name", "steps", "seed"),
    [
        (name, steps, seed)
        for name, steps in HEALTHY.items()
        for seed in (0, 1)[: 2 - (name in SLOW)]
    ],
)
def test_a_starting_point_raises_no_alarm(name: str, steps: int, seed: int) -> None:
    told = [describe(look).findings for look in looks_of(name, steps, seed, looks=8)]
    alarms = {one.sentence for findings in told for one in findings if one.kind == "alarm"}
    assert alarms == set()
    assert {one.name for one in told[-1]} == {"comparison", "healthy"}


@pytest.mark.parametrize(("name", "steps"), QUICKLY.items())
def test_the_first_steps_of_a_long_run_raise_no_alarm(name: str, steps: int) -> None:
    assert set().union(*(alarms(look) for look in looks_of(name, steps, 0, looks=3))) == set()


@pytest.mark.parametrize(("name", "steps"), UNEQUAL.items())
@pytest.mark.parametrize("seed", [0, 1])
def test_only_a_gap_that_the_data_has_is_told_of_unequal_data(
    name: str, steps: int, seed: int
) -> None:
    for look in looks_of(name, steps, seed, looks=6):
        told = alarms(look)
        assert told <= {"left_behind"}
        if told:
            assert look.epoch >= 1
            validation = look.info.split.validation
            assert validation.groups is not None
            labels = watched_labels(look.info)
            groups = validation.groups[look.info.watched]
            favoured = labels == look.info.dataset.positive_class
            true = [float(favoured[groups == code].mean()) for code in (0, 1)]
            assert abs(true[0] - true[1]) > 0.02


@pytest.mark.parametrize("name", UNEQUAL)
def test_random_weights_leave_no_group_behind(name: str) -> None:
    (first,) = looks_of(name, 1, 0, looks=1)
    assert alarms(first) == set()


def test_what_is_said_of_stamps_is_true_of_its_answers() -> None:
    """The model is right on the ground of a kind and wrong on the other one."""
    for look in looks_of("stamps", 54, 0, looks=2):
        if "left_behind" in alarms(look):
            assert look.predictions is not None
            right = look.predictions.output.argmax(axis=1) == watched_labels(look.info)
            groups = look.info.split.validation.groups
            assert groups is not None
            own, other = (np.mean(right[groups[look.info.watched] == code]) for code in (0, 1))
            assert other < own - 0.2


def test_before_enough_is_known_nothing_is_called_healthy() -> None:
    start = starting_point(DatasetConfig(name="iris"))
    first = next(watched(start, load_dataset(start.dataset, 0), 10, looks=1))
    assert {one.name for one in describe(first).findings} <= {"comparison", "no_better"}
