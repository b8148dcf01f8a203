"""Recording a clip to be tried: what the model gets, and what the user reads."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.ui import recording_programs as programs
from tests.ui.views.conftest import trained
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.sound_player import SoundPlayer
from visualiser.ui.sound_recorder import SoundRecorder
from visualiser.ui.tries.clip import ClipMaker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stand-ins for Linux's programs")

Open = Callable[..., ClipMaker]


@pytest.fixture(scope="module")
def drums() -> RunInfo:
    return trained("drums", steps=3).info


@pytest.fixture
def opened(qtbot: QtBot, drums: RunInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The page for clips, where this stands for all that records."""

    def open_page(program: str | None) -> ClipMaker:
        if program is not None:
            programs.install(tmp_path, arecord=program)
        sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
        player = SoundPlayer(programs=[sleeping])
        monkeypatch.setenv("PATH", str(tmp_path))
        page = ClipMaker(player=player, recorder=SoundRecorder())
        qtbot.addWidget(page)
        page.start_run(drums)
        page.show()
        return page

    return open_page


def record(qtbot: QtBot, page: ClipMaker) -> None:
    page.record.click()
    assert page.record.text() == "Stop recording"
    qtbot.waitUntil(lambda: not page.record.recorder.recording, timeout=30_000)


def test_what_was_recorded_is_the_example_and_can_be_heard(
    qtbot: QtBot, opened: Open, drums: RunInfo
) -> None:
    page = opened(programs.TONE)
    before = np.asarray(page.example())
    with qtbot.waitSignal(page.changed, timeout=30_000):
        record(qtbot, page)
    clip = np.asarray(page.example())
    assert clip.shape == before.shape and page.truth() == ""
    usual = np.median(np.abs(np.asarray(drums.split.train.features)).max(axis=1))
    assert np.abs(clip).max() == pytest.approx(usual, abs=1e-3)
    assert page.plot.sounding is not None and np.array_equal(page.plot.sounding.clip, clip[0])
    assert page.words.text().startswith("Recorded: the 0.6 seconds with sound")
    page.play.click()
    assert page.player.playing


def test_while_it_records_it_shows_how_long_and_how_loud(qtbot: QtBot, opened: Open) -> None:
    page = opened(programs.SLOW_TONE)
    assert page.record.level == 0
    page.player.play(np.zeros(16_000, dtype=np.float32), 16_000)
    page.record.click()
    assert not page.player.playing and not page.play.isEnabled()
    qtbot.waitUntil(lambda: "0.5 of 2.1 s" in page.words.text(), timeout=30_000)
    assert page.record.level == pytest.approx(1 - 11.2 / 60, abs=0.01)
    loud = page.record.grab().toImage()
    page.record.level = 0.0
    assert page.record.grab().toImage() != loud
    page.record.click()
    assert page.record.text() == "Record" and page.play.isEnabled()
    assert page.record.level == 0 and "Recorded" in page.words.text()


@pytest.mark.parametrize(
    ("program", "sentence"),
    [(programs.REFUSED, "Permission denied"), (programs.SILENCE, "Only silence was recorded.")],
)
def test_what_cannot_be_recorded_is_said_and_leaves_the_clip(
    qtbot: QtBot, opened: Open, program: str, sentence: str
) -> None:
    page = opened(program)
    before = np.asarray(page.example())
    record(qtbot, page)
    assert sentence in page.words.text()
    assert np.array_equal(np.asarray(page.example()), before) and page.truth()


def test_without_anything_that_records_the_button_is_greyed_with_the_reason(opened: Open) -> None:
    page = opened(None)
    assert not page.record.isEnabled()
    assert "alsa-utils" in page.record.toolTip()


def test_a_recording_ends_with_the_page_it_is_on(qtbot: QtBot, opened: Open) -> None:
    page = opened(programs.SLOW_TONE)
    page.record.click()
    page.hide()
    assert not page.record.recorder.recording
    assert "Recording" not in page.words.text()


def test_other_data_ends_a_recording_and_the_same_data_does_not(
    qtbot: QtBot, opened: Open, drums: RunInfo
) -> None:
    page = opened(programs.SLOW_TONE)
    page.record.click()
    page.start_run(drums)
    assert page.record.recorder.recording
    page.start_run(trained("voices_nl", steps=1).info)
    assert not page.record.recorder.recording


def test_a_recorded_clip_outlives_a_reset(qtbot: QtBot, opened: Open, drums: RunInfo) -> None:
    page = opened(programs.TONE)
    record(qtbot, page)
    clip = np.asarray(page.example())
    page.start_run(trained("drums", steps=2).info)
    assert np.array_equal(np.asarray(page.example()), clip)
