"""The kinds of data of the user's own: one line each."""

from collections import Counter
from itertools import islice
from pathlib import Path

from visualiser.core.data import (
    own_pictures,
    own_purchases,
    own_series,
    own_sounds,
    own_table_kind,
    own_text,
)
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_content import files_below
from visualiser.core.data.own_kind import OwnKind
from visualiser.core.data.own_table_bytes import unreadable
from visualiser.core.errors import UserError

OWN_KINDS: dict[str, OwnKind] = {
    kind.name: kind
    for kind in (
        own_table_kind.KIND,
        own_series.KIND,
        own_purchases.KIND,
        own_pictures.KIND,
        own_sounds.KIND,
        own_text.KIND,
    )
}

_GLANCE = 200
"""Files of a folder that are looked at for a sentence about it."""


def recognised(path: Path) -> tuple[OwnKind, ...]:
    """What the file or folder could be, the likeliest first.

    Raises:
        UserError: it is not there, cannot be read, or is nothing that can be used.
    """
    try:
        path.stat()  # says what is wrong where it cannot be opened
        found = [(kind.recognise(path), kind) for kind in OWN_KINDS.values()]
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a null byte in the name
        raise UserError(f"{str(path)!r} cannot be the name of a file.", "Choose a file.") from error
    likely = sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])
    if not likely:
        raise _of_no_kind(path)
    return tuple(kind for _, kind in likely)


def _of_no_kind(path: Path) -> UserError:
    """The sentence for what is of no kind, and for a folder of what is opened one by one."""
    name = isolated(path.name)
    if not path.is_dir():
        return UserError(f"“{name}” is not an ordinary file.", "Choose a table or a text.")
    suffixes = Counter(file.suffix.lower() for file in islice(files_below(path), _GLANCE))
    most = suffixes.most_common(1)[0][0] if suffixes else ""
    if most in own_text.SUFFIXES:
        return UserError(
            f"“{name}” is a folder of texts; a model learns from one text file.",
            "Open one of them, put them together into one, or write them into a table with a "
            "column of texts and one of labels.",
        )
    if most in own_table_kind.SUFFIXES:
        return UserError(
            f"“{name}” is a folder of tables; a model learns from one table.",
            "Open one of them, or put their rows together into one.",
        )
    return UserError(
        f"“{name}” holds nothing that this program can use.",
        "Open a table or a text, or a folder of pictures or of clips of sound.",
    )
