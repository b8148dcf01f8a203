"""Runs as the program starts with them: no alarm at any moment, and calm once enough is known."""

import pytest

from tests.core.diagnosis.made_runs import watched
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.outcome import describe
from visualiser.core.starting_point import starting_point


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("shapes", 1050),
        ("iris", 560),
        ("penguins", 300),
        ("wine", 320),
        ("breast_cancer", 250),
        ("digits_8x8", 400),
        ("sms_spam", 700),
        ("sacramento", 420),
        ("ames", 700),
        ("bike_daily", 700),
    ],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_a_starting_point_raises_no_alarm(name: str, steps: int, seed: int) -> None:
    start = starting_point(DatasetConfig(name=name), seed=seed)
    told = [
        describe(snapshot).findings
        for snapshot in watched(start, load_dataset(start.dataset, seed), steps, looks=8)
    ]
    alarms = {one.sentence for findings in told for one in findings if one.kind == "alarm"}
    assert alarms == set()
    assert {one.name for one in told[-1]} == {"comparison", "healthy"}


def test_before_enough_is_known_nothing_is_called_healthy() -> None:
    start = starting_point(DatasetConfig(name="iris"))
    first = next(watched(start, load_dataset(start.dataset, 0), 10, looks=1))
    assert {one.name for one in describe(first).findings} <= {"comparison", "no_better"}
