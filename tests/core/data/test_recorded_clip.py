"""Where a clip begins in a recording, and how loud it becomes."""

import numpy as np
import pytest

from visualiser.core.data.recorded_clip import recorded_clip, usual_loudness
from visualiser.core.errors import UserError

RATE = 16_000
LENGTH = 9_600


def noise(seconds: float, level: float = 0.002) -> np.ndarray:
    generator = np.random.default_rng(0)
    return generator.normal(0, level, round(seconds * RATE)).astype(np.float32)


def with_stroke(at: float, seconds: float = 2.1, level: float = 0.3) -> np.ndarray:
    """A room, and a drum that is struck at some second."""
    samples = noise(seconds)
    start = round(at * RATE)
    moments = np.arange(min(RATE, len(samples) - start)) / RATE
    stroke = level * np.exp(-moments / 0.08) * np.sin(2 * np.pi * 180 * moments)
    samples[start : start + len(stroke)] += stroke.astype(np.float32)
    return samples


def first_loud(clip: np.ndarray) -> float:
    return int(np.argmax(np.abs(clip) > 0.2)) / RATE


@pytest.mark.parametrize("at", [0.11, 0.5, 1.27, 1.9])
def test_a_clip_begins_where_the_stroke_does(at: float) -> None:
    clip = recorded_clip(with_stroke(at), RATE, RATE, LENGTH)
    assert clip.shape == (LENGTH,) and clip.dtype == np.float32
    assert first_loud(clip) < 0.025


def test_words_with_a_pause_stay_together() -> None:
    words = [noise(0.7), noise(0.6, 0.1), noise(0.4), noise(0.9, 0.2), noise(0.9)]
    clip = recorded_clip(np.concatenate(words), RATE, RATE, 2 * RATE)
    loud = np.abs(clip).reshape(-1, RATE // 10).max(axis=1) > 0.15
    assert loud[0] and loud[12] and not loud[8]


def test_the_click_of_the_button_is_no_sound() -> None:
    samples = with_stroke(1.0)
    samples[: RATE // 20] = 0.9
    assert first_loud(recorded_clip(samples, RATE, RATE, LENGTH)) < 0.025


def test_it_becomes_as_loud_as_the_data_whatever_the_microphone() -> None:
    for level in (0.05, 0.9):
        clip = recorded_clip(with_stroke(0.5, level=level), RATE, RATE, LENGTH, 0.8)
        assert np.abs(clip).max() == pytest.approx(0.8, abs=1e-6)
    assert usual_loudness(np.array([[0.1, -0.4], [0.0, 0.5], [0.9, 1.2]])) == 0.5
    assert usual_loudness(np.array([[3.0]])) == 1.0


def test_a_voltage_that_a_microphone_adds_is_taken_off() -> None:
    clip = recorded_clip(with_stroke(0.5) + np.float32(0.2), RATE, RATE, LENGTH)
    assert abs(clip.mean()) < 0.02


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_a_microphone_of_another_rate_gives_the_same_length(rate: int) -> None:
    moments = np.arange(rate) / rate
    clip = recorded_clip(np.sin(2 * np.pi * 440 * moments).astype(np.float32), rate, RATE, LENGTH)
    assert clip.shape == (LENGTH,)
    peak = np.argmax(np.abs(np.fft.rfft(clip[: RATE // 2])))
    assert peak * 2 == 440


def test_a_recording_that_was_ended_early_goes_on_in_silence() -> None:
    clip = recorded_clip(with_stroke(0.2, seconds=0.4), RATE, RATE, LENGTH)
    assert np.abs(clip[:2_000]).max() > 0.5 and not clip[4_000:].any()


@pytest.mark.parametrize(
    "samples",
    [np.zeros(RATE), noise(1.0, 1e-4), np.full(RATE, 0.5), np.zeros(0), np.ones(3)],
)
def test_silence_is_said_to_be_silence(samples: np.ndarray) -> None:
    with pytest.raises(UserError, match="Only silence") as refused:
        recorded_clip(samples.astype(np.float32), RATE, RATE, LENGTH)
    assert "microphone" in refused.value.hint
