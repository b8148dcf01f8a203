"""The whole program, as a user has it, with a home of its own."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from visualiser.app.driver import Driver
from visualiser.app.offscreen import driven_window
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.starting_point import starting_point


@pytest.fixture
def driver(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    # What stays is frozen already (tests/conftest.py), and is not to be let go with the window.
    for done_once in ("freeze", "unfreeze"):
        monkeypatch.setattr(gc, done_once, lambda: None)
    with driven_window() as driving:
        yield driving
    gc.disable()  # it was given back to Python, but nothing was let go: none need look


def experiment(name: str = "shapes", **options: object) -> Experiment:
    """The starting point of a data set; 2-D shapes are small here."""
    options = {"points": 200, **options} if name == "shapes" else options
    return starting_point(DatasetConfig.model_validate({"name": name, "options": options}))


def set_amount(driver: Driver, name: str, amount: float) -> None:
    """Move the slider of a corruption, and wait until the run has heard of it."""
    driver.window.column.quality.rows[name].slider.choose(amount)
    driver.wait_until(
        lambda: driver.window.snapshot.spoiling.amount(name) == (amount or None),
        30,
        "it is spoiled",
    )
