"""Files of a folder that have a label each, and the sentences on those that are of no use."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_table_refusals import MAX_CLASSES
from visualiser.core.data.split import FEWEST_ROWS
from visualiser.core.errors import UserError

FEWEST_CLASSES = 2
_NAMED = 3


@dataclass(frozen=True)
class FileKind:
    """What the files of a folder are.

    Attributes:
        noun: what one of them is called.
        suffixes: what their names end in, in small letters.
        advice: what such files should be like, a sentence.
    """

    noun: str
    suffixes: Collection[str]
    advice: str

    def names(self, path: Path) -> bool:
        """Whether a file is one of them by its name."""
        return path.suffix.lower() in self.suffixes


@dataclass(frozen=True, eq=False)
class LabelledFiles:
    """Files of a folder and what they are.

    Attributes:
        paths: N files.
        labels: (N,) codes into `names`.
        blocks: (N,) codes of what belongs together; None where each stands for itself.
        notes: what was left out, a sentence each.
        unread: folders and files that the user may not read.
    """

    paths: tuple[Path, ...]
    labels: IntArray
    names: tuple[str, ...]
    blocks: IntArray | None
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    def counted(self) -> str:
        """The classes and how many files each has."""
        counts = np.bincount(self.labels, minlength=len(self.names)).tolist()
        names = map(isolated, self.names)
        return listed([f"{name} ({n:,})" for name, n in zip(names, counts, strict=True)])

    def only(self, rows: NDArray[np.int64]) -> "LabelledFiles":
        """Those files, and the classes that they have."""
        kept, labels = np.unique(self.labels[rows], return_inverse=True)
        return replace(
            self,
            paths=tuple(self.paths[row] for row in rows),
            labels=labels.astype(np.int64),
            names=tuple(self.names[code] for code in kept),
            blocks=None if self.blocks is None else self.blocks[rows],
        )


def coded(
    paths: list[Path], labels: list[str], blocks: list[str] | None, notes: tuple[str, ...]
) -> LabelledFiles:
    """Files with their labels, and with their blocks where there are some."""
    names, codes = np.unique(np.array(labels, dtype=object), return_inverse=True)
    together = None if blocks is None else np.unique(np.array(blocks), return_inverse=True)[1]
    return LabelledFiles(
        tuple(paths),
        codes.astype(np.int64),
        tuple(map(str, names)),
        None if together is None else together.astype(np.int64),
        notes,
    )


def refusal(folder: Path, found: LabelledFiles, noun: str) -> UserError | None:
    """Why nothing can be learnt from these files; None where something can."""
    name = isolated(folder.name or str(folder))
    how = "Put them into a sub-folder for each class, or a table of files and labels beside them."
    if len(found.names) < FEWEST_CLASSES and found.unread:
        return UserError(
            f"In “{name}” there is what you may not read: {listed(found.unread, _NAMED)}.",
            "Change its permissions or copy it.",
        )
    if not found.paths:
        return UserError(f"“{name}” has no {noun}s with a label.", how)
    if len(found.names) == 1:
        label = isolated(found.names[0])
        return UserError(f"All {noun}s of “{name}” have the label “{label}”.", how)
    if len(found.names) > MAX_CLASSES:
        return _too_many(name, found, noun)
    if len(found.paths) < FEWEST_ROWS:
        return UserError(
            f"“{name}” has {len(found.paths)} {noun}s with a label; {FEWEST_ROWS} are the fewest.",
            "Add more.",
        )
    return None


def _too_many(name: str, found: LabelledFiles, noun: str) -> UserError:
    most = Counter(found.labels.tolist()).most_common(1)[0][1]
    each = f"one {noun}" if most == 1 else f"at most {most:,} {noun}s"
    return UserError(
        f"“{name}” has {len(found.names):,} labels with {each} each; {MAX_CLASSES} are the most.",
        "Put what is alike under one label.",
    )


def locked(folder: Path) -> UserError:
    """The sentence for a folder that the user may not look into."""
    return UserError(
        f"The folder {isolated(str(folder))} may not be read by you.",
        "Change its permissions or copy it.",
    )


def gone(folder: Path) -> UserError:
    """The sentence for a folder that is not there."""
    return UserError(
        f"The folder {isolated(str(folder))} does not exist (any more).", "Choose the folder again."
    )


def gone_meanwhile(folder: Path, paths: Iterable[Path]) -> UserError | None:
    """The sentence for a folder, or files of it, that vanished since they were found."""
    return None if folder.is_dir() and all(path.exists() for path in paths) else gone(folder)
