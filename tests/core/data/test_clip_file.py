"""Clips from files of every usual kind, and files that only look like clips."""

import os
import sys
import wave

import numpy as np
import pytest
import soundfile
from scipy.signal import resample_poly

from visualiser.core.data.clip_file import clip_facts, read_clip, resampled
from visualiser.core.errors import UserError

RATE = 16_000


def tone(rate, seconds=0.5, hertz=440.0, size=0.5):
    return (size * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(
        np.float32
    )


@pytest.mark.parametrize("kind", [".wav", ".flac", ".ogg", ".mp3", ".aiff"])
def test_a_tone_comes_back_from_every_kind_of_file(tmp_path, kind):
    path = tmp_path / f"tone{kind}"
    soundfile.write(path, tone(RATE), RATE)

    clip = read_clip(path, RATE, 0.5)

    assert clip.shape == (RATE // 2,) and clip.dtype == np.float32 and not clip.flags.writeable
    spectrum = np.abs(np.fft.rfft(clip))
    assert spectrum.argmax() == 220  # bins of 2 Hz
    assert np.abs(clip).max() == pytest.approx(0.5, abs=0.05)


def test_the_header_says_rate_channels_and_seconds(tmp_path):
    path = tmp_path / "stereo.flac"
    soundfile.write(path, np.zeros((44_100, 2)), 44_100)

    facts = clip_facts(path)

    assert (facts.sample_rate, facts.channels, facts.seconds) == (44_100, 2, 1.0)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 44_101])
def test_a_tone_at_any_rate_is_the_same_tone_at_ours(tmp_path, rate):
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(rate), rate, subtype="FLOAT")

    clip = read_clip(path, RATE, 0.5)

    inside = slice(800, -800)  # where a tone begins or breaks off, rates cannot agree
    np.testing.assert_allclose(clip[inside], tone(RATE)[inside], atol=0.005)


def test_resampling_agrees_with_scipy():
    noise = np.random.default_rng(0).standard_normal(4_410)
    smooth = np.convolve(noise, np.hanning(64) / 32, mode="same").astype(np.float32)

    ours, theirs = resampled(smooth, 44_100, RATE), resample_poly(smooth, 160, 441)

    assert len(ours) == len(theirs) == RATE // 10
    np.testing.assert_allclose(ours[50:-50], theirs[50:-50], atol=0.01)


def test_what_no_slower_rate_can_hold_is_gone_and_not_folded_back():
    assert np.abs(resampled(tone(48_000, hertz=11_000.0), 48_000, RATE)[500:-500]).max() < 0.01


def test_stereo_is_mixed_and_lengths_are_cut_or_filled_with_silence(tmp_path):
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.tile([0.5, 0.25], (100, 1)), RATE, subtype="FLOAT")

    np.testing.assert_allclose(read_clip(path, RATE, 50 / RATE), np.full(50, 0.375))
    longer = read_clip(path, RATE, 150 / RATE)
    np.testing.assert_allclose(longer, np.repeat([0.375, 0], [100, 50]))


def test_a_clip_beyond_full_scale_is_turned_down_and_keeps_its_shape(tmp_path):
    path = tmp_path / "loud.wav"
    soundfile.write(path, [4.0, -2.0, 1.0, 0.0], RATE, subtype="FLOAT")

    np.testing.assert_allclose(read_clip(path, RATE, 4 / RATE), [1, -0.5, 0.25, 0])


def test_the_largest_numbers_of_a_float_file_stay_numbers(tmp_path):
    path = tmp_path / "largest.wav"
    soundfile.write(path, np.tile(np.float32(3.4e38), (8, 2)), RATE, subtype="FLOAT")

    np.testing.assert_allclose(read_clip(path, RATE, 8 / RATE), np.ones(8), rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("nothing.wav", b"", "is empty"),
        ("words.wav", b"dear diary " * 50, "cannot be read as sound"),
        ("zip.ogg", b"PK\x03\x04" + bytes(200), "cannot be read as sound"),
        ("cut.flac", b"fLaC\x00\x00\x00\x22", "cannot be read as sound"),
        ("clip.exe", b"MZ", "no clip of sound by its name"),
        ("raw.raw", bytes(64), "no clip of sound by its name"),
        ("🥁 שלום.wav", b"", "🥁 שלום.wav"),
    ],
)
def test_a_file_that_is_no_clip_is_told_by_its_name(tmp_path, name, content, what):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UserError, match=what) as refusal:
        read_clip(path, RATE, 1.0)

    assert name in refusal.value.message and refusal.value.hint


def test_a_header_without_sound_behind_it_is_refused(tmp_path):
    path = tmp_path / "header.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)

    with pytest.raises(UserError, match="no sound in it"):
        read_clip(path, RATE, 1.0)


def test_a_header_that_promises_hours_is_read_as_far_as_there_is_sound(tmp_path):
    path = tmp_path / "promises.wav"
    soundfile.write(path, tone(RATE, 0.01), RATE, subtype="PCM_16")
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = (2**31 - 1).to_bytes(4, "little")
    path.write_bytes(content)

    clip = read_clip(path, RATE, 60.0)

    assert np.abs(clip[160:]).max() == 0 < np.abs(clip[:160]).max()


@pytest.mark.parametrize(("place", "value"), [(24, 2_000_000_000), (24, 10), (22, 900)])
def test_rates_and_channels_that_no_clip_has_are_refused(tmp_path, place, value):
    path = tmp_path / "odd.wav"
    soundfile.write(path, np.zeros(4_000), RATE, subtype="PCM_16")
    content = bytearray(path.read_bytes())
    size = 4 if place == 24 else 2
    content[place : place + size] = value.to_bytes(size, "little")
    path.write_bytes(content)

    with pytest.raises(UserError, match=r"odd\.wav"):
        read_clip(path, RATE, 1.0)


def test_samples_that_are_no_numbers_are_refused(tmp_path):
    path = tmp_path / "nan.wav"
    soundfile.write(path, [0.0, np.nan, 0.5], RATE, subtype="FLOAT")

    with pytest.raises(UserError, match="no numbers"):
        read_clip(path, RATE, 1.0)


def test_missing_files_folders_and_loops_are_refused(tmp_path):
    loop = tmp_path / "loop.wav"
    loop.symlink_to(loop)
    (tmp_path / "folder.wav").mkdir()

    for name in ("missing.wav", "loop.wav", "folder.wav", "nul\0.wav"):
        with pytest.raises(UserError, match=name.split("\0", maxsplit=1)[0]):
            clip_facts(tmp_path / name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe.wav")

    with pytest.raises(UserError, match="is no file"):
        clip_facts(tmp_path / "pipe.wav")
