"""The title names the file that is open, and says whether what is shown differs from it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import NOISE, SHAPES, Trained, show
from visualiser.core.experiment import DatasetConfig, Edit, Experiment
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.ui.main_window import MainWindow
from visualiser.ui.open_experiment import OpenExperiment


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "lesson.experiment.json"
    save_experiment(SHAPES, path)
    return path


def title(window: QWidget) -> tuple[str, bool]:
    return window.windowTitle(), window.isWindowModified()


def test_without_a_file_the_window_is_called_like_the_program(window: MainWindow) -> None:
    assert title(window) == ("Training Visualiser", False)
    assert window.windowFilePath() == ""


def test_the_file_that_was_opened_is_named_once_its_run_stands(
    window: MainWindow, trained: Trained, lesson: Path
) -> None:
    window.desk.open_file(lesson)
    assert title(window) == ("Training Visualiser", False)
    show(window, trained(SHAPES))
    assert title(window) == ("lesson[*] — Training Visualiser", False)
    assert window.windowFilePath() == str(lesson)


def test_a_file_whose_run_is_refused_is_never_written_over(
    window: MainWindow, trained: Trained, lesson: Path, tmp_path: Path
) -> None:
    show(window, trained(SHAPES))
    gone = tmp_path / "gone.experiment.json"
    table = DatasetConfig(name="own_table", options={"path": str(tmp_path / "gone.csv")})
    save_experiment(SHAPES.replace(dataset=table), gone)
    window.desk.open_file(gone)
    window.show_experiment(SHAPES)  # as the laboratory does when the table cannot be read
    assert window.desk.open_experiment.path is None
    show(window, trained(SHAPES))
    assert window.desk.open_experiment.path is None


def test_what_was_saved_is_named_and_edits_of_the_run_mark_it(
    window: MainWindow, trained: Trained, tmp_path: Path
) -> None:
    show(window, trained(SHAPES))
    window.desk._save_to(str(tmp_path / "mine.experiment.json"))
    assert title(window) == ("mine[*] — Training Visualiser", False)
    edited = SHAPES.replace(edits=(Edit(step=5, spoiling=NOISE),))
    window.show_snapshot(trained(edited, steps=20))
    assert window.isWindowModified()
    window.desk.save()
    assert not window.isWindowModified()
    assert load_experiment(tmp_path / "mine.experiment.json").edits == edited.edits


def test_other_epochs_mark_the_file_though_nothing_starts_over(
    window: MainWindow, trained: Trained, lesson: Path
) -> None:
    window.desk.open_file(lesson)
    show(window, trained(SHAPES))
    training = SHAPES.training
    window.column.training.changed.emit(training.replace(epochs=training.epochs + 1))
    assert window.isWindowModified()
    window.column.training.changed.emit(training)
    assert not window.isWindowModified()


def test_another_model_is_a_change_of_the_file_and_another_data_set_leaves_it(
    window: MainWindow, trained: Trained, lesson: Path
) -> None:
    window.desk.open_file(lesson)
    show(window, trained(SHAPES))
    show(window, trained(SHAPES.replace(seed=1)))
    assert title(window) == ("lesson[*] — Training Visualiser", True)
    show(window, trained(SHAPES.replace(dataset=DatasetConfig(name="sacramento"))))
    assert title(window) == ("Training Visualiser", False)
    assert window.desk.open_experiment.path is None


def test_a_name_with_qts_own_mark_is_shown_as_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    OpenExperiment(widget).keep(tmp_path / "a[*]b.json", SHAPES)
    assert widget.windowTitle() == "a[*][*]b.json[*] — Training Visualiser"


def table(path: Path) -> Experiment:
    options = {"path": str(path), "target": "kind"}
    return SHAPES.replace(dataset=DatasetConfig(name="own_table", options=options))


def test_an_experiment_whose_data_the_user_found_is_open_and_marked_until_it_is_saved(
    qtbot: QtBot, tmp_path: Path
) -> None:
    widget, file = QWidget(), tmp_path / "lesson.experiment.json"
    qtbot.addWidget(widget)
    lost, found = table(tmp_path / "old.csv"), table(tmp_path / "new.csv")
    opened = OpenExperiment(widget)
    opened.expect(file, lost)
    opened.want(lost)
    opened.take_chosen(lost, found)
    opened.want(found)
    opened.start_run(found)
    assert opened.path == file
    assert title(widget) == ("lesson[*] — Training Visualiser", True)
    opened.start_run(found.replace(seed=3))
    assert opened.path == file
    opened.keep(file, found)
    assert not widget.isWindowModified()


def test_a_file_that_was_open_last_time_is_open_again_once_its_data_is_found(
    qtbot: QtBot, tmp_path: Path
) -> None:
    widget, file = QWidget(), tmp_path / "lesson.experiment.json"
    qtbot.addWidget(widget)
    lost, found = table(tmp_path / "old.csv"), table(tmp_path / "new.csv")
    opened = OpenExperiment(widget)
    opened.keep(file, lost, lost.replace(seed=2))
    opened.want(SHAPES)  # the program's own data, as the other is gone
    opened.start_run(SHAPES)
    assert opened.path is None
    opened.take_chosen(lost, found)
    opened.want(found)
    opened.start_run(found)
    assert opened.path == file


def test_a_file_whose_data_was_found_but_could_not_be_used_is_never_written_over(
    qtbot: QtBot, tmp_path: Path
) -> None:
    widget, file = QWidget(), tmp_path / "lesson.experiment.json"
    qtbot.addWidget(widget)
    lost, found = table(tmp_path / "old.csv"), table(tmp_path / "new.csv")
    opened = OpenExperiment(widget)
    opened.expect(file, lost)
    opened.take_chosen(lost, found)
    opened.want(found)
    opened.want(SHAPES)
    opened.start_run(SHAPES)
    assert opened.path is None
