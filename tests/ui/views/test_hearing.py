"""Clips are seen as small spectrograms, and heard where they are clicked."""

import sys
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import LIGHT
from visualiser.ui.sound_player import SoundPlayer
from visualiser.ui.views.confusion import ConfusionView
from visualiser.ui.views.data_look import DataLookView
from visualiser.ui.views.example_picture import example_image
from visualiser.ui.views.gallery import GalleryView
from visualiser.ui.views.hearing import Hearing

SLEEPING = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture(scope="session")
def drums(snapshot_of: Callable[..., Snapshot]) -> Snapshot:
    return snapshot_of("drums", (), 12, 0.4)


def hearing_of(widget) -> Hearing:
    """Its own player would be of the system; this one plays nothing for a minute."""
    hearing = Hearing(widget, SoundPlayer(programs=[SLEEPING]))
    widget.hearing = hearing
    return hearing


def in_front(qtbot: QtBot, view) -> None:
    """Keys are for the window in front alone."""
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)


def middle_of(view: DataLookView, row: int) -> QPoint:
    browser = view.browser
    return browser.pictures.visualRect(browser.model.index(row, 0)).center()


def test_a_clip_of_the_data_is_heard_by_a_click_and_by_enter(qtbot, open_view, drums):
    view = open_view(DataLookView, drums)
    hearing = hearing_of(view.browser)
    pictures = view.browser.pictures
    assert view.browser.currentWidget() is pictures
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(pictures.viewport(), button, pos=middle_of(view, 1))
    assert hearing.player.playing
    hearing.player.stop()
    qtbot.keyClick(pictures, Qt.Key.Key_Return)
    assert hearing.player.playing
    view.hide()
    assert not hearing.player.playing


def test_a_clip_of_the_gallery_is_heard_by_a_click(qtbot, open_view, drums):
    view = open_view(GalleryView, drums)
    hearing = hearing_of(view.tiles)
    button = Qt.MouseButton.LeftButton
    qtbot.mouseClick(view.tiles.viewport(), button, pos=QPoint(20, 20))
    assert hearing.player.playing
    tip = view.tiles.read(QPoint(20, 20).toPointF()).splitlines()
    assert tip[1] in drums.info.dataset.captions
    assert tip[2] == hearing.hint("sound") == "A click or Enter plays it."
    view.hide()
    assert not hearing.player.playing


def test_a_clip_of_the_gallery_is_reached_and_heard_by_keys(qtbot, open_view, drums):
    view = open_view(GalleryView, drums)
    hearing = hearing_of(view.tiles)
    in_front(qtbot, view)
    view.buttons["wrong"].setFocus()
    for _ in range(12):
        if view.tiles.hasFocus():
            break
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
    assert view.tiles.hasFocus()
    for place, key in ((1, Qt.Key.Key_Right), (0, Qt.Key.Key_Left)):
        qtbot.keyClick(view.tiles, key)
        assert view.tiles.place == place
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(view.tiles, key)
        assert hearing.player.playing
        hearing.player.stop()


def test_where_the_keys_are_is_seen_in_sight_and_told(qtbot, open_view, drums):
    view = open_view(GalleryView, drums)
    tiles = view.tiles
    hearing_of(tiles)
    in_front(qtbot, view)
    view.buttons["wrong"].setFocus()
    before = tiles.grab().toImage()
    tiles.setFocus()
    assert tiles.grab().toImage() != before
    qtbot.keyClick(tiles, Qt.Key.Key_End)
    last = len(tiles.tiles)
    assert tiles.place == last - 1
    bar = tiles.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    told = tiles.accessibleDescription()
    assert told.startswith(f"{last} of {last}: true ") and "plays it" in told
    qtbot.mouseClick(view.buttons["right"], Qt.MouseButton.LeftButton)
    assert tiles.place == 0 and bar.value() == 0


def test_examples_of_a_confusion_are_heard_by_keys_too(qtbot, open_view, drums):
    view = open_view(ConfusionView, drums)
    hearing = hearing_of(view.tiles)
    view.matrix.setFocus()
    qtbot.keyClick(view.matrix, Qt.Key.Key_Right)
    counts = view.matrix._counts
    full = tuple(int(place) for place in divmod(int(counts.argmax()), len(counts)))
    view.matrix.choose(full)
    assert view.tiles.tiles
    qtbot.keyClick(view.tiles, Qt.Key.Key_Space)
    assert hearing.player.playing


def test_other_examples_make_no_sound_and_their_tips_say_nothing_of_it(
    qtbot: QtBot, open_view, spoiled_digits
):
    view = open_view(GalleryView, spoiled_digits)
    hearing = hearing_of(view.tiles)
    qtbot.mouseClick(view.tiles.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert not hearing.player.playing
    assert "hear" not in view.tiles.read(QPoint(20, 20).toPointF())


def test_the_tip_of_a_clip_has_its_label_and_its_caption(open_view, drums):
    view = open_view(DataLookView, drums)
    model = view.browser.model
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    first = int(drums.spoiled_train.rows[0])
    assert drums.info.dataset.captions[first] in tip
    assert tip.endswith(view.browser.hearing.hint("sound"))


def test_the_small_picture_of_a_high_clip_is_dark_on_top_and_of_silence_it_is_empty(drums):
    dataset = drums.info.dataset
    moments = np.arange(9_600) / 16_000
    high = np.sin(2 * np.pi * 6_000 * moments).astype(np.float32)
    image = example_image(dataset, high, LIGHT)
    middle = image.width() // 2
    grey = [image.pixelColor(middle, y).lightness() for y in range(image.height())]
    assert int(np.argmin(grey)) < image.height() / 4
    silent = example_image(dataset, np.zeros_like(high), LIGHT)
    assert silent.pixelColor(3, 3) == silent.pixelColor(middle, 20)
