"""The clip in a recording: the part where something sounds, as loud as the clips of the data."""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.clip_file import resampled
from visualiser.core.data.dataset import FloatArray, read_only
from visualiser.core.errors import UserError

SPARE_SECONDS = 1.5
"""Recorded beyond the length of a clip: time to begin."""
_SWITCHED_ON = 0.1
"""Seconds at the beginning that do not count: the click of the button, and what a microphone does
when it is switched on."""
_SILENT = 10 ** (-50 / 20)
"""A recording in which nothing is louder than that, of full scale, is of nothing."""
_FRAME = 0.01
"""Seconds of which the loudness is measured."""
_QUIETER = 10 ** (-25 / 10)
"""A sound begins where its power is so much below its highest, and well above the rest."""
_ABOVE_NOISE = 4.0
_CLIPS_LOOKED_AT = 200


def recorded_clip(
    samples: FloatArray, rate: int, sample_rate: int, length: int, loudness: float = 1.0
) -> FloatArray:
    """The loudest part of a recording, from where its sound begins.

    Args:
        samples: (n,) in −1…1, at `rate` samples a second.
        sample_rate: of the clip.
        length: samples of the clip; a shorter recording ends in silence.
        loudness: highest absolute value of the clip.

    Returns:
        (length,) float32 in −1…1.

    Raises:
        UserError: there is nothing to hear in it.
    """
    heard = samples[round(_SWITCHED_ON * rate) :]
    if len(heard):
        heard = heard - heard.mean()
    if not np.abs(heard).max(initial=0.0) > _SILENT:
        raise UserError(
            "Only silence was recorded.",
            "See whether a microphone is connected, turned up, and allowed for this program.",
        )
    heard = resampled(heard, rate, sample_rate)
    part = heard[_beginning(heard, sample_rate, length) :][:length]
    clip = np.zeros(length, dtype=np.float32)
    clip[: len(part)] = part * np.float32(loudness / np.abs(part).max())
    return read_only(np.clip(clip, -1, 1))


def usual_loudness(clips: FloatArray) -> float:
    """The median of the highest absolute values of (N, samples) clips, in 0…1; of many, of some."""
    some = clips[:: ceil(len(clips) / _CLIPS_LOOKED_AT)]
    return min(float(np.median(np.abs(some).max(axis=1))), 1.0)


def _beginning(heard: FloatArray, rate: int, length: int) -> int:
    """The sample at which the clip starts."""
    frame = max(round(_FRAME * rate), 1)
    count = ceil(len(heard) / frame)
    padded = np.zeros(count * frame)
    padded[: len(heard)] = heard
    powers = np.square(padded.reshape(count, frame)).mean(axis=1)
    frames = ceil(length / frame)
    first = _loudest_part(powers, frames)
    part = powers[first : first + frames]
    limit = max(_QUIETER * part.max(), _ABOVE_NOISE * float(np.quantile(powers, 0.1)))
    sounds = np.flatnonzero(part >= min(limit, part.max()))
    # A frame earlier: a stroke may begin within the one before.
    return max(first + int(sounds[0]) - 1, 0) * frame


def _loudest_part(powers: NDArray[np.float64], frames: int) -> int:
    """The frame from which on the next ones have the most power together."""
    if len(powers) <= frames:
        return 0
    sums = np.concatenate([[0.0], np.cumsum(powers)])
    return int(np.argmax(sums[frames:] - sums[:-frames]))
