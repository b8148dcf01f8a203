"""Clips of sound as log-mel spectrograms: how loud each pitch is at each moment.

A spectrogram holds the power of windowed pieces of a clip (Allen and Rabiner 1977). Bands of it are
summed with triangular weights that stand evenly on the mel scale, on which equal steps sound like
equal steps of pitch, and shown in decibels (Davis and Mermelstein 1980, without the last cosine).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import Dataset, Features, FloatArray, read_only
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

RANGE_DB = 80.0
"""Decibels between the loudest band of the training clips and what counts as silence."""
_AT_ONCE = 2**18
"""Numbers of windowed sound held at a time: more fall out of the processor's cache, and asking the
system for their memory anew each time takes longer than the transform."""


class SoundOptions(Value):
    """How fine a spectrogram is: bands of pitch, and windows in milliseconds."""

    mels: Annotated[
        int,
        Field(
            ge=8,
            le=128,
            title="Bands of pitch",
            description="How many rows the picture of a clip has, evenly on the mel scale.",
        ),
    ] = 40
    window_ms: Annotated[
        float,
        Field(
            ge=5,
            le=200,
            allow_inf_nan=False,
            title="Window (ms)",
            description="A longer piece of sound tells pitches apart, a shorter one moments.",
        ),
    ] = 32.0
    hop_ms: Annotated[
        float,
        Field(
            ge=2.5,
            le=100,
            allow_inf_nan=False,
            title="Step (ms)",
            description="From one window to the next: each is a column of the picture.",
        ),
    ] = 16.0


def mel(hertz: NDArray[np.floating[Any]] | float) -> NDArray[np.float64]:
    """Pitch of a frequency; 1,000 Hz are about 1,000 mel (O'Shaughnessy 1987, as in HTK)."""
    return np.asarray(2595 * np.log10(1 + np.asarray(hertz, dtype=np.float64) / 700))


def hertz(mels: NDArray[np.floating[Any]] | float) -> NDArray[np.float64]:
    """The frequency of a pitch; the inverse of `mel`."""
    return np.asarray(700 * (10 ** (np.asarray(mels, dtype=np.float64) / 2595) - 1))


@dataclass(frozen=True, eq=False)
class MelFrames:
    """How a clip is cut into windows and its spectrum into bands.

    Attributes:
        sample_rate: samples a second.
        samples: of a clip.
        window, hop: samples of a window, and from one to the next.
        edges: (mels + 2,) frequencies in Hz: band m rises from edge m to m + 1, falls to m + 2.
        filters: (bins, mels) weights of the bands, 1 at their middle.
    """

    sample_rate: int
    samples: int
    window: int
    hop: int
    edges: NDArray[np.float64]
    filters: NDArray[np.float32]

    @classmethod
    def of(cls, sample_rate: int, samples: int, options: SoundOptions) -> "MelFrames":
        """Bands from 0 Hz to half the sample rate.

        Raises:
            UserError: a clip is shorter than a window.
        """
        window = max(2, round(sample_rate * options.window_ms / 1000))
        hop = max(1, round(sample_rate * options.hop_ms / 1000))
        if window > samples:
            raise UserError(
                f"A window of {options.window_ms:g} ms is longer than the clips, "
                f"{1000 * samples / sample_rate:.3g} ms.",
                "Choose a shorter window.",
            )
        edges = hertz(np.linspace(0.0, mel(sample_rate / 2), options.mels + 2))
        return cls(sample_rate, samples, window, hop, edges, _filters(edges, window, sample_rate))

    @property
    def shape(self) -> tuple[int, int]:
        """Bands and windows of one clip."""
        return self.filters.shape[1], 1 + (self.samples - self.window) // self.hop

    @property
    def times(self) -> NDArray[np.float64]:
        """(frames,) seconds from the beginning of a clip to the middle of each window."""
        return (np.arange(self.shape[1]) * self.hop + self.window / 2) / self.sample_rate

    def powers(self, clips: FloatArray) -> FloatArray:
        """(N, samples) → (N, mels, frames) power in each band, the lowest first; Hann windows."""
        bins = 2 * (len(self.filters) - 1)
        # A tone of full scale in the middle of a band has power 1 there.
        taper = np.hanning(self.window + 1)[:-1]
        taper = (2 * taper / taper.sum()).astype(np.float32)
        found = np.empty((len(clips), *self.shape), dtype=np.float32)
        step = max(1, _AT_ONCE // (bins * self.shape[1]))
        for start in range(0, len(clips), step):
            pieces = np.lib.stride_tricks.sliding_window_view(
                clips[start : start + step], self.window, axis=1
            )[:, :: self.hop]
            spectrum = np.fft.rfft(pieces * taper, bins)
            power = np.square(spectrum.real) + np.square(spectrum.imag)
            found[start : start + step] = np.moveaxis(power @ self.filters, 1, 2)
        return found


@dataclass(frozen=True, eq=False)
class MelEncoder:
    """Decibels of each band, less the mean of its band, in standard deviations of all bands.

    Attributes:
        frames: how clips are cut.
        loudest: decibels of the loudest band of the training clips; 0 is a tone of full scale.
        mean: (mels, 1) decibels of each band in the training clips, the highest band first.
        spread: standard deviation around those means, in decibels.
    """

    frames: MelFrames
    loudest: float
    mean: FloatArray
    spread: float
    notes: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """“1,300 Hz at 0.12 s” for each number, row by row."""
        bands = [f"{hertz:,.0f} Hz" for hertz in self.frames.edges[-2:0:-1]]
        moments = [f"{seconds:.3g} s" for seconds in self.frames.times]
        return tuple(f"{band} at {moment}" for band in bands for moment in moments)

    @property
    def shape(self) -> tuple[int, ...]:
        """One channel, the highest band on top as in any picture of sound, then the moments."""
        return (1, *self.frames.shape)

    @property
    def silence(self) -> float:
        """Decibels below which nothing counts."""
        return self.loudest - RANGE_DB

    def decibels(self, features: Features) -> FloatArray:
        """(N, samples) → (N, mels, frames), the highest band first; `silence` or more."""
        return _decibels(self.frames.powers(np.asarray(features)), self.silence)

    def transform(self, features: Features) -> FloatArray:
        """(N, samples) clips → (N, 1, mels, frames) float32."""
        scaled = (self.decibels(features) - self.mean) / np.float32(self.spread)
        return scaled[:, None]


def _decibels(powers: FloatArray, silence: float) -> FloatArray:
    """Decibels of (N, mels, frames) powers, not below `silence`, the highest band first."""
    return 10 * np.log10(np.maximum(powers[:, ::-1], np.float32(10 ** (silence / 10))))


def _filters(edges: NDArray[np.float64], window: int, sample_rate: int) -> NDArray[np.float32]:
    """(bins, mels) triangles over the frequencies of a spectrum with 2 · (bins − 1) samples.

    Windows are filled up with zeros until even the narrowest band has a frequency in it.
    """
    size = 1 << (window - 1).bit_length()
    while sample_rate / size > (edges[2:] - edges[:-2]).min() / 2:
        size *= 2
    frequencies = np.fft.rfftfreq(size, 1 / sample_rate)[:, None]
    rising = (frequencies - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - frequencies) / (edges[2:] - edges[1:-1])
    return read_only(np.maximum(0, np.minimum(rising, falling)).astype(np.float32))


def fit_sound(clips: FloatArray, sample_rate: int, options: SoundOptions) -> MelEncoder:
    """An encoder fitted on (n, samples) training clips.

    Raises:
        UserError: a clip is shorter than a window.
    """
    frames = MelFrames.of(sample_rate, clips.shape[1], options)
    powers = frames.powers(clips)
    loudest = 10 * float(np.log10(max(float(powers.max(initial=0.0)), 1e-10)))
    levels = _decibels(powers, loudest - RANGE_DB)
    mean = levels.mean(axis=(0, 2), dtype=np.float64)[:, None].astype(np.float32)
    spread = float((levels - mean).std(dtype=np.float64))
    bands, windows = frames.shape
    note = (
        f"A clip becomes a picture of {bands} bands of pitch × {windows} moments: windows of "
        f"{1000 * frames.window / sample_rate:.3g} ms, one every "
        f"{1000 * frames.hop / sample_rate:.3g} ms, in decibels down to {RANGE_DB:g} below the "
        f"loudest, less the mean of each band in the training clips, divided by their standard "
        f"deviation of {spread:.3g} dB."
    )
    return MelEncoder(frames, loudest, read_only(mean), spread or 1.0, (note,))


def _fit(dataset: Dataset, train: Part, options: SoundOptions) -> MelEncoder:
    assert dataset.sample_rate is not None, "sound has a sample rate"
    return fit_sound(np.asarray(train.features), dataset.sample_rate, options)


ENCODING = Encoding("sound", "grid", SoundOptions, _fit)
