"""A chosen clip: its picture, its answers, its sound."""

import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualiser.core.data.encoding_sound import RANGE_DB, MelEncoder
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.sound_player import SoundPlayer
from visualiser.ui.views.offers.sound import no_clips
from visualiser.ui.views.spectrogram import SpectrogramView

SLEEPING = (sys.executable, "-c", "import time; time.sleep(60)")


@pytest.fixture(scope="session")
def drums(snapshot_of: Callable[..., Snapshot]) -> Snapshot:
    return snapshot_of("drums", (), 12, 0.4)


@pytest.fixture
def view(qtbot: QtBot, drums: Snapshot) -> SpectrogramView:
    view = SpectrogramView(player=SoundPlayer(programs=[SLEEPING]))
    qtbot.addWidget(view)
    view.resize(780, 330)
    view.show()
    view.start_run(drums.info)
    view.show_snapshot(drums)
    yield view
    view.player.stop()


def clip_of(snapshot: Snapshot, row: int) -> np.ndarray:
    info = snapshot.info
    return np.asarray(info.split.validation.features)[info.watched[row]]


def test_the_list_has_every_validation_clip_and_marks_what_is_answered_wrongly(view, drums):
    assert drums.predictions is not None
    info = drums.info
    true = info.split.validation.labels[info.watched]
    wrong = drums.predictions.output.argmax(axis=1) != true
    texts = [view.clips.index(row).data() for row in range(view.clips.rowCount())]
    colours = [
        view.clips.index(row).data(Qt.ItemDataRole.ForegroundRole) for row in range(len(texts))
    ]
    assert len(texts) == len(info.split.validation) and wrong.any()
    assert ["→" in text for text in texts] == wrong.tolist()
    assert [colour is not None for colour in colours] == wrong.tolist()


def test_the_arrow_keys_choose_a_clip_and_all_that_is_said_is_of_it(qtbot, view, drums):
    before = view.plot.sounding
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.row == 1 and view.plot.sounding is not before
    np.testing.assert_array_equal(view.plot.sounding.clip, clip_of(drums, 1))
    label = drums.info.split.validation.labels[drums.info.watched[1]]
    assert view.title.text() == f"true: {drums.info.dataset.class_names[label]}"
    assert view.caption.text() in drums.info.dataset.captions


def test_bars_are_the_answer_of_the_model_and_ticks_those_of_the_twin(view, drums):
    predictions = drums.predictions
    assert predictions is not None and predictions.twin_output is not None
    rows = view.bars.bars.rows
    np.testing.assert_allclose([row.share for row in rows], predictions.output[0], atol=1e-6)
    np.testing.assert_allclose([row.mark for row in rows], predictions.twin_output[0], atol=1e-6)


def test_the_answer_is_in_the_warning_colour_where_it_is_wrong(view, drums):
    assert drums.predictions is not None
    true = drums.info.split.validation.labels[drums.info.watched]
    answer = drums.predictions.output.argmax(axis=1)
    for row in (int(np.flatnonzero(answer != true)[0]), int(np.flatnonzero(answer == true)[0])):
        view.list.setCurrentIndex(view.clips.index(row))
        warned = [bar.title for bar in view.bars.bars.rows if bar.warning]
        names = drums.info.dataset.class_names
        assert warned == ([names[answer[row]]] if answer[row] != true[row] else [])


def test_pointing_reads_time_pitch_and_decibels_that_are_those_drawn(view):
    sounding = view.plot.sounding
    box = view.plot.spectrum_box
    text = view.plot.read(box.center())
    frames = sounding.encoder.frames
    row, column = sounding.decibels.shape[0] // 2, int(np.abs(frames.times - 0.3).argmin())
    found = sounding.decibels[row - 1 : row + 2, column - 1 : column + 2]
    said = float(text.rsplit(": ", 1)[1].removesuffix(" dB").replace("−", "-"))
    assert found.min() - 0.5 <= said <= found.max() + 0.5
    assert " Hz: " in text and text.startswith("0.")
    assert view.plot.read(view.plot.wave_box.center()) == "0.3 s"
    assert view.plot.read(QPointF(1, 1)) == ""


def test_equal_steps_of_pitch_are_equal_steps_of_height(view):
    frames = view.plot.sounding.encoder.frames
    heights = [view.plot.frequency_place(edge) for edge in frames.edges[1:-1]]
    np.testing.assert_allclose(np.diff(heights), np.diff(heights)[0], rtol=1e-6)
    box = view.plot.spectrum_box
    assert box.top() < heights[-1] < heights[0] < box.bottom()


def test_the_picture_reaches_from_silence_to_the_loudest(view):
    sounding = view.plot.sounding
    assert sounding.decibels.min() >= sounding.encoder.silence - 1e-3
    assert sounding.encoder.silence == sounding.encoder.loudest - RANGE_DB


def test_the_button_plays_and_stops_and_another_clip_is_silent(qtbot, view):
    qtbot.mouseClick(view.play, Qt.MouseButton.LeftButton)
    assert view.player.playing and view.play.text() == "Stop the sound"
    qtbot.mouseClick(view.play, Qt.MouseButton.LeftButton)
    assert not view.player.playing and view.play.text() == "Play the clip"
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert view.player.playing
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert not view.player.playing


def test_a_hidden_view_is_silent(qtbot, view):
    qtbot.mouseClick(view.play, Qt.MouseButton.LeftButton)
    view.hide()
    assert not view.player.playing


def test_where_nothing_can_play_the_button_is_grey_and_says_why(qtbot, drums):
    view = SpectrogramView(player=SoundPlayer(programs=[("no-such-player-anywhere",)]))
    qtbot.addWidget(view)
    view.start_run(drums.info)
    assert not view.play.isEnabled()
    assert view.play.toolTip() == view.silent.text() == view.player.refusal != ""


def test_answers_that_are_no_numbers_leave_the_clip_in_sight(view, drums):
    assert drums.predictions is not None
    output = np.full_like(drums.predictions.output, np.nan)
    view.show_snapshot(replace(drums, predictions=Predictions(output, None)))
    assert not view.bars.bars.rows and view.plot.sounding is not None


def test_only_clips_have_a_spectrogram(snapshot_of, drums):
    reason = no_clips(snapshot_of("shapes", (), 2).info)
    assert reason is not None and reason.endswith(".")
    assert no_clips(drums.info) is None and isinstance(drums.info.encoder, MelEncoder)


def test_the_plot_is_above_the_others_where_they_have_no_room_beside_it(view):
    assert view.plot.geometry().left() >= view.list.geometry().right()
    view.resize(300, 500)
    QApplication.processEvents()
    assert view.plot.geometry().bottom() <= view.list.geometry().top()
    view.resize(780, 330)
    QApplication.processEvents()
    assert view.plot.geometry().left() >= view.list.geometry().right()


def test_other_colours_give_another_picture(view):
    before = view.plot.grab().toImage()
    view.apply_palette(DARK)
    assert view.plot.grab().toImage() != before
