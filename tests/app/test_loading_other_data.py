"""Other data while a run stands: loaded beside it, shown once the new run stands, or refused."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.app.conftest import experiment, set_amount
from visualiser.app.driver import Driver
from visualiser.app.offscreen import driven_window
from visualiser.core.data import registry
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling
from visualiser.core.experiment_file import save_experiment
from visualiser.core.starting_point import starting_point


def shows(driver: Driver, name: str) -> bool:
    snapshot = driver.window.snapshot
    return snapshot is not None and snapshot.info.experiment.dataset.name == name


@pytest.fixture
def held_back() -> Iterator[Event]:
    """Loading waits until it is set."""
    go_on, load = Event(), registry.load_dataset

    def wait_and_load(config: DatasetConfig, seed: int, progress: Progress) -> Dataset:
        go_on.wait(60)
        return load(config, seed, progress)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "load_dataset", wait_and_load)
        yield go_on
        go_on.set()


def test_while_other_data_is_loaded_panels_and_commands_are_those_of_the_run_on_screen(
    driver: Driver, held_back: Event
) -> None:
    held_back.set()
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 5, 30, "it trains")
    held_back.clear()
    driver.window.open_experiment(experiment("mnist_5k"))
    assert driver.window.experiment == experiment()
    set_amount(driver, "symmetric_label_noise", 0.4)
    driver.window.column.training.learning_rate_changed.emit(0.02)
    driver.wait_until(lambda: driver.window.snapshot.learning_rate == 0.02, 30, "the rate changes")
    driver.pause()
    driver.play()
    assert shows(driver, "shapes")
    held_back.set()
    driver.wait_until(lambda: shows(driver, "mnist_5k") and driver.step > 0, 60, "digits train")
    assert driver.window.experiment == experiment("mnist_5k")
    assert not driver.window.snapshot.markers and not driver.window.snapshot.changes


def test_reset_while_other_data_is_loaded_stays_with_the_data_on_screen(
    driver: Driver, held_back: Event
) -> None:
    held_back.set()
    driver.open(experiment())
    driver.window.transport.step.click()
    driver.wait_until(lambda: driver.step == 1, 30, "a step is made")
    held_back.clear()
    driver.window.column.data.source.put("mnist_5k")
    driver.window.column.data.changed.emit(DatasetConfig(name="mnist_5k"), SplitConfig())
    driver.window.transport.reset.click()
    held_back.set()
    driver.wait_until(lambda: driver.step == 0, 30, "it is reset")
    driver.rest(0.3)
    assert shows(driver, "shapes")
    assert driver.window.column.data.source.get() == "shapes"


def test_closing_while_data_is_loaded_ends_everything(qapp: object) -> None:
    with driven_window() as driver:
        driver.window.open_experiment(experiment("mnist_5k"))


def test_the_newest_wish_wins_however_quickly_it_follows(driver: Driver) -> None:
    driver.open(experiment())
    driver.window.reset_wanted.emit(False)
    driver.window.open_experiment(experiment("sacramento"))
    driver.wait_until(lambda: shows(driver, "sacramento"), 30, "the houses are there")
    driver.window.open_experiment(experiment("mortgage_hmda"))
    driver.window.open_experiment(experiment("sacramento"))
    driver.rest(1)
    assert shows(driver, "sacramento") and driver.window.work.isHidden()


def test_going_back_to_data_in_memory_while_other_data_is_loaded(driver: Driver) -> None:
    driver.open(experiment())
    driver.window.open_experiment(experiment("mnist_5k"))
    driver.window.open_experiment(experiment())
    driver.rest(1)
    assert shows(driver, "shapes") and driver.window.work.isHidden()
    assert driver.window.experiment.dataset.name == "shapes"


def test_a_plain_refusal_does_not_say_that_something_started_over(
    driver: Driver, tmp_path: Path
) -> None:
    driver.open(experiment())
    driver.window.transport.step.click()
    driver.wait_until(lambda: driver.step == 1, 30, "a step is made")
    driver.window.column.data.changed.emit(
        DatasetConfig(name="own_table", options={"path": str(tmp_path / "gone.csv")}), SplitConfig()
    )
    driver.wait_until(lambda: bool(driver.window.messages.messages), 30, "it is refused")
    assert not any(m.key == "started" for m in driver.window.messages.messages)


def test_a_file_that_is_gone_leaves_the_run_as_it_is(driver: Driver, tmp_path: Path) -> None:
    fitting = experiment()
    driver.open(fitting)
    with pytest.raises(UserError, match=r"gone\.csv"):
        driver.open(experiment("own_table", path=str(tmp_path / "gone.csv")))
    assert driver.window.experiment == fitting


def test_a_start_with_a_table_that_is_gone_shows_the_programs_own_data(
    driver: Driver, tmp_path: Path
) -> None:
    driver.window.open_experiment(experiment("own_table", path=str(tmp_path / "gone.csv")))
    driver.wait_until(lambda: shows(driver, "mnist_5k"), 60, "the digits are there")
    assert any("gone.csv" in message.text for message in driver.window.messages.messages)
    driver.play()
    driver.wait_until(lambda: driver.step > 5, 30, "it trains")


def test_after_a_refusal_the_panels_show_the_run_as_it_stands(
    driver: Driver, tmp_path: Path
) -> None:
    driver.open(experiment())
    driver.play()
    driver.wait_until(lambda: driver.step > 5, 30, "it trains")
    set_amount(driver, "symmetric_label_noise", 0.4)
    driver.window.column.training.learning_rate_changed.emit(0.02)
    driver.wait_until(lambda: driver.window.snapshot.learning_rate == 0.02, 30, "the rate changes")
    driver.window.open_experiment(
        experiment().replace(
            dataset=DatasetConfig(name="own_table", options={"path": str(tmp_path / "gone.csv")})
        )
    )
    driver.wait_until(lambda: bool(driver.window.messages.messages), 30, "it is refused")
    quality = driver.window.column.quality
    assert quality.rows["symmetric_label_noise"].slider.value == 0.4
    assert quality.heal.isEnabled()
    shown = driver.window.experiment
    assert shown.training.learning_rate == 0.02
    assert shown.spoiling.amount("symmetric_label_noise") == 0.4
    assert shown.dataset == experiment().dataset


def test_a_file_whose_experiment_cannot_be_run_is_named(driver: Driver, tmp_path: Path) -> None:
    driver.open(experiment())
    impossible = experiment().replace(
        spoiling=Spoiling(corruptions=(CorruptionConfig(name="group_label_bias", amount=0.5),))
    )
    path = tmp_path / "lesson.experiment.json"
    save_experiment(impossible, path)
    driver.window.desk.open_file(path)
    driver.wait_until(lambda: bool(driver.window.messages.messages), 30, "it is refused")
    (message,) = driver.window.messages.messages
    assert message.text.startswith("“lesson.experiment.json”: ")
    assert driver.window.desk.open_experiment.path is None
    driver.window.messages.clear()
    driver.window.open_experiment(impossible.replace(seed=7))  # not what the file says
    driver.wait_until(lambda: bool(driver.window.messages.messages), 30, "it is refused")
    assert "lesson" not in driver.window.messages.messages[0].text


def test_a_run_is_not_asked_what_was_asked_of_the_one_before(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    names = ("mnist_5k", "sacramento", "sms_spam", "titanic", "iris")
    driver.window.stage.choose("try")
    for name in names:
        driver.open(starting_point(DatasetConfig(name=name)))
        driver.window.stage.choose("try")
        driver.play()
        driver.wait_until(lambda: driver.step > 2, 60, "it trains")
    assert [message.text for message in driver.window.messages.messages] == []
    assert driver.window.snapshot is not None
    assert driver.window.snapshot.info.dataset.name == names[-1]
    assert not [record for record in caplog.records if "cannot be answered" in record.msg]
