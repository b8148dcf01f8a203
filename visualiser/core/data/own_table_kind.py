"""A table as a kind of data of the user's own."""

from pathlib import Path

from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_kind import LIKELY, NO, POSSIBLE, OwnKind, Survey
from visualiser.core.data.own_table import SOURCE, OwnTableOptions
from visualiser.core.data.own_table_file import inspect_file
from visualiser.core.data.own_table_opening import container_of
from visualiser.core.data.source import Progress

SUFFIXES = frozenset([".csv", ".tsv", ".tab", ".gz", ".xlsx", ".xlsm", ".parquet"])


def _likelihood(path: Path) -> float:
    """Any file may be a table; its name or its beginning says whether that is likely."""
    if not path.is_file():
        return NO
    likely = path.suffix.lower() in SUFFIXES or container_of(path) is not None
    return LIKELY if likely else POSSIBLE


def _survey(options: OwnTableOptions, progress: Progress) -> Survey:
    path = Path(options.path).expanduser()
    file = inspect_file(path, **options.ways())
    return Survey((f"{len(file.columns):,} columns: {listed(file.columns)}.",))


KIND = OwnKind(SOURCE, "a table", _likelihood, _survey)
