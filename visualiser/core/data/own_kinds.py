"""The kinds of data of the user's own: one line each."""

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


def recognised(path: Path) -> tuple[OwnKind, ...]:
    """What the file or folder could be, the likeliest first.

    Raises:
        UserError: it is not there, cannot be read, or is nothing that can be used.
    """
    try:
        if not path.exists():
            raise FileNotFoundError(path)
        found = [(kind.recognise(path), kind) for kind in OWN_KINDS.values()]
    except OSError as error:
        raise unreadable(path, error) from error
    likely = sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])
    if not likely:
        raise UserError(
            f"“{isolated(path.name)}” holds nothing that this program can use.",
            "Open a table, or a folder of pictures or of clips of sound.",
        )
    return tuple(kind for _, kind in likely)
