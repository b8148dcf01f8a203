"""An experiment with data of the user's own, once that has changed, moved or gone."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.app.test_own_table_written_again import of, rows, write
from visualiser.app.driver import Driver
from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import load_experiment


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "changing.csv"
    path.parent.mkdir()
    write(path, 40)
    return path


def saved(driver: Driver, table: Path, place: Path) -> Experiment:
    driver.open(of(table))
    driver.window.desk._save_to(str(place))
    return load_experiment(place)


def opened(driver: Driver, place: Path, count: int) -> None:
    driver.open(of_shapes())
    driver.window.messages.clear()
    driver.window.desk.open_file(place)
    driver.wait_until(lambda: rows(driver) == count, 30, "it is loaded")


def of_shapes() -> Experiment:
    return Experiment()


def told(driver: Driver) -> str:
    return " ".join(message.sentence for message in driver.window.messages.messages)


def test_data_that_is_the_same_is_not_spoken_of(
    driver: Driver, table: Path, tmp_path: Path
) -> None:
    place = tmp_path / "lesson.experiment.json"
    assert saved(driver, table, place).dataset.content.startswith("sha256:")
    opened(driver, place, 40)
    assert told(driver) == ""
    assert not driver.window.isWindowModified()


def test_data_that_changed_is_told(driver: Driver, table: Path, tmp_path: Path) -> None:
    place = tmp_path / "lesson.experiment.json"
    saved(driver, table, place)
    write(table, 60)
    opened(driver, place, 60)
    assert "“changing.csv” has changed since this experiment was made" in told(driver)


def test_data_that_moved_beside_the_experiment_is_found(
    driver: Driver, table: Path, tmp_path: Path
) -> None:
    place = tmp_path / "lesson.experiment.json"
    saved(driver, table, place)
    table.rename(tmp_path / "another name.csv")
    opened(driver, place, 40)
    assert "“another name.csv” beside the experiment is used" in told(driver)
    assert "changed" not in told(driver)


def test_data_that_is_gone_is_asked_for(driver: Driver, table: Path, tmp_path: Path) -> None:
    place, elsewhere = tmp_path / "lesson.experiment.json", tmp_path / "away" / "flats.csv"
    saved(driver, table, place)
    elsewhere.parent.mkdir()
    table.rename(elsewhere)
    driver.open(of_shapes())
    driver.window.desk.open_file(place)
    driver.wait_until(lambda: "Where is it now?" in told(driver), 30, "it is missed")
    row = driver.window.messages._rows[0]
    row.action_button.click()
    dialog = driver.window.desk._dialog
    assert isinstance(dialog, QFileDialog)
    assert "changing.csv" in dialog.windowTitle()
    dialog.fileSelected.emit(str(elsewhere))
    dialog.close()
    driver.wait_until(lambda: rows(driver) == 40, 30, "it is loaded")
    assert driver.window.experiment.dataset.options["path"] == str(elsewhere)
