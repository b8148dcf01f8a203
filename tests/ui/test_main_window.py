from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import DIGITS, NOISE, SHAPES, Trained, press, show
from visualiser.core.experiment import (
    DatasetConfig,
    Experiment,
    ModelConfig,
    TrainingConfig,
)
from visualiser.core.questions.plane import PLANE
from visualiser.core.starting_point import starting_point
from visualiser.core.training.commands import (
    Advance,
    AdvanceEpoch,
    OpenTest,
    Pause,
    Play,
    SetSpeed,
)
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.want import Want
from visualiser.ui import message_bar
from visualiser.ui.main_window import MainWindow
from visualiser.ui.message_bar import Message


class ShownWindows(QObject):
    """Notes every window that comes up, however shortly."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow():
            self.seen.append(watched)
        return False


def test_other_data_brings_up_no_window_and_leaves_the_keyboard_where_it_is(
    window: MainWindow, trained: Trained, qapp: QApplication
) -> None:
    windows = ShownWindows()
    qapp.installEventFilter(windows)
    for name in ("shapes", "sms_spam", "sacramento", "shapes"):
        window.start_run(trained(starting_point(DatasetConfig(name=name)), 2).info)
        qapp.processEvents()
    qapp.removeEventFilter(windows)
    assert windows.seen == []
    assert window.isActiveWindow()


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


def test_starting_over_is_said_when_the_new_run_stands_and_training_had_begun(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    with qtbot.waitSignal(window.experiment_wanted):
        window.column.model.changed.emit(ModelConfig(name="linear"), {})
    snapshot = trained(SHAPES)
    window.start_run(snapshot.info)
    assert window.messages.messages == ()
    show(window, snapshot)
    with qtbot.waitSignal(window.experiment_wanted) as wanted:
        window.column.model.changed.emit(ModelConfig(name="linear"), {})
    assert wanted.args == [window.experiment]
    assert window.messages.messages == ()
    window.start_run(snapshot.info)
    assert "another model" in window.messages.messages[0].text


def test_the_panels_show_the_run_until_that_of_other_data_stands(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    show(window, trained(SHAPES))
    with qtbot.waitSignal(window.experiment_wanted) as wanted:
        window.column.data.changed.emit(DIGITS.dataset, DIGITS.split)
    assert window.experiment == SHAPES
    assert window.column.model.form.values()["hidden"] == [4]
    coming = wanted.args[0]
    window.start_run(trained(coming, steps=0).info)
    assert window.experiment == coming
    assert "with another data set" in window.messages.messages[0].text
    with qtbot.waitSignal(window.experiment_wanted):
        window.open_experiment(SHAPES)
    assert window.experiment == coming


def test_other_data_is_shown_at_once_where_there_is_no_run_yet(window: MainWindow) -> None:
    window.column.data.changed.emit(DIGITS.dataset, DIGITS.split)
    assert window.experiment.dataset == DIGITS.dataset


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
    assert Want.answers_to(PLANE) in window.wanted()
    window.stage.choose("weights")
    assert Want.answers_to(PLANE) not in window.wanted()
    assert Want.WEIGHTS in window.wanted()


def test_two_views_side_by_side_ask_for_what_both_need(
    window: MainWindow, qtbot: QtBot, trained: Trained
) -> None:
    show(window, trained(SHAPES))
    window.stage.choose("weights")
    with qtbot.waitSignal(window.view_changed):
        window.actions_.side_by_side.setChecked(True)
    window.stage.second.choose("boundary")
    assert Want.answers_to(PLANE) | Want.WEIGHTS in window.wanted()
    window.actions_.side_by_side.setChecked(False)
    assert Want.answers_to(PLANE) not in window.wanted()


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


def test_advice_that_was_closed_does_not_come_back_with_other_figures(
    window: MainWindow, trained: Trained
) -> None:
    snapshot = replace(trained(SHAPES), advice="The loss rose to 200 times.")
    show(window, snapshot)
    assert [message.kind for message in window.messages.messages] == ["warning"]
    window.show_snapshot(replace(snapshot, advice="The loss rose to 1,300 times."))
    assert [message.text for message in window.messages.messages] == [
        "The loss rose to 1,300 times."
    ]
    window.messages.clear()
    window.show_snapshot(replace(snapshot, advice="The loss rose to 1,400 times."))
    assert window.messages.messages == ()
    window.show_snapshot(replace(snapshot, advice="The loss is not a number any more."))
    assert len(window.messages.messages) == 1


def test_what_is_known_before_the_first_step_is_information_that_goes(
    window: MainWindow, qtbot: QtBot, trained: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "_INFO_SHOWN_FOR_MS", 1)
    snapshot = replace(trained(SHAPES), step=0, advice="This computer offers no CUDA device.")
    show(window, snapshot)
    assert [message.kind for message in window.messages.messages] == ["info"]
    qtbot.waitUntil(lambda: not window.messages.messages)
    window.show_snapshot(replace(snapshot, step=5))
    assert not window.messages.messages


def test_the_next_thing_takes_information_along(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_bar, "_LEAST_SHOWN_FOR_MS", 0)
    window.show_message(Message("Saved."))
    window.transport.step.click()
    qtbot.waitUntil(lambda: not window.messages.messages)
    window.actions_.messages.trigger()
    page = window.findChild(QTextBrowser)
    assert "Saved." in page.toPlainText()
    page.window().close()


def test_long_work_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    window.work.begin("Loading the data")
    window.work.progress(0.3, "row 300,000")
    qtbot.waitUntil(window.work.isVisible)
    with qtbot.waitSignal(window.loading_cancelled):
        window.work.cancel.click()
    window.work.end()
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


def test_messages_do_not_take_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.transport.play.setFocus()
    window.show_message(Message("The file is empty.", kind="error"))
    assert window.transport.play.hasFocus()
