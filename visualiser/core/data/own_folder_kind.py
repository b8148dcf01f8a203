"""What all folders of files have in common as kinds of data of the user's own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_content import files_below
from visualiser.core.data.own_folder import (
    FEWEST_CLASSES,
    FileKind,
    FolderOptions,
    LabelledFiles,
    folder_of,
    labelled_files,
    tables_of_labels,
)
from visualiser.core.data.own_kind import LIKELY, NO, SURE, Sample, Survey
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError

_GLANCE = 200
_NAMED = 5


def likelihood(path: Path, kind: FileKind) -> float:
    """How likely a folder is one of such files, from its first files.

    Raises:
        OSError: it cannot be looked through.
        UserError: it is one such file: a model learns from many.
    """
    if not path.is_dir():
        if kind.names(path):
            raise UserError(
                f"“{path.name}” is a single {kind.noun}; a model learns from many.",
                "Open the folder with all of them. On a single one a model is tried in “Try it”.",
            )
        return NO
    found = list(islice(files_below(path), _GLANCE))
    share = sum(map(kind.names, found)) / max(1, len(found))
    return SURE * share if share > 0.5 else LIKELY * share


def survey(
    options: FolderOptions,
    kind: FileKind,
    progress: Progress,
    sample: Callable[[Path, str], Sample],
    most: int,
) -> Survey:
    """Classes, how many files each, and at most so many samples from end to end.

    Args:
        options: of the folder.
        kind: of its files.
        progress: asked whether to go on.
        sample: makes one of a file and its label.
        most: samples.

    Raises:
        UserError: there is no folder.
        Cancelled: nobody waits for it any more.
    """
    tables = tables_of_labels(folder_of(options))
    choices = {"labels": (("", "Sub-folders, else a table"), *((name, name) for name in tables))}
    try:
        found = labelled_files(options, kind, progress)
    except UserError as error:
        return Survey((), str(error), choices=choices)
    samples = list[Sample]()
    for row in np.linspace(0, len(found.paths) - 1, min(most, len(found.paths))).astype(int):
        progress.check()
        samples.append(sample(found.paths[row], found.names[found.labels[row]]))
    count = f"{len(found.paths):,} {kind.noun}s, {len(found.names)} classes: {found.counted()}."
    return Survey((count, *found.notes), samples=tuple(samples), choices=choices)


def usable(
    folder: Path,
    found: LabelledFiles,
    kind: FileKind,
    rows: NDArray[np.int64],
    skipped: Sequence[str],
) -> LabelledFiles:
    """Those rows that could be read, with a note about the others.

    Args:
        folder: where they are.
        found: all files.
        kind: what they are.
        rows: (n,) of those that could be read.
        skipped: the others, as they are to be named.

    Raises:
        UserError: too few classes are left.
    """
    one = f"1 {kind.noun} cannot be used and is left out"
    many = f"{len(skipped):,} {kind.noun}s cannot be used and are left out"
    said = f"{one if len(skipped) == 1 else many}: {listed(skipped, _NAMED)}." if skipped else ""
    read = found.only(rows)
    if len(read.names) < FEWEST_CLASSES:
        raise UserError(f"Of “{folder.name}” hardly a {kind.noun} can be read.", said)
    return replace(read, notes=(*found.notes, said)) if said else read


def card(folder: Path, title: str, kind: FileKind, size: str, question: str) -> DataCard:
    """What is known of such data: little.

    Args:
        folder: where it is.
        title: of the source, “Your own pictures”.
        kind: of its files.
        size: how much there is.
        question: what the user should ask about it, after “Ask yourself”.
    """
    return DataCard(
        what=f"{title}.",
        source=str(folder),
        licence=f"Yours to know: may these {kind.noun}s be used for this?",
        size=size,
        weaknesses=(f"Ask yourself: {question}",),
    )
