"""What the data sets of sound have in common: clips of one length and rate, and their table."""

from collections.abc import Sequence

import numpy as np

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.clip_file import read_clip
from visualiser.core.data.dataset import FloatArray, IntArray, read_only
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.paths import datasets_dir

SAMPLE_RATE = 16_000
"""Of the bundled clips, samples a second."""


def bundled_clips(files: Sequence[str], seconds: float, progress: Progress) -> FloatArray:
    """(N, samples) float32 in −1…1: clips in the datasets folder, at SAMPLE_RATE.

    Raises:
        UserError: a bundled file is missing or damaged.
        Cancelled: the user pressed Cancel.
    """
    clips = np.empty((len(files), round(SAMPLE_RATE * seconds)), dtype=np.float32)
    for place, file in enumerate(files):
        progress.check()
        progress.update(place / len(files), "reading clips")
        try:
            clips[place] = read_clip(datasets_dir() / file, SAMPLE_RATE, seconds)
        except UserError as error:
            raise UserError(
                f"A bundled clip cannot be read: {error.message}",
                "Install the program again; its own data sets come with it.",
            ) from error
    return read_only(clips)


def codes(values: Sequence[str], names: Sequence[str]) -> IntArray:
    """(N,) places of values among names."""
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.int64)


def table_of_clips(file: str) -> dict[str, list[str]]:
    """The columns of a bundled table of clips.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    return {name: [str(cell) for cell in column] for name, column in read_columns(file).items()}
