"""What all folders of files have in common as kinds of data of the user's own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_content import files_below
from visualiser.core.data.own_folder import (
    FolderOptions,
    folder_of,
    labelled_files,
    tables_of_labels,
)
from visualiser.core.data.own_kind import LIKELY, NO, SURE, Sample, Survey
from visualiser.core.data.own_labelled import (
    FEWEST_CLASSES,
    FileKind,
    LabelledFiles,
    gone_meanwhile,
    locked,
)
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError

_GLANCE = 200
_NAMED = 5
_TRIED = 50
"""Files of a class that are opened to find one that can be used."""


def likelihood(path: Path, kind: FileKind) -> float:
    """How likely a folder is one of such files, from its first files.

    Raises:
        OSError: it cannot be looked through.
        UserError: it is one such file, where a model learns from many, or may not be read.
    """
    if not path.is_dir():
        if kind.names(path):
            raise UserError(
                f"“{isolated(path.name)}” is a single {kind.noun}; a model learns from many.",
                "Open the folder with all of them. On a single one a model is tried in “Try it”.",
            )
        return NO
    unread = list[Path]()
    found = list(islice(files_below(path, unread.append), _GLANCE))
    if unread and not found:
        raise locked(unread[0])
    share = sum(map(kind.names, found)) / max(1, len(found))
    return SURE * share if share > 0.5 else LIKELY * share


def survey(
    options: FolderOptions,
    kind: FileKind,
    progress: Progress,
    sample: Callable[[Path, str], Sample],
    problem: Callable[[Path], str],
    most: int,
) -> Survey:
    """Classes, how many files each, and at most so many samples from end to end.

    Args:
        options: of the folder.
        kind: of its files.
        progress: asked whether to go on.
        sample: makes one of a file and its label.
        problem: why a file cannot be used, a sentence; empty where it can.
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
    refused = _hopeless(found, kind, problem, progress)
    count = f"{len(found.paths):,} {kind.noun}s, {len(found.names)} classes: {found.counted()}."
    return Survey((count, *found.notes), refused, samples=tuple(samples), choices=choices)


def _hopeless(
    found: LabelledFiles, kind: FileKind, problem: Callable[[Path], str], progress: Progress
) -> str:
    """Why hardly a class has files that can be used; empty where two have one each.

    Of a class without end so many are tried that all of them being spoiled by chance is out of
    the question.
    """
    usable, problems = list[str](), list[str]()
    for code, name in enumerate(found.names):
        rows = np.flatnonzero(found.labels == code)
        tried = rows[np.linspace(0, len(rows) - 1, min(_TRIED, len(rows))).astype(int)]
        for row in tried:
            progress.check()
            if not (said := problem(found.paths[row])):
                usable.append(isolated(name))
                break
            problems.append(said)
        if len(usable) == FEWEST_CLASSES:
            return ""
    which = f"Only “{usable[0]}” has {kind.noun}s" if usable else f"There is no {kind.noun}"
    return f"{which} that can be used: {problems[0]} {kind.advice}"


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
        name = isolated(folder.name)
        raise gone_meanwhile(folder, found.paths) or UserError(
            f"Of “{name}” hardly a {kind.noun} can be used.", f"{said} {kind.advice}"
        )
    if (lost := gone_meanwhile(folder, ())) is not None:
        raise lost
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
