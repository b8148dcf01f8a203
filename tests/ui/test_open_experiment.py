"""The title names the file that is open, and says whether what is shown differs from it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import NOISE, SHAPES, Trained, show
from visualiser.core.experiment import DatasetConfig, Edit
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
