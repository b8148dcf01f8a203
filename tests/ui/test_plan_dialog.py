"""Planning ahead in the window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Edit, Experiment, Spoiling
from visualiser.core.timeline import Amend
from visualiser.core.training.commands import ChangePlan
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.experiment_column import ExperimentColumn
from visualiser.ui.plan_dialog import PlanDialog

NOISE = CorruptionConfig(name="symmetric_label_noise", amount=0.3)
NOISY = Spoiling(corruptions=(NOISE,))


@pytest.fixture
def dialog(qtbot: QtBot, trained: Callable[..., Snapshot]) -> PlanDialog:
    dialog = PlanDialog()
    qtbot.addWidget(dialog)
    dialog.start_run(trained(Experiment(dataset=DatasetConfig(name="iris")), steps=0).info)
    dialog.show_plan(Spoiling(), (), 0.003)
    dialog.show()
    return dialog


def test_the_example_spoils_and_heals(dialog: PlanDialog, qtbot: QtBot) -> None:
    assert not dialog.empty.isHidden()
    dialog.example.click()
    assert dialog.empty.isHidden()
    with qtbot.waitSignal(dialog.planned) as sent:
        dialog.accept()
    assert sent.args == [
        (Edit(epoch=5, spoiling=NOISY), Edit(epoch=10, spoiling=Spoiling())),
    ]


def test_the_bar_shows_stretches_of_clean_and_spoiled_data(dialog: PlanDialog) -> None:
    dialog.example.click()
    assert [(begin, words) for begin, _, words in dialog.bar.stretches] == [
        (0, ""),
        (5, "Wrong labels 30 %"),
        (10, ""),
    ]
    assert "epoch 5: Wrong labels 30 %" in dialog.bar.accessibleDescription()


def test_every_control_of_a_line_changes_the_plan(dialog: PlanDialog) -> None:
    dialog.add.click()
    (line,) = dialog.lines
    line.when.setValue(7)
    line.what.setCurrentIndex(line.what.findData("feature_noise"))
    line.what.activated.emit(line.what.currentIndex())
    assert line.amount is not None
    line.amount.choose(1.5)
    config = CorruptionConfig(name="feature_noise", amount=1.5)
    assert dialog.edits == (Edit(epoch=7, spoiling=Spoiling(corruptions=(config,))),)
    line.what.setCurrentIndex(line.what.findData("learning_rate"))
    line.what.activated.emit(line.what.currentIndex())
    line.amount.choose(0.1)
    assert dialog.edits == (Edit(epoch=7, learning_rate=0.1),)


def test_lines_can_be_left_out(dialog: PlanDialog) -> None:
    dialog.example.click()
    QTest.mouseClick(dialog.lines[0].remove, Qt.MouseButton.LeftButton)
    assert [edit.epoch for edit in dialog.edits] == [10]


def test_steps_and_epochs_are_turned_into_each_other(dialog: PlanDialog) -> None:
    dialog.example.click()
    dialog.unit.setCurrentIndex(dialog.unit.findData("step"))
    dialog.unit.activated.emit(dialog.unit.currentIndex())
    per_epoch = dialog.edits[0].step
    assert per_epoch and per_epoch % 5 == 0
    assert [edit.step for edit in dialog.edits] == [per_epoch, 2 * per_epoch]


def test_a_plan_of_a_run_under_way_begins_where_it_stands(dialog: PlanDialog) -> None:
    dialog.show_plan(NOISY, (), 0.003, step=130, epoch=12.4)
    dialog.example.click()
    assert [edit.epoch for edit in dialog.edits] == [18, 23]
    assert dialog.lines[0].when.minimum() == 13
    assert dialog.bar.stretches[0] == (13.0, 18.0, "Wrong labels 30 %")


def test_what_was_planned_is_shown_and_cancel_keeps_it(dialog: PlanDialog, qtbot: QtBot) -> None:
    plan = (Edit(step=40, spoiling=NOISY), Edit(step=90, spoiling=Spoiling()))
    dialog.show_plan(Spoiling(), plan, 0.003)
    assert dialog.edits == plan
    with qtbot.assertNotEmitted(dialog.planned):
        dialog.reject()


def test_the_column_sends_the_plan_and_lists_it(
    qtbot: QtBot, trained: Callable[..., Snapshot]
) -> None:
    column = ExperimentColumn()
    qtbot.addWidget(column)
    experiment = Experiment(dataset=DatasetConfig(name="iris"))
    column.show_experiment(experiment)
    column.start_run(trained(experiment, steps=0).info)
    column.quality.plan_link.click()
    assert column.plan_dialog is not None
    column.plan_dialog.example.click()
    with qtbot.waitSignal(column.command) as sent:
        column.plan_dialog.accept()
    edits = (Edit(epoch=5, spoiling=NOISY), Edit(epoch=10, spoiling=Spoiling()))
    assert sent.args == [ChangePlan(edits)]
    assert column.experiment.edits == edits
    assert [line[1] for line in column.quality.plan.lines] == ["epoch 5", "epoch 10"]


def test_enter_ends_a_typed_number_and_not_the_dialog(dialog: PlanDialog, qtbot: QtBot) -> None:
    dialog.add.click()
    (line,) = dialog.lines
    adopted = []
    dialog.planned.connect(adopted.append)
    assert line.amount is not None
    qtbot.waitUntil(line.amount.isVisible)
    QTest.keyClicks(line.amount.slider, "4")
    QTest.keyClicks(line.amount.editor, "0")
    QTest.keyClick(line.amount.editor, Qt.Key.Key_Return)
    line.when.selectAll()
    QTest.keyClicks(line.when, "8")
    QTest.keyClick(line.when, Qt.Key.Key_Enter)
    assert dialog.isVisible() and not adopted
    (entry,) = dialog.entries
    assert isinstance(entry.act, Amend)
    assert (entry.at, entry.act.config.amount) == (8, 0.4)
    accept = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    accept.setFocus()
    QTest.keyClick(accept, Qt.Key.Key_Return)
    assert not dialog.isVisible() and len(adopted) == 1
