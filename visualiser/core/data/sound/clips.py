"""Bundled clips of sound: what is said of a set of them, and how it is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.clip_file import read_clip
from visualiser.core.data.dataset import DataCard, Dataset, FloatArray, IntArray, read_only
from visualiser.core.data.source import Progress, Source
from visualiser.core.errors import UserError
from visualiser.paths import datasets_dir

SAMPLE_RATE = 16_000
"""Of the bundled clips, samples a second."""
_TOLD_EVERY = 16
"""Clips from one word of progress to the next: a clip takes two milliseconds, and each word has the
window draw."""


@dataclass(frozen=True)
class BundledClips:
    """A set of clips with a table: a row and a file for each.

    Attributes:
        card: what is known of it.
        table: its file in the datasets folder.
        seconds: how much of each clip is read.
        target: what is told apart, for the user.
        label: column of the classes.
        classes: as they stand in that column, in their order, and for the user.
        block: column of what stays in one part of the split.
        caption: column of what is shown with a clip.
        note: what is to be known of the split.
    """

    card: DataCard
    table: str
    seconds: float
    target: str
    label: str
    classes: Mapping[str, str]
    block: str
    caption: str
    note: str

    def load(self, source: Source, progress: Progress) -> Dataset:
        """(N, samples) float32 clips in −1…1.

        Raises:
            UserError: a bundled file is missing or damaged.
            Cancelled: the user pressed Cancel.
        """
        table = self.columns()
        return Dataset(
            name=source.name,
            title=source.title,
            card=self.card,
            modality="sound",
            task="classification",
            features=bundled_clips(table["file"], self.seconds, progress),
            labels=_codes(table[self.label], tuple(self.classes)),
            target=self.target,
            class_names=tuple(self.classes.values()),
            blocks=_codes(table[self.block], sorted({*table[self.block]})),
            sample_rate=SAMPLE_RATE,
            captions=tuple(table[self.caption]),
            notes=(self.note,),
        )

    def columns(self) -> dict[str, list[str]]:
        """The table, by the names of its columns.

        Raises:
            UserError: the bundled file is missing or damaged.
        """
        columns = read_columns(self.table)
        return {name: [str(cell) for cell in column] for name, column in columns.items()}


def bundled_clips(files: Sequence[str], seconds: float, progress: Progress) -> FloatArray:
    """(N, samples) float32 in −1…1: clips in the datasets folder, at SAMPLE_RATE.

    Raises:
        UserError: a bundled file is missing or damaged.
        Cancelled: the user pressed Cancel.
    """
    clips = np.empty((len(files), round(SAMPLE_RATE * seconds)), dtype=np.float32)
    folder = datasets_dir()
    for place, file in enumerate(files):
        progress.check()
        if place % _TOLD_EVERY == 0:
            progress.update(place / len(files), "reading clips")
        try:
            clips[place] = read_clip(folder / file, SAMPLE_RATE, seconds)
        except UserError as error:
            raise UserError(
                f"A bundled clip cannot be read: {error.message}",
                "Install the program again; its own data sets come with it.",
            ) from error
    return read_only(clips)


def _codes(values: Sequence[str], names: Sequence[str]) -> IntArray:
    """(N,) places of values among names."""
    place = {name: number for number, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.int64)
