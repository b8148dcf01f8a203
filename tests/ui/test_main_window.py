from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QSlider,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.core.training.commands import (
    Advance,
    AdvanceEpoch,
    OpenTest,
    Pause,
    Play,
    SetSpeed,
)
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import Snapshot, Want
from visualiser.paths import settings_file
from visualiser.ui.main_window import MainWindow
from visualiser.ui.message_bar import Message
from visualiser.ui.settings import MOST_RECENT, Settings, load_settings
from visualiser.ui.theme import Theme
from visualiser.ui.views.curves_content import Choices

Trained = Callable[..., Snapshot]

SHAPES = Experiment(
    dataset=DatasetConfig(name="shapes"), model=ModelConfig(options={"hidden": [4]})
)
NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.3),))
DIGITS = Experiment(dataset=DatasetConfig(name="mnist_5k"))


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(theme, Settings())
    qtbot.addWidget(made)
    made.show_experiment(SHAPES)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made


def show(window: MainWindow, snapshot: Snapshot) -> None:
    window.show_experiment(snapshot.experiment)
    window.start_run(snapshot.info)
    window.show_snapshot(snapshot)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.windowHandle(), key, modifiers)


# -- transport ----------------------------------------------------------------------------------


def test_space_plays_and_pauses(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.command) as first:
        press(qtbot, window, Qt.Key.Key_Space)
    with qtbot.waitSignal(window.command) as second:
        press(qtbot, window, Qt.Key.Key_Space)
    assert (first.args, second.args) == ([Play()], [Pause()])


def test_arrow_steps_and_with_shift_trains_an_epoch(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.command) as step:
        press(qtbot, window, Qt.Key.Key_Right)
    with qtbot.waitSignal(window.command) as epoch:
        press(qtbot, window, Qt.Key.Key_Right, shift=True)
    assert (step.args, epoch.args) == ([Advance(1)], [AdvanceEpoch()])


def test_r_resets_and_with_shift_takes_new_weights(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.reset_wanted) as same:
        press(qtbot, window, Qt.Key.Key_R)
    with qtbot.waitSignal(window.reset_wanted) as new:
        press(qtbot, window, Qt.Key.Key_R, shift=True)
    assert (same.args, new.args) == ([False], [True])


def test_a_slider_keeps_its_arrow_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.transport.speed.slider.setFocus(Qt.FocusReason.TabFocusReason)
    window.transport.speed.slider.setValue(0)
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.transport.speed.slider.value() == 1


