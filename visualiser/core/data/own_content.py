"""What tells the content of a user's file or folder from another one: its fingerprint.

“sha256:12034:9f86…” is over all bytes of a file of 12,034; “sha256-ends:…” over the size and both
ends of a larger one; “sha256-files:…” over the names and sizes of the files in a folder, and over
the bytes of as many of them as are read quickly.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from visualiser.core.data.source import Progress

WHOLE_BYTES = 200_000_000
"""A file with more is told by its size and its ends; of a folder, so much is read."""
END_BYTES = 32_000_000
MOST_FILES = MOST_FOLDERS = 200_000
_LOOKED_AT = 5_000
_PIECE = 2**20


def fingerprint(path: Path, progress: Progress) -> str:
    """The fingerprint of what is at `path`; empty where it cannot be read.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    try:
        if path.is_dir():
            return _of_folder(path, progress)
        return _of_file(path, progress) if path.is_file() else ""  # a pipe would keep us waiting
    except (OSError, ValueError):  # ValueError: a NUL character in the path
        return ""


def state_of(path: Path) -> tuple[int, ...]:
    """What is another once a file has been written again, or a folder has other files.

    Quick, and of a folder only as deep as the folders in it.

    Raises:
        OSError: it cannot be looked at.
    """
    state = path.stat()
    said = (state.st_size, state.st_mtime_ns, state.st_ino)
    if not path.is_dir():
        return said
    with os.scandir(path) as entries:
        inside = [e.stat(follow_symlinks=False) for e in islice(entries, _LOOKED_AT)]
    return (*said, *sorted(entry.st_mtime_ns for entry in inside))


def size_in(print_: str) -> int | None:
    """The size of the file that a fingerprint was taken of; None for a folder or no fingerprint."""
    kind, _, rest = print_.partition(":")
    size = rest.partition(":")[0]
    return int(size) if kind in {"sha256", "sha256-ends"} and size.isdecimal() else None


def count_in(print_: str) -> int | None:
    """How many files the folder had that a fingerprint was taken of; None for anything else."""
    kind, _, rest = print_.partition(":")
    count = rest.partition(":")[0]
    return int(count) if kind == "sha256-files" and count.isdecimal() else None


def _of_file(path: Path, progress: Progress) -> str:
    size = path.stat().st_size
    whole = size <= WHOLE_BYTES
    parts = [(0, size)] if whole else [(0, END_BYTES), (size - END_BYTES, END_BYTES)]
    total = sum(count for _, count in parts)
    digest, done = hashlib.sha256(), 0
    for start, count in parts:
        for piece in _pieces(path, start, count, progress):
            progress.update(done / total, f"Reading “{path.name}”")
            digest.update(piece)
            done += len(piece)
    return f"{'sha256' if whole else 'sha256-ends'}:{size}:{digest.hexdigest()}"


def _pieces(path: Path, start: int, count: int, progress: Progress) -> Iterator[bytes]:
    """`count` bytes from `start` on, as far as there are so many."""
    with path.open("rb") as stream:
        stream.seek(start)
        while count > 0 and (piece := stream.read(min(_PIECE, count))):
            progress.check()
            yield piece
            count -= len(piece)


def _of_folder(path: Path, progress: Progress) -> str:
    digest, left, count = hashlib.sha256(), WHOLE_BYTES, 0
    for file in files_below(path):
        progress.check()
        size = file.stat().st_size
        name = file.relative_to(path).as_posix()
        digest.update(f"{name}\0{size}\0".encode("utf-8", "surrogatepass"))
        if size <= left:
            for piece in _pieces(file, 0, size, progress):
                digest.update(piece)
            left -= size
        count += 1
        if count == MOST_FILES:
            break
    return f"sha256-files:{count}:{digest.hexdigest()}"


def files_below(folder: Path, unread: Callable[[Path], object] | None = None) -> Iterator[Path]:
    """Ordinary files in the folder and below, in the order of their names.

    Links are left alone, so that a loop of them has no beginning; names with a dot in front are
    the system's own. `unread` is told of folders and files that may not be read.
    """

    def skip(error: OSError) -> None:
        if unread is not None and isinstance(error, PermissionError):
            unread(Path(error.filename))

    walk = os.walk(folder, onerror=skip, followlinks=False)
    for parent, folders, names in islice(walk, MOST_FOLDERS):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if not name.startswith(".") and _is_ordinary(file, skip):
                yield file


def _is_ordinary(file: Path, skip: Callable[[OSError], None]) -> bool:
    try:
        return file.is_file() and not file.is_symlink()
    except PermissionError as error:
        skip(error)
        return False
