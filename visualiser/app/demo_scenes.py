"""What the demonstration shows: a model that learns, spoilt data, and the everyday jobs in turn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from visualiser.app.driver import Driver
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.starting_point import starting_point
from visualiser.ui.views.product_map import ProductMapView
from visualiser.ui.views.registry import VIEWS

_VIEWS = {view.name: view for view in VIEWS}
_LONGEST = 300.0
"""Seconds until a scene is given up: of a GPT on a busy machine."""


@dataclass(frozen=True)
class Scene:
    """A stage of the story.

    Attributes:
        name: of its picture.
        act: brings the window there from the scene before.
    """

    name: str
    title: str
    act: Callable[[Driver], None]


def _experiment(name: str, **options: object) -> Experiment:
    return starting_point(DatasetConfig.model_validate({"name": name, "options": options}))


def _look_at_digits(driver: Driver) -> None:
    driver.open(_experiment("mnist_5k"))
    _look_at(driver, "data")


def _train_clean(driver: Driver) -> None:
    driver.window.stage.choose("filters")
    _train_steps(driver, 300)


def _spoil(driver: Driver) -> None:
    _set_amount(driver, "symmetric_label_noise", 0.4)
    _train_steps(driver, 900)


def _compare(driver: Driver) -> None:
    driver.pause()
    _look_at(driver, "confusion")
    driver.window.results.exam.open_button.click()
    driver.window.results.exam.yes.click()
    driver.wait_until(lambda: _exam_is_open(driver), 30, "the exam is open")


def _heal(driver: Driver) -> None:
    driver.window.stage.choose("distributions")
    driver.window.column.quality.heal.click()
    _train_steps(driver, 1200)
    driver.pause()


def _exam_is_open(driver: Driver) -> bool:
    return driver.window.snapshot is not None and driver.window.snapshot.exam is not None


def _boundary(driver: Driver) -> None:
    driver.open(_experiment("shapes", shape="moons", points=500))
    driver.window.stage.choose("boundary")
    _train_steps(driver, 800)
    _set_amount(driver, "symmetric_label_noise", 0.3)
    _train_steps(driver, 3000)
    driver.pause()


def _network(driver: Driver) -> None:
    _look_at(driver, "network")


def _bias(driver: Driver) -> None:
    driver.open(_experiment("mortgage_hmda"))
    driver.window.stage.choose("gallery")
    _train_steps(driver, 500)
    _set_amount(driver, "group_label_bias", 0.7)
    _train_steps(driver, 2000)
    driver.pause()


def _look_at(driver: Driver, view: str) -> None:
    driver.look_at(_VIEWS[view], _LONGEST)
    driver.rest(1.0)  # what is asked in rounds comes to an answer


def _epoch(driver: Driver) -> float:
    return 0.0 if driver.window.snapshot is None else driver.window.snapshot.epoch


def _train_steps(driver: Driver, step: int) -> None:
    driver.play()
    driver.wait_until(lambda: driver.step >= step, _LONGEST, f"step {step:,} is reached")


def _set_amount(driver: Driver, name: str, amount: float) -> None:
    """Move the slider of a corruption as a hand would, and wait for the marker."""
    row = driver.window.column.quality.rows[name]
    row.slider.choose(amount)
    driver.wait_until(lambda: _amount_in_force(driver, name) == amount, 30, "the data is spoiled")


def _amount_in_force(driver: Driver, name: str) -> float | None:
    snapshot = driver.window.snapshot
    return None if snapshot is None else snapshot.spoiling.amount(name)


_STORY = (
    Scene("data", "a look at the rows, before training", _look_at_digits),
    Scene("clean", "training on clean data", _train_clean),
    Scene("spoiled", "40 % wrong labels during the run, beside the clean twin", _spoil),
    Scene("compared", "what happened, and the exam", _compare),
    Scene("healed", "the data is healed, and the run goes on", _heal),
    Scene("boundary", "two moons, with 30 % wrong labels", _boundary),
    Scene("network", "what each neuron responds to", _network),
    Scene("bias", "a group that is turned down more often", _bias),
)


@dataclass(frozen=True)
class Look:
    """A view that is turned to, and what is done in it."""

    view: str
    title: str
    act: Callable[[Driver], None] | None = None


@dataclass(frozen=True)
class Job:
    """An everyday job: the usual model of a data set, and what is to be seen of it.

    Attributes:
        epochs: how long it learns, with the first view in sight.
    """

    dataset: str
    epochs: float
    looks: tuple[Look, ...]

    def scenes(self) -> Iterator[Scene]:
        """A scene for each view; the model learns in the first."""
        for look in self.looks:
            yield Scene(look.view, look.title, partial(self._show, look))

    def _show(self, look: Look, driver: Driver) -> None:
        if look is self.looks[0]:
            driver.open(_experiment(self.dataset), seconds=_LONGEST)
            driver.window.stage.choose(look.view)
            driver.play()
            driver.wait_until(lambda: _epoch(driver) >= self.epochs, _LONGEST, "enough is learnt")
            driver.pause()
        _look_at(driver, look.view)
        if look.act is not None:
            look.act(driver)


def _pick_best_seller(driver: Driver) -> None:
    (view,) = driver.window.stage.first.findChildren(ProductMapView)
    assert driver.window.snapshot is not None
    bought = np.bincount(driver.window.snapshot.info.split.train.labels)
    driver.click(view.plot, view.plot.place_of(int(bought.argmax())))
    _look_at(driver, "product_map")


JOBS = (
    Job(
        "sms_spam",
        6,
        (
            Look("words", "spam: the words that speak for it"),
            Look("message", "a message, coloured by what its words do"),
        ),
    ),
    Job("stamps", 4, (Look("feature_maps", "photo stamps: what the filters find in one"),)),
    Job(
        "sacramento",
        20,
        (
            Look("map", "house prices: where they are taken too high or too low"),
            Look("influence", "what moves a price"),
            Look("scatter", "predicted against true prices"),
        ),
    ),
    Job(
        "retail_purchases",
        5,
        (
            Look("recommended", "purchases: what a customer would be shown"),
            Look("product_map", "products that are bought alike", _pick_best_seller),
        ),
    ),
    Job("bike_daily", 40, (Look("forecast", "bicycle hires, day by day"),)),
    Job(
        "alice29",
        4,
        (
            Look("writing", "a small GPT: what it writes"),
            Look("attention", "which characters it looks back at"),
        ),
    ),
    Job("drums", 30, (Look("spectrogram", "a drum, seen and heard"),)),
)
"""The everyday jobs in turn."""

SCENES = (*_STORY, *(scene for job in JOBS for scene in job.scenes()))
"""In the order in which they are shown."""
