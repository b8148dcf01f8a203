"""The folder that a command writes to, checked before any work is done."""

import tempfile
from contextlib import suppress
from pathlib import Path

from visualiser.core.errors import UserError


def prepare_folder(folder: Path) -> Path:
    """Make the folder where it does not exist, and see that files can be written there.

    Raises:
        UserError: there is a file in its place, or it cannot be made or written to.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"“{folder}” is a file, not a folder.", "Choose another name for --out.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UserError(
            f"The folder “{folder}” cannot be written to ({reason}).",
            "Choose another one for --out.",
        ) from error
    return folder


def check_folder(folder: Path) -> None:
    """See that the folder can be made and written to, and leave none that was not there.

    Raises:
        UserError: as prepare_folder.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    prepare_folder(folder)
    with suppress(OSError):  # somebody else writes there by now
        for path in made:
            path.rmdir()
