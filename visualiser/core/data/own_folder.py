"""Folders of files with a label each: named by their sub-folders or by a table of labels."""

import csv
import io
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from visualiser.core.data.encoding_table import listed
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_content import files_below
from visualiser.core.data.own_labelled import (
    FEWEST_CLASSES,
    FileKind,
    LabelledFiles,
    coded,
    gone,
    gone_meanwhile,
    locked,
    refusal,
)
from visualiser.core.data.own_table_file import inspect_file
from visualiser.core.data.own_table_opening import open_bytes
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

MOST_FILES = 200_000
"""Files of a folder that are looked at."""
_MOST_TRIED = 10
"""Tables that are looked into for labels."""
_NAMED = 3
_LISTS = (".csv", ".tsv")
_FILE_NAMES = re.compile(r"(file|filename|file.?name|path|image|picture|clip|name|id)", re.I)
_LABEL_NAMES = re.compile(r"(label|class|klasse|category|target|kind|species|y)", re.I)
_BLOCK_NAMES = re.compile(r"(block|group|person|speaker|subject|patient|session|kit)", re.I)


class FolderOptions(Value):
    """Which folder, where its labels come from, and which files belong together.

    `labels` names a table in the folder with the columns file and label, paths from there or names
    alone; empty takes the names of the sub-folders, or such a table where they name no classes.
    With `blocks` files in one folder below a label stay in one part of the split.
    """

    path: str = ""
    labels: Annotated[
        str,
        Field(title="Labels from", description="Sub-folders, or a table with file and label."),
    ] = ""
    blocks: Annotated[
        Literal["none", "folder"],
        Field(
            title="Keep together",
            description="Files of one folder below a label, as of one person, are then in one part "
            "of the split.",
        ),
    ] = "none"


def tables_of_labels(folder: Path) -> tuple[str, ...]:
    """Names of the tables in the folder that could hold labels.

    Raises:
        UserError: the folder is gone.
    """
    try:
        files = islice(sorted(folder.iterdir()), MOST_FILES)
    except FileNotFoundError as error:
        raise gone(folder) from error
    return tuple(file.name for file in files if file.suffix.lower() in _LISTS and file.is_file())


def labelled_files(options: FolderOptions, kind: FileKind, progress: Progress) -> LabelledFiles:
    """The files of that kind in a folder, with their labels.

    Raises:
        UserError: no folder, too few files, one class or too many, or a table of labels that
            cannot be used.
        Cancelled: the user pressed Cancel.
    """
    folder = folder_of(options)
    progress.update(0, "Looking through the folder")
    if options.labels:
        found = _by_table(folder / Path(options.labels).name, kind, progress)
    else:
        found = _by_folder(folder, options, kind, progress)
        if len(found.names) < FEWEST_CLASSES:
            found = _by_first_table(folder, kind, progress) or found
    refused = refusal(folder, found, kind.noun)
    if refused is not None:
        # A folder that somebody moves away just now is found half empty.
        raise gone_meanwhile(folder, found.paths) or refused
    return found


def folder_of(options: FolderOptions) -> Path:
    """The folder.

    Raises:
        UserError: none is chosen, or it is not there, or may not be read.
    """
    if not options.path.strip():
        raise UserError("No folder has been chosen.", "Open or drop a folder.")
    try:
        folder = Path(options.path).expanduser()
        if folder.is_dir():
            with os.scandir(folder):
                return folder
        there = folder.exists()
    except PermissionError as error:
        raise locked(Path(options.path).expanduser()) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise UserError(f"{options.path!r} cannot be read: {error}.", "Choose it again.") from error
    if there:
        raise UserError(f"{folder} is a file, not a folder.", "Choose the folder it is in.")
    raise gone(folder)


