"""Log-mel spectrograms, against SciPy's spectrogram and the formulas they are made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import ShortTimeFFT

from visualiser.core.data.encoding_sound import (
    RANGE_DB,
    MelFrames,
    SoundOptions,
    fit_sound,
    hertz,
    mel,
)
from visualiser.core.errors import UserError

RATE = 16_000


def tone(frequency: float, size: float = 1.0, seconds: float = 0.5) -> np.ndarray:
    moments = np.arange(round(RATE * seconds)) / RATE
    return (size * np.sin(2 * np.pi * frequency * moments)).astype(np.float32)[None]


def noise(clips: int = 5, samples: int = 8_000) -> np.ndarray:
    return np.random.default_rng(0).uniform(-1, 1, (clips, samples)).astype(np.float32)


@pytest.mark.parametrize(("frequency", "pitch"), [(0, 0), (700, 781.17), (1000, 999.99)])
def test_pitches_are_those_of_htk(frequency, pitch):
    assert float(mel(frequency)) == pytest.approx(pitch, abs=0.01)


@given(st.floats(0, 96_000))
def test_a_pitch_leads_back_to_its_frequency(frequency):
    assert float(hertz(mel(frequency))) == pytest.approx(frequency, rel=1e-9, abs=1e-6)


def test_windows_and_their_spectra_are_those_of_scipy():
    options = SoundOptions(mels=20, window_ms=30, hop_ms=10)
    frames = MelFrames.of(RATE, 8_000, options)
    size = 2 * (len(frames.filters) - 1)
    theirs = ShortTimeFFT(
        np.hanning(frames.window + 1)[:-1], frames.hop, RATE, mfft=size, scale_to="magnitude"
    )
    clips = noise().astype(np.float64)
    # SciPy's first window stands around the first sample, ours begins there.
    found = theirs.stft(clips, p0=0, k_offset=frames.window // 2)
    spectrum = found[:, :, : frames.shape[1]]
    expected = np.einsum("nft,fm->nmt", np.abs(2 * spectrum) ** 2, frames.filters)

    assert frames.window == 480 and frames.hop == 160
    np.testing.assert_allclose(frames.powers(noise()), expected, rtol=2e-3, atol=1e-6)


def test_bands_are_triangles_that_add_up_to_one_between_the_first_and_the_last_peak():
    frames = MelFrames.of(RATE, 8_000, SoundOptions())
    frequencies = np.linspace(0, RATE / 2, len(frames.filters))
    between = (frequencies >= frames.edges[1]) & (frequencies <= frames.edges[-2])

    np.testing.assert_allclose(frames.filters[between].sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(np.diff(mel(frames.edges)), mel(RATE / 2) / 41)
    assert not frames.filters[frequencies < frames.edges[0]].any()


@pytest.mark.parametrize("options", [SoundOptions(), SoundOptions(mels=128, window_ms=5)])
def test_no_band_is_empty_however_narrow(options):
    assert MelFrames.of(RATE, 8_000, options).filters.max(axis=0).min() > 0.4


@pytest.mark.parametrize("band", [5, 12, 20, 33, 39])
def test_a_tone_is_loudest_in_the_band_of_its_pitch_and_full_scale_is_zero_decibels(band):
    frames = MelFrames.of(RATE, 8_000, SoundOptions())
    powers = frames.powers(tone(float(frames.edges[band + 1])))[0]

    assert (powers.argmax(axis=0) == band).all()
    # The window spreads a tone over neighbours, whose powers a band adds up: up to 1.8 dB.
    assert 10 * np.log10(powers[band].mean()) == pytest.approx(0.9, abs=1.0)


def test_half_the_size_is_six_decibels_less_and_the_highest_band_is_on_top():
    encoder = fit_sound(np.concatenate([noise(), tone(300)]), RATE, SoundOptions())
    loud, soft = encoder.decibels(np.concatenate([tone(300), tone(300, 0.5)]))

    assert loud.max() - soft.max() == pytest.approx(6.02, abs=0.01)
    assert loud.mean(axis=1).argmax() > 30  # a low tone stands at the bottom of a picture


def test_training_clips_become_bands_of_mean_zero_and_deviation_one():
    clips = noise(20) * np.linspace(0.1, 1, 20, dtype=np.float32)[:, None]
    encoder = fit_sound(clips, RATE, SoundOptions())
    encoded = encoder.transform(clips)

    assert encoded.shape == (20, *encoder.shape) == (20, 1, 40, 30)
    assert encoded.dtype == np.float32
    np.testing.assert_allclose(encoded.mean(axis=(0, 1, 3)), 0, atol=1e-4)
    assert encoded.std() == pytest.approx(1, abs=1e-4)
    assert "40 bands of pitch × 30 moments" in encoder.notes[0]


def test_the_scale_is_that_of_the_training_clips_whatever_is_encoded():
    encoder = fit_sound(noise(), RATE, SoundOptions())
    many = noise(40)
    np.testing.assert_allclose(
        encoder.transform(many)[:3], encoder.transform(many[:3]), rtol=1e-5, atol=1e-5
    )


@pytest.mark.parametrize("trained_on", [noise(), np.zeros((4, 8_000), dtype=np.float32)])
def test_silence_is_a_number_and_no_further_than_the_range_from_the_loudest(trained_on):
    encoder = fit_sound(trained_on, RATE, SoundOptions())
    silent = np.zeros((1, 8_000), dtype=np.float32)

    assert np.isfinite(encoder.transform(silent)).all()
    np.testing.assert_allclose(encoder.decibels(silent), encoder.loudest - RANGE_DB, rtol=1e-5)


def test_times_are_those_of_the_middle_of_each_window():
    frames = MelFrames.of(RATE, 8_000, SoundOptions(window_ms=32, hop_ms=16))
    np.testing.assert_allclose(frames.times[:2], [0.016, 0.032])
    assert frames.times[-1] <= 0.5 - 0.016


def test_every_number_is_named_by_its_pitch_and_its_moment():
    encoder = fit_sound(noise(), RATE, SoundOptions())
    loud = encoder.transform(tone(float(encoder.frames.edges[11])))[0, 0]
    assert len(encoder.names) == loud.size
    band = encoder.names[int(loud.argmax())].split(" at ")[0]
    assert band == f"{encoder.frames.edges[11]:,.0f} Hz"
    assert encoder.names[0].endswith(" at 0.016 s")


def test_a_clip_has_the_same_bands_alone_as_among_many():
    clips = noise(40)
    frames = MelFrames.of(RATE, clips.shape[1], SoundOptions())
    alone = np.concatenate([frames.powers(clip[None]) for clip in clips])
    np.testing.assert_array_equal(frames.powers(clips), alone)


def test_a_window_longer_than_the_clips_is_refused():
    with pytest.raises(UserError, match="longer than the clips"):
        MelFrames.of(RATE, 800, SoundOptions(window_ms=60))
