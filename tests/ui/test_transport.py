from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import DatasetConfig, Experiment, TrainingConfig
from visualiser.core.training.commands import Advance, AdvanceEpoch, Pause, Play, SetSpeed
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.style_sheet import style_sheet
from visualiser.ui.transport import Transport
from visualiser.ui.widgets.tab_order import reading_order

EXPERIMENT = Experiment(dataset=DatasetConfig(name="shapes"))


@pytest.fixture
def transport(qtbot: QtBot) -> Iterator[Transport]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Transport(QMenu(window), window)
    made.apply_palette(LIGHT)
    made.set_icon_size(16)
    window.show()
    yield made


def test_play_turns_to_pause_at_once(transport: Transport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(transport.command) as first:
        transport.play.click()
    assert transport.play.accessibleName() == "Pause"
    with qtbot.waitSignal(transport.command) as second:
        transport.play.click()
    assert transport.play.accessibleName() == "Play"
    assert (first.args, second.args) == ([Play()], [Pause()])


def test_step_and_epoch_ask_for_what_they_say(transport: Transport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(transport.command) as step:
        transport.step.click()
    with qtbot.waitSignal(transport.command) as epoch:
        transport.epoch.click()
    assert (step.args, epoch.args) == ([Advance(1)], [AdvanceEpoch()])


def test_reset_keeps_the_weights_and_its_menu_offers_new_ones(
    transport: Transport, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(transport.reset_wanted) as same:
        transport.reset.click()
    new_weights = transport.reset.menu().actions()[1]
    with qtbot.waitSignal(transport.reset_wanted) as new:
        new_weights.trigger()
    assert (same.args, new.args) == ([False], [True])


def test_another_speed_is_a_command(transport: Transport, qtbot: QtBot) -> None:
    with qtbot.waitSignal(transport.command) as changed:
        transport.speed.slider.setValue(0)
    assert changed.args == [SetSpeed(1)]


def test_shows_where_the_run_is(transport: Transport, trained: Callable[..., Snapshot]) -> None:
    snapshot = trained(EXPERIMENT, steps=20)
    transport.show_snapshot(snapshot)
    assert "step 20" in transport.counters.text()
    assert snapshot.device_text in transport.device.toolTip()
    assert transport.play.accessibleName() == "Play"


def test_counters_do_not_move_what_is_beside_them(
    transport: Transport, trained: Callable[..., Snapshot]
) -> None:
    transport.resize(1000, transport.sizeHint().height())
    transport.show_snapshot(trained(EXPERIMENT, steps=1))
    before = transport.twin.geometry()
    transport.show_snapshot(trained(EXPERIMENT, steps=200))
    assert transport.twin.geometry() == before


def test_a_diverged_run_can_only_be_reset(
    transport: Transport, trained: Callable[..., Snapshot]
) -> None:
    transport.show_snapshot(trained(EXPERIMENT, state="diverged"))
    assert not transport.play.isEnabled()
    assert not transport.step.isEnabled()
    assert transport.reset.isEnabled()
    transport.show_snapshot(trained(EXPERIMENT, state="ready"))
    assert transport.play.isEnabled()


def test_showing_an_experiment_asks_for_nothing(transport: Transport, qtbot: QtBot) -> None:
    training = TrainingConfig(twin=False, device="cpu")
    with (
        qtbot.assertNotEmitted(transport.twin_changed),
        qtbot.assertNotEmitted(transport.device_changed),
    ):
        transport.show_experiment(Experiment(training=training))
    assert not transport.twin.isChecked()
    assert transport.device.get() == "cpu"


def test_the_twin_is_switched_by_a_click(transport: Transport, qtbot: QtBot) -> None:
    transport.show_experiment(Experiment(training=TrainingConfig(twin=True)))
    with qtbot.waitSignal(transport.twin_changed) as changed:
        transport.twin.click()
    assert changed.args == [False]


def test_every_control_explains_itself(transport: Transport) -> None:
    controls = (
        transport.reset,
        transport.play,
        transport.step,
        transport.epoch,
        transport.speed.slider,
        transport.twin,
        transport.device,
        transport.menu,
    )
    for control in controls:
        assert control.toolTip()
        text = getattr(control, "text", str)()
        assert control.accessibleName() or text
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_icons_follow_the_theme(transport: Transport) -> None:
    light = transport.step.icon().pixmap(16).toImage()
    transport.apply_palette(DARK)
    assert transport.step.icon().pixmap(16).toImage() != light


@pytest.mark.parametrize("width", [1264, 1008, 784])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_cut_off_however_large_the_text(
    transport: Transport, trained: Callable[..., Snapshot], width: int, scale: float
) -> None:
    window = transport.window()
    window.setStyleSheet(style_sheet(LIGHT, scale, "Inter"))
    transport.set_icon_size(round(16 * scale))
    transport.show_snapshot(trained(EXPERIMENT, steps=200))
    transport.resize(width, transport.sizeHint().height())
    transport.layout().activate()
    shown = [child for child in transport.findChildren(QWidget) if child.parent() is transport]
    inside = transport.rect()
    assert all(inside.contains(child.geometry()) for child in shown if child.isVisible())
    assert not transport.counters.elided
    for button in (transport.reset, transport.step, transport.epoch, transport.twin):
        assert button.width() >= button.sizeHint().width()


def test_room_is_found_for_a_device_that_gave_way(
    transport: Transport, trained: Callable[..., Snapshot]
) -> None:
    transport.show_experiment(Experiment(training=TrainingConfig(device="cuda")))
    transport.resize(880, transport.sizeHint().height())
    transport.show_snapshot(trained(EXPERIMENT, steps=20))
    transport.layout().activate()
    assert transport.device.currentText() == "CUDA → CPU"
    assert transport.device.width() >= transport.device.sizeHint().width()
    assert transport.rect().contains(transport.menu.geometry())


@pytest.mark.parametrize("width", [1264, 600])
def test_tab_goes_through_the_controls_as_the_eye_does(transport: Transport, width: int) -> None:
    transport.resize(width, transport.sizeHint().height())
    transport.layout().activate()
    places = []
    for control in reading_order(transport):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.focusProxy() is None:
            centre = control.mapTo(transport, control.rect().center())
            row = centre.y() // (transport.height() // (1 + (width == 600)))
            places.append((row, centre.x()))
    assert places == sorted(places)
    assert len(places) == 8


def test_words_come_back_when_there_is_room(transport: Transport) -> None:
    style = Qt.ToolButtonStyle
    transport.resize(1264, 60)
    with_words = transport._width_needed()
    for width, expected in ((1264, True), (with_words - 1, False), (1264, True)):
        transport.resize(width, 60)
        words = transport.step.toolButtonStyle() == style.ToolButtonTextBesideIcon
        assert words == expected
