"""Clips behind which something sounds all the time, as behind the others it does not."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.findings.spec import Evidence, RowFinder, Suspects, squashed, suspects
from visualiser.core.numerals import share_text

_FRAME, _FEWEST_FRAMES = 512, 8
"""Samples whose spectrum is taken at once, some hundredths of a second, and how many of those a
clip must have to be quiet at times."""
_BANDS, _QUIET, _WIDE = 12, 0.1, 0.7
"""Bands of as many octaves each; the share of the moments that are a band's quietest; and the share
of the bands that may be less steady: a voice has no sound in the highest ones at any time."""
_FAR = 3.0
"""Times as far above the median as the upper quartile is: where clips differ that much by
themselves, as drums and cymbals do, nothing is far."""
_FEWEST, _BEYOND = 30, 1.6
"""Validation clips that are compared with at least, and times as steady as the steadiest of them:
two decibels."""
_SILENT, _LEAST = 1e-9, 0.01
_AT_ONCE = 64


def find(evidence: Evidence) -> Suspects:
    """By the power in the quietest moments of a band, as a share of its mean power.

    What speaks or strikes pauses, and noise does not (minimum statistics; Martin, “Noise power
    spectral density estimation”, 2001). What most clips have is seen against the validation part.
    """
    steady, others = (
        steadiness(np.asarray(part.features)) for part in (evidence.part, evidence.validation)
    )
    usual, upper = np.quantile(steady, [0.5, 0.75]) if len(steady) else (0.0, 0.0)
    limit = usual + _FAR * max(upper - usual, _LEAST)
    if len(others) >= _FEWEST:
        usual = float(np.median(others))
        limit = min(limit, max(_BEYOND * float(others.max()), usual + _LEAST))
    size = (steady - usual) / max(limit - usual, 1e-9)

    def reason(row: int) -> str:
        return (
            f"Something sounds behind it all the time: its quietest moments have "
            f"{share_text(float(steady[row]))} of the power of the others, usually "
            f"{share_text(float(usual))}."
        )

    return suspects(squashed(size, 1.0), size > 1.0, reason)


def steadiness(clips: FloatArray) -> NDArray[np.float64]:
    """(n, T) samples → (n,) 0 … 1: 1 sounds all the time alike; 0 of clips that are very short."""
    frame = min(_FRAME, clips.shape[1] // _FEWEST_FRAMES)
    if frame < 4 * _BANDS:
        return np.zeros(len(clips))
    found = [_steadiness(some, frame) for some in _pieces(clips)]
    return np.concatenate(found) if found else np.zeros(0)


def _pieces(clips: FloatArray) -> Iterator[FloatArray]:
    for start in range(0, len(clips), _AT_ONCE):
        yield np.asarray(clips[start : start + _AT_ONCE], dtype=np.float32)


def _steadiness(clips: FloatArray, frame: int) -> NDArray[np.float64]:
    frames = clips.shape[1] // frame
    moments = clips[:, : frames * frame].reshape(len(clips), frames, frame)
    power = np.abs(np.fft.rfft(moments * np.hanning(frame), axis=2)) ** 2
    edges = np.unique(np.rint(np.geomspace(2, frame // 2, _BANDS + 1)).astype(np.int64))
    bands = np.add.reduceat(power[:, :, : edges[-1]], edges[:-1], axis=2) + _SILENT
    share = np.quantile(bands, _QUIET, axis=1) / bands.mean(axis=1)
    return np.asarray(np.quantile(share, _WIDE, axis=1), dtype=np.float64)


def _refuses(dataset: Dataset) -> str | None:
    return None if dataset.modality == "sound" else "sounds are listened to, and there are none"


FINDER = RowFinder(
    name="noisy_clips",
    title="Noisy clips",
    story="Clips behind which something sounds all the time, a street, a fan or a bad line, as "
    "behind most others it does not.",
    source="Minimum statistics; Martin, Noise power spectral density estimation, 2001",
    looks_for="values",
    needs=frozenset(),
    refuses=_refuses,
    find=find,
)
