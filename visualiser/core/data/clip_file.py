"""One clip of sound from a file: any rate, any channels, any length, and files that are none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, gcd
from pathlib import Path
from typing import Any

import numpy as np

from visualiser.core.data.dataset import FloatArray, read_only
from visualiser.core.data.isolated_name import isolated
from visualiser.core.errors import UserError

SUFFIXES = (".wav", ".flac", ".ogg", ".oga", ".mp3", ".aif", ".aiff")
"""What names of clips end in; letters may be large."""
LONGEST_SECONDS = 60.0
"""More of a clip is never read, whatever its header promises."""
RATES = (1_000, 384_000)
"""Samples a second that a file may have."""
MOST_CHANNELS = 32

_FRAMES_AT_ONCE = 65_536
"""Bounds what a header with many channels can make us hold."""
_FORMATS = "Use WAV, FLAC, OGG, MP3 or AIFF files with sound in them."


@dataclass(frozen=True)
class ClipFacts:
    """What the header of a clip says.

    Attributes:
        sample_rate: samples a second.
        channels: 1 for mono, 2 for stereo.
        seconds: how long the clip is.
    """

    sample_rate: int
    channels: int
    seconds: float


def clip_facts(path: Path) -> ClipFacts:
    """Read the header alone.

    Raises:
        UserError: there is no such file, or it is no sound that can be read.
    """
    with _opened(path) as file:
        return ClipFacts(file.samplerate, file.channels, file.frames / file.samplerate)


def read_clip(path: Path, sample_rate: int, seconds: float) -> FloatArray:
    """The beginning of a clip: channels mixed to one, at `sample_rate`, of exactly that length.

    A shorter clip ends in silence. One that is louder than full scale, as files of floating-point
    numbers can be, is turned down.

    Returns:
        (round(sample_rate × seconds),) float32 in −1…1.

    Raises:
        UserError: there is no such file, or it is no sound that can be read.
    """
    if not 0 < seconds <= LONGEST_SECONDS:
        raise ValueError(f"clips are at most {LONGEST_SECONDS:g} s long")
    with _opened(path) as file:
        samples = _mono(file, ceil(seconds * file.samplerate), path)
        found = resampled(samples, file.samplerate, sample_rate)
    clip = np.zeros(round(sample_rate * seconds), dtype=np.float32)
    count = min(len(found), len(clip))
    clip[:count] = found[:count]
    return read_only(clip / max(1.0, float(np.abs(clip).max(initial=0.0))))


def resampled(samples: FloatArray, old_rate: int, new_rate: int) -> FloatArray:
    """(n,) samples at another rate, (ceil(n · new / old),): what lies below both Nyquists stays.

    The spectrum is cut off or filled up with zeros. SciPy's resampling would do, but
    scipy.signal is 6 MB in the packaged program.
    """
    if old_rate == new_rate:
        return samples
    common = gcd(old_rate, new_rate)
    up, down = new_rate // common, old_rate // common
    # Silence behind the clip keeps its end from running into its beginning.
    blocks = ceil(len(samples) / down) + ceil(256 / down)
    spectrum = np.fft.rfft(samples, blocks * down)
    kept = min(blocks * down, blocks * up) // 2 + 1
    resized = np.fft.irfft(spectrum[:kept] * (up / down), blocks * up)
    return resized[: ceil(len(samples) * up / down)].astype(np.float32)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The file for soundfile to read; whatever goes wrong within is told with its name."""
    try:
        import soundfile
    except (ImportError, OSError) as error:  # a wheel without libsndfile, and none installed
        raise UserError(
            f"Sound cannot be read here: {error}.",
            "Install the system's libsndfile (on Debian and Ubuntu the package libsndfile1).",
        ) from error
    try:
        if not path.is_file():  # a pipe would keep us waiting, a folder has no sound
            missing = not path.exists()
            raise UserError(
                f"There is no file {_name(path)}." if missing else f"{_name(path)} is no file.",
                _FORMATS,
            )
        if path.suffix.lower() not in SUFFIXES:
            raise UserError(f"{_name(path)} is no clip of sound by its name.", _FORMATS)
        if not path.stat().st_size:
            raise UserError(f"{_name(path)} is empty (0 bytes).", _FORMATS)
        with soundfile.SoundFile(path) as file:
            _check(file, path)
            yield file
    except UserError:
        raise
    except (OSError, ValueError, TypeError, RuntimeError, MemoryError) as error:
        # soundfile's own errors are RuntimeErrors; the ValueError is a NUL in the name.
        raise UserError(
            f"{_name(path)} cannot be read as sound ({_reason(error)}).", _FORMATS
        ) from error


def _check(file: Any, path: Path) -> None:
    """Refuse a header that promises what no clip has."""
    lowest, highest = RATES
    if not lowest <= file.samplerate <= highest:
        raise UserError(
            f"{_name(path)} has {file.samplerate:,} samples a second.",
            f"Use clips with {lowest:,} to {highest:,}.",
        )
    if not 1 <= file.channels <= MOST_CHANNELS:
        raise UserError(
            f"{_name(path)} has {file.channels:,} channels.",
            f"Use clips with at most {MOST_CHANNELS}; mono and stereo are usual.",
        )
    if file.frames < 1:
        raise UserError(f"{_name(path)} has no sound in it.", _FORMATS)


def _mono(file: Any, most: int, path: Path) -> FloatArray:
    """(n ≤ most,) float32: the mean of all channels."""
    pieces = []
    while most > 0:
        piece = file.read(min(most, _FRAMES_AT_ONCE), dtype="float32", always_2d=True)
        if not len(piece):
            break
        pieces.append(piece.mean(axis=1, dtype=np.float64))
        most -= len(piece)
    if not pieces:
        raise UserError(f"{_name(path)} has no sound in it.", _FORMATS)
    samples = np.concatenate(pieces)
    if not np.isfinite(samples).all():
        raise UserError(f"{_name(path)} has samples that are no numbers.", _FORMATS)
    # Squares of the largest float32 would not fit into float32.
    return (samples / max(1.0, float(np.abs(samples).max()))).astype(np.float32)


def _name(path: Path) -> str:
    """A file's name as it can be shown: bytes that are no text become “?”."""
    return f"“{isolated(path.name.encode('utf-8', 'replace').decode('utf-8'))}”"


def _reason(error: Exception) -> str:
    """What libsndfile says without the path, which can be long."""
    text = getattr(error, "error_string", None) or str(error) or type(error).__name__
    return str(text).strip().rstrip(".")
