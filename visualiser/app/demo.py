"""The story told by the real window: load, train clean, spoil during the run, compare, heal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from visualiser.app.driver import Driver, DriverError
from visualiser.app.offscreen import driven_window
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.starting_point import starting_point

Scene = tuple[str, str, Callable[[Driver], None]]


def run_demo(folder: Path) -> int:
    """Drive the window through the story and save a picture of each scene.

    Raises:
        UserError: a picture cannot be written, or the window did not get there.
    """
    scenes = _SCENES
    with driven_window() as driver, _plain_errors():
        for number, (name, title, act) in enumerate(
            tqdm(scenes, desc="demo", unit="scene"), start=1
        ):
            act(driver)
            path = folder / f"{number:02d}-{name}.png"
            driver.picture(path)
            tqdm.write(f"{path}: {title}")
    return 0


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except DriverError as error:
        raise UserError(f"The demonstration stopped: {error}.") from error


def _experiment(name: str, **options: object) -> Experiment:
    return starting_point(DatasetConfig.model_validate({"name": name, "options": options}))


def _look_at_digits(driver: Driver) -> None:
    driver.open(_experiment("mnist_5k"))
    driver.window.stage.choose("data")
    driver.rest(0.3)


def _train_clean(driver: Driver) -> None:
    driver.window.stage.choose("filters")
    _train_until(driver, 300)


def _spoil(driver: Driver) -> None:
    _set_amount(driver, "symmetric_label_noise", 0.4)
    _train_until(driver, 900)


def _compare(driver: Driver) -> None:
    driver.pause()
    driver.window.stage.choose("confusion")
    driver.window.results.exam.open_button.click()
    driver.window.results.exam.yes.click()
    driver.wait_until(lambda: _exam_is_open(driver), 30, "the exam is open")


def _heal(driver: Driver) -> None:
    driver.window.stage.choose("distributions")
    driver.window.column.quality.heal.click()
    _train_until(driver, 1200)
    driver.pause()


def _boundary(driver: Driver) -> None:
    driver.open(_experiment("shapes", shape="moons", points=500))
    driver.window.stage.choose("boundary")
    _train_until(driver, 800)
    _set_amount(driver, "symmetric_label_noise", 0.3)
    _train_until(driver, 3000)
    driver.pause()


def _network(driver: Driver) -> None:
    driver.window.stage.choose("network")
    driver.rest(0.3)


def _bias(driver: Driver) -> None:
    driver.open(_experiment("mortgage_hmda"))
    driver.window.stage.choose("gallery")
    _train_until(driver, 500)
    _set_amount(driver, "group_label_bias", 0.7)
    _train_until(driver, 2000)
    driver.pause()


def _prices(driver: Driver) -> None:
    driver.open(_experiment("sacramento"))
    driver.window.stage.choose("scatter")
    _train_until(driver, 1500)
    driver.pause()


def _messages(driver: Driver) -> None:
    driver.open(_experiment("sms_spam"))
    driver.window.stage.choose("gallery")
    _train_until(driver, 600)
    driver.pause()


def _exam_is_open(driver: Driver) -> bool:
    return driver.window.snapshot is not None and driver.window.snapshot.exam is not None


def _train_until(driver: Driver, step: int) -> None:
    driver.play()
    driver.wait_until(lambda: driver.step >= step, 180, f"step {step:,} is reached")


def _set_amount(driver: Driver, name: str, amount: float) -> None:
    """Move the slider of a corruption as a hand would, and wait for the marker."""
    row = driver.window.column.quality.rows[name]
    row.slider.choose(amount)
    driver.wait_until(lambda: _amount_in_force(driver, name) == amount, 30, "the data is spoiled")


def _amount_in_force(driver: Driver, name: str) -> float | None:
    snapshot = driver.window.snapshot
    return None if snapshot is None else snapshot.spoiling.amount(name)


_SCENES: tuple[Scene, ...] = (
    ("data", "a look at the rows, before training", _look_at_digits),
    ("clean", "training on clean data", _train_clean),
    ("spoiled", "40 % wrong labels during the run, beside the clean twin", _spoil),
    ("compared", "what happened, and the exam", _compare),
    ("healed", "the data is healed, and the run goes on", _heal),
    ("boundary", "two moons, with 30 % wrong labels", _boundary),
    ("network", "what each neuron responds to", _network),
    ("bias", "a group that is turned down more often", _bias),
    ("prices", "house prices, predicted against true", _prices),
    ("messages", "which messages are mistaken for spam", _messages),
)
