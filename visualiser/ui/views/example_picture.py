"""An example that is looked at, not read, as an image in the colours of the theme."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.encoding_sound import MelFrames, SoundOptions
from visualiser.ui.palette import Palette, rgb

_CLIP_RATIO = 1.6
"""Width of the small picture of a clip by its height."""
_BANDS, _MOMENTS = 32, 48
_RANGE_DB = 60.0
"""Below the loudest of a clip; more would show a small picture its noise."""


def is_picture(dataset: Dataset) -> bool:
    """Whether examples are shown as pictures: those of pictures, and clips of sound."""
    return dataset.modality in ("images", "sound")


def picture_ratio(dataset: Dataset) -> float:
    """Width of an example's small picture by its height."""
    return _CLIP_RATIO if dataset.modality == "sound" else 1.0


def example_image(dataset: Dataset, example: NDArray[Any], palette: Palette) -> QImage:
    """A picture as it is; of a clip how loud each pitch is at each moment."""
    if dataset.sample_rate is not None:
        example = _small_spectrogram(example, dataset.sample_rate)
    return picture_image(example, palette)


def picture_image(picture: NDArray[Any], palette: Palette) -> QImage:
    """(C, H, W) in 0…1: grey ones as ink on paper, coloured ones as they are."""
    values = np.clip(picture, 0, 1)
    if len(picture) < 3:
        ink = np.array(rgb(palette.text), dtype=np.float32)
        paper = np.array(rgb(palette.sunken), dtype=np.float32)
        colours = paper + values[0][..., None] * (ink - paper)
    else:
        colours = 255 * np.moveaxis(values[:3], 0, -1)
    pixels = np.ascontiguousarray(colours.astype(np.uint8))
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _small_spectrogram(clip: FloatArray, sample_rate: int) -> FloatArray:
    """(1, mels, frames) in 0…1: 1 is the loudest of this clip, the highest band on top."""
    powers = _small_frames(sample_rate, len(clip)).powers(np.asarray(clip)[None])[:, ::-1]
    loudest = max(float(powers.max()), 1e-10)
    floor = loudest * 10 ** (-_RANGE_DB / 10)
    levels = 10 * np.log10(np.maximum(powers, floor) / loudest)
    return np.asarray(1 + levels / _RANGE_DB, dtype=np.float32)


@lru_cache(maxsize=8)
def _small_frames(sample_rate: int, samples: int) -> MelFrames:
    """About as many moments as a small picture has columns, however long the clips are."""
    step = max(1000 * samples / sample_rate / _MOMENTS, 2.5)
    options = SoundOptions(
        mels=_BANDS, window_ms=min(max(2 * step, 5.0), 200.0), hop_ms=min(step, 100.0)
    )
    return MelFrames.of(sample_rate, samples, options)
