"""Recording by programs of the system; here small ones that stand for them on the PATH."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.ui import recording_programs as programs
from visualiser.ui.recording_program import PROGRAMS
from visualiser.ui.recording_thread import RecordingThread
from visualiser.ui.sound_recorder import SoundRecorder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stand-ins for Linux's programs")

Recorders = Callable[..., SoundRecorder]


class Told:
    """What a recorder has said."""

    def __init__(self, recorder: SoundRecorder) -> None:
        self.recordings: list[tuple[np.ndarray, int]] = []
        self.failures: list[str] = []
        self.seconds: list[float] = []
        recorder.recorded.connect(lambda samples, rate: self.recordings.append((samples, rate)))
        recorder.failed.connect(self.failures.append)
        recorder.heard.connect(lambda samples, seconds: self.seconds.append(seconds))

    @property
    def ended(self) -> bool:
        return bool(self.recordings or self.failures)


@pytest.fixture
def recorder_of(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A recorder where these programs are all that is installed."""
    made = []

    def of(patience_ms: int = 20_000, **installed: str) -> tuple[SoundRecorder, Told]:
        programs.install(tmp_path, **installed)
        monkeypatch.setenv("PATH", str(tmp_path))
        recorder = SoundRecorder(patience_ms=patience_ms)
        made.append(recorder)
        return recorder, Told(recorder)

    yield of
    for recorder in made:
        recorder.cancel()


def recorded(qtbot: QtBot, recorder: SoundRecorder, told: Told, seconds: float = 1.0) -> None:
    recorder.record(16_000, seconds)
    qtbot.waitUntil(lambda: told.ended, timeout=30_000)
    assert not recorder.recording


@pytest.mark.parametrize("name", ["pw_record", "parec", "arecord"])
def test_it_listens_for_the_seconds_and_ends_the_program(
    qtbot: QtBot, recorder_of: Recorders, name: str
) -> None:
    recorder, told = recorder_of(**{name: programs.TONE})
    assert not recorder.refusal
    recorded(qtbot, recorder, told)
    ((samples, rate),) = told.recordings
    assert rate == 16_000 and len(samples) >= rate
    assert np.abs(samples).max() == pytest.approx(9_000 / 32_768, abs=1e-3)
    assert told.seconds == sorted(told.seconds) and told.seconds[-1] >= 1.0


def test_every_program_is_asked_for_the_rate_of_the_data() -> None:
    assert all(any("{rate}" in word for word in command) for command in PROGRAMS)


def test_a_microphone_of_another_rate_says_so(qtbot: QtBot, recorder_of: Recorders) -> None:
    recorder, told = recorder_of(arecord=programs.OTHER_RATE)
    recorded(qtbot, recorder, told)
    ((samples, rate),) = told.recordings
    assert rate == 44_100 and len(samples) >= rate


@pytest.mark.parametrize(
    "broken",
    [programs.NO_MICROPHONE, programs.NOTHING, programs.UNKNOWN, programs.LOST_AFTER_A_WHILE],
)
def test_where_a_program_gives_nothing_the_next_one_records(
    qtbot: QtBot, recorder_of: Recorders, broken: str
) -> None:
    recorder, told = recorder_of(pw_record=broken, arecord=programs.TONE)
    recorded(qtbot, recorder, told)
    ((samples, _),) = told.recordings
    assert len(samples) >= 16_000 and not told.failures


def test_a_program_that_waits_for_ever_is_left_and_not_tried_first_again(
    qtbot: QtBot, recorder_of: Recorders, tmp_path: Path
) -> None:
    recorder, told = recorder_of(parec=programs.HANGING, arecord=programs.TONE)
    recorder.record(16_000, 1.0)
    recorder._patience.timeout.emit()
    qtbot.waitUntil(lambda: told.ended, timeout=30_000)
    assert told.recordings
    programs.install(tmp_path, parec='open(sys.argv[0] + ".asked", "w")')
    recorder.record(16_000, 1.0)
    qtbot.waitUntil(lambda: len(told.recordings) == 2, timeout=30_000)
    assert not (tmp_path / "parec.asked").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (programs.NO_MICROPHONE, "audio open error: No such file or directory"),
        (programs.REFUSED, "audio open error: Permission denied"),
        (programs.NOTHING, "it ended without a sound"),
        (programs.UNKNOWN, "it gives sound in an unknown form"),
    ],
)
def test_where_all_fail_the_reason_is_one_sentence(
    qtbot: QtBot, recorder_of: Recorders, text: str, reason: str
) -> None:
    recorder, told = recorder_of(arecord=text)
    recorded(qtbot, recorder, told)
    question = "Is a microphone connected and allowed?"
    assert told.failures == [f"arecord cannot record: {reason}. {question}"]