def _by_folder(
    folder: Path, options: FolderOptions, kind: FileKind, progress: Progress
) -> LabelledFiles:
    """The first folder on the way to a file is its label, the next one its block."""
    paths, labels, blocks, unlabelled = list[Path](), list[str](), list[str](), 0
    unread = list[Path]()
    for file in islice(files_below(folder, unread.append), MOST_FILES):
        progress.check()
        if not kind.names(file):
            continue
        inside = file.relative_to(folder).parts[:-1]
        if not inside:
            unlabelled += 1
            continue
        paths.append(file)
        labels.append(inside[0])
        blocks.append("/".join(inside[:2]) if len(inside) > 1 else file.as_posix())
    many = f"{unlabelled:,} files lie outside of all sub-folders and have no label."
    one = "1 file lies outside of all sub-folders and has no label."
    notes = [one if unlabelled == 1 else many] if unlabelled and paths else []
    names = tuple(isolated(place.relative_to(folder).as_posix()) for place in unread)
    if names:
        notes.append(f"Left out, for you may not read it: {listed(names, _NAMED)}.")
    together = options.blocks == "folder" and len(set(blocks)) < len(blocks)
    found = coded(paths, labels, blocks if together else None, tuple(notes))
    return replace(found, unread=names)


def _by_first_table(folder: Path, kind: FileKind, progress: Progress) -> LabelledFiles | None:
    """With the labels of the first table that has some for such files."""
    for name in tables_of_labels(folder)[:_MOST_TRIED]:
        try:
            found = _by_table(folder / name, kind, progress)
        except UserError:
            continue  # another sort of table
        if len(found.names) >= FEWEST_CLASSES:
            return replace(found, notes=(f"Labels are those of {name}.", *found.notes))
    return None


def _by_table(table: Path, kind: FileKind, progress: Progress) -> LabelledFiles:
    file = inspect_file(table, header="yes")
    places = [_place(file.columns, names) for names in (_FILE_NAMES, _LABEL_NAMES)]
    if len(file.columns) == 2 and None in places:
        places = [0, 1]
    if None in places:
        raise UserError(
            f"{table.name} has no columns “file” and “label”.",
            f"Its columns are: {listed([*map(isolated, file.columns)])}.",
        )
    block = _place(file.columns, _BLOCK_NAMES)
    paths, labels, blocks = list[Path](), list[str](), list[str]()
    lost = list[str]()
    # The whole folder is walked only where a path of the table does not lead to its file.
    by_name = cache(partial(_by_name, table.parent, kind, progress))
    with (
        open_bytes(table) as stream,
        io.TextIOWrapper(stream, file.encoding.codec, "replace", newline="") as text,
    ):
        rows = csv.reader(text, delimiter=file.delimiter, skipinitialspace=True)
        for row in islice(rows, file.skip, MOST_FILES):
            progress.check()
            cells = [cell.strip() for cell in row] + [""] * (len(file.columns) - len(row))
            name, label = cells[places[0] or 0], cells[places[1] or 0]
            path = _inside(table.parent, name, kind) or by_name().get(name)
            if path is None or not label:
                lost += [name] if name else []
                continue
            paths.append(path)
            labels.append(label)
            blocks.append(cells[block] if block is not None else path.as_posix())
    rows_lost = f"{len(lost):,} rows of {table.name} name"
    what = f"1 row of {table.name} names" if len(lost) == 1 else rows_lost
    what = f"{what} no {kind.noun} in the folder, or no label"
    notes = (f"{what}: {listed([*map(isolated, lost)], _NAMED)}.",) if lost and paths else ()
    together = block is not None and len(set(blocks)) < len(blocks)
    return coded(paths, labels, blocks if together else None, notes)


def _place(columns: Sequence[str], names: re.Pattern[str]) -> int | None:
    return next((n for n, name in enumerate(columns) if names.fullmatch(name.strip())), None)


def _inside(folder: Path, name: str, kind: FileKind) -> Path | None:
    """The file of that name, if it lies in the folder: a table leads nowhere else."""
    try:
        path = folder / name
        if not kind.names(path) or ".." in path.relative_to(folder).parts:
            return None
        return path if path.is_file() and not path.is_symlink() else None
    except (OSError, ValueError):
        return None


def _by_name(folder: Path, kind: FileKind, progress: Progress) -> dict[str, Path]:
    """The files below by their names, with and without ending, where only one is called so."""
    found = dict[str, Path | None]()
    for file in islice(files_below(folder), MOST_FILES):
        progress.check()
        if kind.names(file):
            for name in (file.name, file.stem):
                found[name] = None if name in found else file
    return {name: file for name, file in found.items() if file is not None}
