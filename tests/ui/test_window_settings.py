from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import NOISE, SHAPES, Trained, show
from visualiser.core.experiment import Edit, Experiment
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.paths import settings_file
from visualiser.ui.main_window import MainWindow
from visualiser.ui.settings import Settings, load_settings
from visualiser.ui.theme import Theme
from visualiser.ui.views.curves_choices import Choices


def test_layout_theme_and_experiment_are_remembered_on_closing(
    window: MainWindow, theme: Theme, qtbot: QtBot
) -> None:
    theme.set_mode("dark")
    theme.set_scale(1.2)
    window.stage.choose("weights")
    window.column.sections["model"].setProperty("folded", True)
    window.actions_.side_by_side.setChecked(True)
    window.stage.second.choose("confusion")
    window.actions_.left_column.setChecked(False)
    window.curves.toolbar.smooth.click()
    window.transport.speed.slider.setValue(4)
    with qtbot.waitSignal(window.closing):
        window.close()
    kept, problem = load_settings(settings_file())
    assert problem == ""
    assert (kept.theme, kept.text_scale, kept.folded) == ("dark", 1.2, ("model",))
    assert kept.experiment == SHAPES and kept.file == ""
    again = MainWindow(theme, kept)
    qtbot.addWidget(again)
    assert again.column.sections["model"].property("folded")
    again.show()
    assert again.stage.second.isVisible()
    assert again.stage.second.chosen == "confusion"
    assert again.column.isHidden()
    assert again.curves.choices == Choices(smooth=True)
    assert again.transport.speed.steps_per_second == 20


def test_foreign_geometry_does_not_keep_the_window_from_opening(theme: Theme, qtbot: QtBot) -> None:
    settings = Settings(geometry="bm90IGEgZ2VvbWV0cnk=", splitters={"columns": (1, 2)})
    made = MainWindow(theme, settings)
    qtbot.addWidget(made)
    made.show()
    assert made.width() >= 800


def test_the_first_window_fits_on_the_screen(theme: Theme, qtbot: QtBot) -> None:
    made = MainWindow(theme, Settings())
    qtbot.addWidget(made)
    screen = made.screen().availableGeometry()
    assert made.width() < screen.width() and made.height() < screen.height()


@pytest.fixture
def lesson(window: MainWindow, trained: Trained, tmp_path: Path) -> Path:
    """A file that is open in the window, with an edit of the run."""
    path = tmp_path / "lesson.experiment.json"
    save_experiment(SHAPES.replace(edits=(Edit(step=5, spoiling=NOISE),)), path)
    window.desk.open_file(path)
    show(window, trained(load_experiment(path), steps=20))
    return path


def started_again(theme: Theme, qtbot: QtBot) -> tuple[MainWindow, Experiment]:
    settings, problem = load_settings(settings_file())
    assert problem == "" and settings.experiment is not None
    again = MainWindow(theme, settings)
    qtbot.addWidget(again)
    return again, settings.experiment


def test_the_file_that_was_open_is_open_at_the_next_start(
    window: MainWindow, theme: Theme, qtbot: QtBot, lesson: Path
) -> None:
    window.remember()
    again, experiment = started_again(theme, qtbot)
    assert experiment == load_experiment(lesson)
    assert again.desk.open_experiment.path == lesson
    assert again.windowTitle().startswith("lesson") and not again.isWindowModified()


def test_a_file_that_was_changed_on_screen_is_marked_at_the_next_start(
    window: MainWindow, trained: Trained, theme: Theme, qtbot: QtBot, lesson: Path
) -> None:
    changed = SHAPES.replace(seed=4)
    show(window, trained(changed))
    window.remember()
    again, experiment = started_again(theme, qtbot)
    assert experiment == changed
    assert again.desk.open_experiment.path == lesson and again.isWindowModified()
    window.desk.save()
    window.remember()
    again, _ = started_again(theme, qtbot)
    assert not again.isWindowModified()


def test_a_file_that_is_gone_at_the_next_start_is_forgotten(
    window: MainWindow, theme: Theme, qtbot: QtBot, lesson: Path
) -> None:
    window.remember()
    lesson.unlink()
    again, _ = started_again(theme, qtbot)
    assert again.desk.open_experiment.path is None
    assert again.windowTitle() == "Training Visualiser"