def test_the_speed_is_sent_and_sent_again_to_each_new_run(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    with qtbot.waitSignal(window.command) as changed:
        window.transport.speed.slider.setValue(0)
    with qtbot.waitSignal(window.command) as started:
        window.start_run(trained(SHAPES).info)
    assert changed.args == started.args == [SetSpeed(1)]


def test_the_exam_is_a_command(window: MainWindow, qtbot: QtBot, trained: Trained) -> None:
    show(window, trained(SHAPES))
    window.results.exam.open_button.click()
    with qtbot.waitSignal(window.command) as sent:
        window.results.exam.yes.click()
    assert sent.args == [OpenTest()]


# -- what is shown ------------------------------------------------------------------------------


def test_starting_over_is_said_when_the_new_run_stands_and_training_had_begun(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    with qtbot.waitSignal(window.experiment_wanted):
        window.column.model.changed.emit(ModelConfig(name="linear"))
    snapshot = trained(SHAPES)
    window.start_run(snapshot.info)
    assert window.messages.messages == ()
    show(window, snapshot)
    with qtbot.waitSignal(window.experiment_wanted) as wanted:
        window.column.model.changed.emit(ModelConfig(name="linear"))
    assert wanted.args == [window.experiment]
    assert window.messages.messages == ()
    window.start_run(snapshot.info)
    assert "another model" in window.messages.messages[0].text


def test_spoiling_during_a_run_does_not_start_over(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    show(window, trained(SHAPES))
    with qtbot.assertNotEmitted(window.experiment_wanted), qtbot.waitSignal(window.command):
        window.column.quality.changed.emit(NOISE)


def test_a_run_is_shown_in_every_column(window: MainWindow, trained: Trained) -> None:
    snapshot = trained(SHAPES.replace(spoiling=NOISE), steps=40)
    show(window, snapshot)
    assert "step 40" in window.transport.counters.text()
    assert window.results.student.text() != "–"
    assert snapshot.changes[0].sentence() in window.results.changed.text()


def test_only_what_is_visible_is_asked_for(window: MainWindow, trained: Trained) -> None:
    window.start_run(trained(SHAPES).info)
    window.stage.choose("boundary")
    assert Want.RESPONSES in window.wanted()
    window.stage.choose("weights")
    assert Want.RESPONSES not in window.wanted()
    assert Want.WEIGHTS in window.wanted()


def test_two_views_side_by_side_ask_for_what_both_need(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    show(window, trained(SHAPES))
    window.stage.choose("weights")
    with qtbot.waitSignal(window.view_changed):
        window.actions_.side_by_side.setChecked(True)
    window.stage.second.choose("boundary")
    assert Want.RESPONSES | Want.WEIGHTS in window.wanted()
    window.actions_.side_by_side.setChecked(False)
    assert Want.RESPONSES not in window.wanted()


def test_views_that_do_not_fit_are_greyed_with_the_reason(
    window: MainWindow, trained: Trained
) -> None:
    window.start_run(trained(DIGITS).info)
    tabs = window.stage.first
    greyed = [i for i in range(tabs.count()) if not tabs.isTabEnabled(i)]
    assert "Boundary" in [tabs.tabText(i) for i in greyed]
    assert all(len(tabs.tabToolTip(i)) > 20 for i in range(tabs.count()))
    assert tabs.isTabEnabled(tabs.currentIndex())


def test_a_diverged_run_brings_its_advice_and_a_new_run_takes_it_away(
    window: MainWindow, trained: Trained
) -> None:
    wild = Experiment(
        dataset=DatasetConfig(name="sacramento"),
        training=TrainingConfig(learning_rate=1000.0, optimizer="sgd"),
    )
    snapshot = trained(wild, steps=40)
    show(window, snapshot)
    assert [message.text for message in window.messages.messages] == [snapshot.advice]
    show(window, trained(SHAPES))
    assert window.messages.messages == ()


def test_long_work_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    window.begin_work("Loading the data")
    window.show_progress(0.3, "row 300,000")
    qtbot.waitUntil(window.work.isVisible)
    with qtbot.waitSignal(window.loading_cancelled):
        window.work.cancel.click()
    window.end_work()
    assert not window.work.isVisible()


def test_runs_of_the_session_are_overlaid_on_the_curves(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    snapshot = trained(SHAPES, steps=40)
    show(window, snapshot)
    window.add_run(RunRecord(1, "first", snapshot))
    window.actions_.runs.trigger()
    assert window.runs.isVisible()
    with qtbot.waitSignal(window.runs.overlays_changed) as overlaid:
        window.runs.table.item(1, 1).setCheckState(Qt.CheckState.Checked)
    assert [record.number for record in overlaid.args[0]] == [1]
    window.runs.close()


# -- appearance ---------------------------------------------------------------------------------


def test_presenting_enlarges_and_comes_back_as_it_was(window: MainWindow, theme: Theme) -> None:
    theme.set_scale(1.9)
    window.actions_.present.setChecked(True)
    assert window.isFullScreen()
    assert not window.column.isVisible()
    assert theme.scale > 1.9
    window.actions_.left_column.setChecked(True)
    assert window.column.isVisible()
    window.actions_.present.setChecked(False)
    assert not window.isFullScreen()
    assert theme.scale == 1.9


def test_escape_ends_a_presentation(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.present.setChecked(True)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.actions_.present.isChecked()


def test_themes_are_chosen_in_the_menu(window: MainWindow, theme: Theme) -> None:
    window.actions_.dark.trigger()
    assert theme.mode == "dark"
    window.actions_.light.trigger()
    assert theme.mode == "light"
    window.actions_.larger.trigger()
    assert theme.scale == pytest.approx(1.1)
    window.actions_.normal.trigger()
    assert theme.scale == 1.0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_window_fits_a_small_screen(
    window: MainWindow, theme: Theme, trained: Trained, scale: float
) -> None:
    theme.set_scale(scale)
    show(window, trained(SHAPES))
    window.resize(1024, 640)
    assert window.size().width() == 1024
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640


def test_no_two_actions_share_a_shortcut(window: MainWindow) -> None:
    keys = [
        key.toString() for action in vars(window.actions_).values() for key in action.shortcuts()
    ]
    keys += ["Space", "Right", "Shift+Right", "R", "Shift+R", "Alt+M"]
    assert len(keys) == len(set(keys))


def test_every_control_has_a_name_and_a_sentence(window: MainWindow, trained: Trained) -> None:
    show(window, trained(SHAPES))
    nameless = []
    for kind in (QAbstractButton, QComboBox, QSlider):
        for control in window.findChildren(kind):
            inner = control.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))
            if not control.isVisible() or inner:
                continue
            text = control.text() if isinstance(control, QAbstractButton) else ""
            if not (control.accessibleName() or text) or not _tip(control):
                nameless.append(f"{type(control).__name__} {control.objectName()} “{text}”")
    assert nameless == []


def _tip(control: QWidget) -> str:
    """Its own tooltip, or that of what it is a part of."""
    widget: QWidget | None = control
    while widget is not None and not widget.toolTip():
        widget = widget.parentWidget()
    return "" if widget is None else widget.toolTip()


# -- files --------------------------------------------------------------------------------------


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(window.rect().center(), *where, Qt.KeyboardModifier.NoModifier)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    centre = QPointF(window.rect().center())
    window.dropEvent(QDropEvent(centre, *where, Qt.KeyboardModifier.NoModifier))


def test_an_experiment_that_is_dropped_is_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "lesson.experiment.json"
    save_experiment(DIGITS, path)
    with qtbot.waitSignal(window.experiment_wanted) as wanted:
        drop(window, path)
    assert wanted.args == [DIGITS]
    assert window.experiment == DIGITS
    assert window.desk.recent[0] == str(path)


def test_a_damaged_experiment_is_told_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "broken.experiment.json"
    path.write_text("{", encoding="utf-8")
    with qtbot.assertNotEmitted(window.experiment_wanted):
        drop(window, path)
    assert window.experiment == SHAPES
    (message,) = window.messages.messages
    assert message.kind == "error"
    assert path.name in message.text


def test_a_table_that_is_dropped_opens_the_import(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "flowers.csv"
    path.write_text("a,b,kind\n" + "1,2,x\n3,4,y\n" * 10, encoding="utf-8")
    with qtbot.waitSignal(window.desk.table_chosen) as chosen:
        drop(window, path)
    assert chosen.args == [path]
    for dialog in QApplication.topLevelWidgets():
        if dialog is not window and dialog.isVisible():
            dialog.close()


def test_saving_keeps_the_edits_of_the_run(
    window: MainWindow, trained: Trained, tmp_path: Path
) -> None:
    edited = SHAPES.replace(edits=(Edit(step=5, spoiling=NOISE),))
    show(window, trained(edited, steps=20))
    path = tmp_path / "mine.experiment.json"
    window.desk._save_to(str(path))
    assert load_experiment(path).edits == edited.edits
    path.unlink()
    window.actions_.save.trigger()  # knows where now
    assert path.exists()


def test_recent_files_are_newest_first_each_once_and_few(
    window: MainWindow, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.experiment.json" for number in range(MOST_RECENT + 2)]
    for path in [*paths, paths[5]]:
        window.desk._save_to(str(path))
    assert window.desk.recent[:2] == (str(paths[5]), str(paths[-1]))
    assert len(window.desk.recent) == len(set(window.desk.recent)) == MOST_RECENT


def test_a_save_that_fails_is_told(window: MainWindow, tmp_path: Path) -> None:
    window.desk._save_to(str(tmp_path / "missing" / "mine.experiment.json"))
    assert window.messages.messages[0].kind == "error"


def test_a_picture_of_the_window_is_saved(window: MainWindow, tmp_path: Path) -> None:
    window.desk.save_picture(str(tmp_path / "window.png"))
    assert (tmp_path / "window.png").read_bytes().startswith(b"\x89PNG")
    window.desk.save_picture(str(tmp_path / "missing" / "window.png"))
    assert window.messages.messages[0].kind == "error"


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
    assert kept.experiment == SHAPES
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


def test_messages_do_not_take_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.transport.play.setFocus()
    window.show_message(Message("The file is empty.", kind="error"))
    assert window.transport.play.hasFocus()


def test_the_run_under_way_can_be_exported_as_it_stands(
    window: MainWindow, trained: Trained, tmp_path: Path
) -> None:
    show(window, trained(SHAPES, steps=20))
    window.actions_.runs.trigger()
    later = trained(SHAPES, steps=40, state="running")
    window.show_snapshot(later)
    window.runs.export_selected("csv", tmp_path / "now.csv")
    rows = (tmp_path / "now.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len(later.history)
    window.runs.close()


def test_curves_that_are_saved_say_so(window: MainWindow, trained: Trained, tmp_path: Path) -> None:
    show(window, trained(SHAPES, steps=20))
    window.curves.saving.save("csv", tmp_path / "figures.csv")
    assert any("figures.csv" in message.text for message in window.messages.messages)


def test_a_table_that_is_opened_is_a_recent_file(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    window.column.data.open_path(path)
    assert window.desk.recent[0] == str(path)


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.5, 2.0])
def test_the_narrowest_window_cuts_no_column(
    window: MainWindow, theme: Theme, trained: Trained, scale: float
) -> None:
    theme.set_scale(scale)
    show(window, trained(SHAPES, steps=20))
    QApplication.processEvents()
    window.resize(100, 1400)
    QApplication.processEvents()
    assert window.width() <= 1024
    for part in (window.curves, window.stage):
        assert part.visibleRegion().boundingRect().width() == part.width()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_page_of_shortcuts_needs_no_scrolling(
    window: MainWindow, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    window.desk.show_shortcuts()
    page = window.findChild(QTextBrowser)
    assert page is not None
    QApplication.processEvents()
    bar = page.verticalScrollBar()
    whole = page.window().height() + bar.maximum()
    assert bar.maximum() == 0 or whole > page.screen().availableSize().height()
    page.window().close()


def test_tabs_are_not_scrolled_where_the_chosen_one_is_in_sight(
    theme: Theme, qtbot: QtBot, trained: Trained
) -> None:
    made = MainWindow(theme, Settings())
    qtbot.addWidget(made)
    made.resize(1100, 640)
    show(made, trained(SHAPES, steps=20))
    made.show()
    QApplication.processEvents()
    bar = made.stage.first.tabBar()
    assert made.stage.first.currentIndex() > 0
    assert bar.tabRect(0).left() >= 0
