"""Reading the bundled data sets, with a sentence where one is missing or damaged."""

import csv
import gzip
import io
import zipfile
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from visualiser.core.errors import UserError
from visualiser.paths import datasets_dir

_HINT = "Install the program again; its own data sets come with it."


def read_columns(file: str) -> dict[str, NDArray[np.str_]]:
    """Columns of a CSV file in the datasets folder, as text, by their names; may be gzipped.

    Raises:
        UserError: the file is missing or damaged.
    """
    path = datasets_dir() / file
    try:
        text = _text(path)
        header, *rows = list(csv.reader(io.StringIO(text, newline="")))
        return {
            name: np.array(column)
            for name, column in zip(header, zip(*rows, strict=True), strict=True)
        }
    except (OSError, EOFError, zlib.error, ValueError, csv.Error) as error:
        raise _damaged(path, error) from error


def read_text(file: str) -> str:
    """A text file in the datasets folder, in UTF-8; may be gzipped.

    Raises:
        UserError: the file is missing or damaged.
    """
    path = datasets_dir() / file
    try:
        return _text(path)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise _damaged(path, error) from error


def read_arrays(file: str) -> dict[str, NDArray[np.generic]]:
    """Arrays of an .npz file in the datasets folder; pickled objects are refused.

    Raises:
        UserError: the file is missing or damaged.
    """
    path = datasets_dir() / file
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, EOFError, zlib.error, ValueError, zipfile.BadZipFile) as error:
        raise _damaged(path, error) from error


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def _damaged(path: Path, error: Exception) -> UserError:
    if isinstance(error, FileNotFoundError):
        return UserError(f"The bundled data set {path.name} is missing from {path.parent}.", _HINT)
    return UserError(f"The bundled data set {path.name} cannot be read ({error}).", _HINT)