def test_a_microphone_that_gives_nothing_is_given_up(qtbot: QtBot, recorder_of: Recorders) -> None:
    recorder, told = recorder_of(200, arecord=programs.HANGING)
    recorded(qtbot, recorder, told)
    assert "nothing comes from a microphone" in told.failures[0]


def test_what_came_before_it_stopped_is_used(qtbot: QtBot, recorder_of: Recorders) -> None:
    recorder, told = recorder_of(arecord=programs.SLOW_TONE)
    recorder.record(16_000, 1.0)
    qtbot.waitUntil(lambda: bool(told.seconds) and told.seconds[-1] == 0.5, timeout=30_000)
    recorder._patience.timeout.emit()
    ((samples, _),) = told.recordings
    assert len(samples) == 8_000


def test_a_program_that_pours_without_end_is_ended_at_the_length(
    qtbot: QtBot, recorder_of: Recorders
) -> None:
    recorder, told = recorder_of(arecord=programs.POURING)
    recorded(qtbot, recorder, told)
    assert told.recordings


def test_stop_hands_over_what_there_is_and_cancel_nothing(
    qtbot: QtBot, recorder_of: Recorders
) -> None:
    recorder, told = recorder_of(arecord=programs.SLOW_TONE)
    recorder.record(16_000, 5.0)
    qtbot.waitUntil(lambda: bool(told.seconds), timeout=30_000)
    recorder.stop()
    assert not recorder.recording and len(told.recordings) == 1
    recorder.record(16_000, 5.0)
    assert recorder.recording
    recorder.cancel()
    assert not recorder.recording and len(told.recordings) == 1 and not told.failures
    recorder.record(16_000, 5.0)
    recorder.stop()
    assert told.failures == ["It was stopped before anything was recorded."]


def test_without_any_program_it_says_what_is_missing(recorder_of: Recorders) -> None:
    recorder, told = recorder_of()
    assert "alsa-utils" in recorder.refusal
    recorder.record(16_000, 1.0)
    assert told.failures == [recorder.refusal] and not recorder.recording


def test_nothing_is_written_to_the_disk(
    qtbot: QtBot, recorder_of: Recorders, tmp_path: Path
) -> None:
    recorder, told = recorder_of(arecord=programs.TONE)
    before = sorted(tmp_path.iterdir())
    recorded(qtbot, recorder, told)
    assert sorted(tmp_path.iterdir()) == before


class Input:
    """Stands for a stream of the library; a tenth of a second is there at each look."""

    def __init__(self, rate: int, channels: int, dtype: str, latency: str) -> None:
        assert (channels, dtype) == (1, "int16")
        self.read_available = rate // 10

    def __enter__(self) -> "Input":
        return self

    def __exit__(self, *error: object) -> None:
        self.read_available = 0

    def read(self, count: int) -> tuple[bytes, bool]:
        return np.full(count, 3_277, dtype="<i2").tobytes(), False


def library(query: Callable[..., dict[str, float]]) -> SimpleNamespace:
    return SimpleNamespace(query_devices=query, RawInputStream=Input)


def test_the_library_records_at_the_rate_of_the_microphone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = library(lambda kind: {"default_samplerate": 48_000.0})
    monkeypatch.setitem(sys.modules, "sounddevice", found)
    recorder = SoundRecorder(ways=[lambda rate: RecordingThread()])
    told = Told(recorder)
    recorded(qtbot, recorder, told, seconds=0.3)
    ((samples, rate),) = told.recordings
    assert rate == 48_000 and len(samples) >= 0.3 * rate
    assert np.allclose(samples, 0.1, atol=1e-3)


def test_the_library_without_a_microphone_is_one_sentence(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def query(kind: str) -> dict[str, float]:
        raise RuntimeError("Error querying device -1")

    monkeypatch.setitem(sys.modules, "sounddevice", library(query))
    recorder = SoundRecorder(ways=[lambda rate: RecordingThread()])
    told = Told(recorder)
    recorded(qtbot, recorder, told)
    assert told.failures[0].startswith("The system cannot record: Error querying device -1.")


def test_a_thread_that_listens_ends_when_it_is_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = library(lambda kind: {"default_samplerate": 48_000.0})
    monkeypatch.setitem(sys.modules, "sounddevice", found)
    threads = [RecordingThread()]
    recorder = SoundRecorder(ways=[lambda rate: threads[0]])
    told = Told(recorder)
    recorder.record(16_000, 60.0)
    qtbot.waitUntil(lambda: bool(told.seconds), timeout=30_000)
    recorder.cancel()
    assert threads[0].isFinished() and not told.ended
