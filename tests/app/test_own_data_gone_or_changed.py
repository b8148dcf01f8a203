"""An experiment with data of the user's own, once that has changed, moved or gone."""

from pathlib import Path
from threading import Event, get_ident

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.app.test_own_table_written_again import of, rows, write
from visualiser.app.driver import Driver
from visualiser.core import own_files
from visualiser.core.data.own_content import fingerprint
from visualiser.core.data.source import Progress
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


def test_the_file_of_data_that_moved_is_open_and_unchanged(
    driver: Driver, table: Path, tmp_path: Path
) -> None:
    place = tmp_path / "lesson.experiment.json"
    saved(driver, table, place)
    here = table.rename(tmp_path / "another name.csv")
    opened(driver, place, 40)
    assert driver.window.desk.open_experiment.path == place
    assert not driver.window.isWindowModified()
    assert driver.window.experiment.dataset.options["path"] == str(here)
    assert driver.window.desk.recent_data.paths == (str(here),)


class Search:
    """Looks for moved data until it is let go on or cancelled, and says on which thread."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.threads: list[int] = []
        self.go_on = Event()
        monkeypatch.setattr(own_files, "fingerprint", self)

    def __call__(self, path: Path, progress: Progress) -> str:
        self.threads.append(get_ident())
        progress.update(0.5, f"Reading “{path.name}”")
        while not self.go_on.wait(0.01):
            progress.check()
        return fingerprint(path, progress)


def test_moved_data_is_looked_for_beside_the_window(
    driver: Driver, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, search = tmp_path / "lesson.experiment.json", Search(monkeypatch)
    saved(driver, table, place)
    table.rename(tmp_path / "another name.csv")
    driver.open(of_shapes())
    driver.window.desk.open_file(place)
    work = driver.window.work
    driver.wait_until(lambda: work.isVisible() and work.bar.value() == 500, 30, "it is looked for")
    assert work.text.text() == "Looking for “changing.csv” beside the experiment"
    assert get_ident() not in search.threads
    search.go_on.set()
    driver.wait_until(lambda: rows(driver) == 40, 30, "it is loaded")
    assert "“another name.csv” beside the experiment is used" in told(driver)


def test_looking_for_moved_data_can_be_cancelled(
    driver: Driver, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, search = tmp_path / "lesson.experiment.json", Search(monkeypatch)
    saved(driver, table, place)
    table.rename(tmp_path / "another name.csv")
    driver.open(of_shapes())
    driver.window.messages.clear()
    driver.window.desk.open_file(place)
    driver.wait_until(lambda: bool(search.threads) and driver.window.work.isVisible(), 30, "it is")
    driver.window.work.cancel.click()
    driver.wait_until(lambda: not driver.window.work.isVisible(), 30, "it is given up")
    assert told(driver) == ""
    assert driver.window.experiment == of_shapes()
    assert driver.window.desk.open_experiment.path is None


def answer(driver: Driver, elsewhere: Path) -> QFileDialog:
    """Press “Choose…” and choose."""
    driver.window.messages._rows[0].action_button.click()
    dialog = driver.window.desk._dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(elsewhere))
    dialog.close()
    return dialog


def test_data_that_is_gone_is_asked_for(driver: Driver, table: Path, tmp_path: Path) -> None:
    place, elsewhere = tmp_path / "lesson.experiment.json", tmp_path / "away" / "flats.csv"
    saved(driver, table, place)
    driver.window.desk.recent_data.note(table)
    elsewhere.parent.mkdir()
    table.rename(elsewhere)
    driver.open(of_shapes())
    driver.window.desk.open_file(place)
    driver.wait_until(lambda: "Where is it now?" in told(driver), 30, "it is missed")
    assert "changing.csv" in answer(driver, elsewhere).windowTitle()
    driver.wait_until(lambda: rows(driver) == 40, 30, "it is loaded")
    assert driver.window.experiment.dataset.options["path"] == str(elsewhere)
    desk = driver.window.desk
    assert desk.open_experiment.path == place
    assert driver.window.isWindowModified()
    assert desk.recent_data.paths == (str(elsewhere),)
    desk.save()
    assert not driver.window.isWindowModified()
    assert load_experiment(place).dataset.options["path"] == str(elsewhere)


def test_a_folder_where_a_file_was_is_asked_for_too(
    driver: Driver, table: Path, tmp_path: Path
) -> None:
    place, elsewhere = tmp_path / "lesson.experiment.json", tmp_path / "away.csv"
    saved(driver, table, place)
    write(elsewhere, 50)
    table.unlink()
    table.mkdir()
    driver.open(of_shapes())
    driver.window.desk.open_file(place)
    driver.wait_until(lambda: "is a folder, not a file" in told(driver), 30, "it is missed")
    assert "Where is it now?" in told(driver)
    answer(driver, elsewhere)
    driver.wait_until(lambda: rows(driver) == 50, 30, "it is loaded")
    assert driver.window.desk.open_experiment.path == place
