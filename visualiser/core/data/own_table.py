"""The user's own table: text, a workbook or a Parquet file, with a target column."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_table_cells import RawColumn
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.own_table_encoding import survey_file
from visualiser.core.data.own_table_features import TableFeatures, features_of
from visualiser.core.data.own_table_file import TableFile, inspect_file
from visualiser.core.data.own_table_notes import OF_NO_USE, card, doubts, file_notes
from visualiser.core.data.own_table_reading import Wanted, read_table
from visualiser.core.data.own_table_refusals import (
    MOST_REASONS,
    both_roles,
    nothing_to_learn_from,
)
from visualiser.core.data.own_table_short_rows import note_of_short_rows
from visualiser.core.data.own_table_target import (
    Target,
    guess_target,
    read_groups,
    read_target,
)
from visualiser.core.data.own_table_text import quoted
from visualiser.core.data.own_table_types import ColumnType, ColumnTypes, understood
from visualiser.core.data.own_table_ways import WaysToRead
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError


class OwnTableOptions(WaysToRead):
    """Which file, what to predict, and which columns to leave out.

    An empty `target` lets the program guess; an empty `group` means none. `types` says of columns
    what they are where the program takes them for something else. `rows` reads only the first
    rows of a file that is too large.
    """

    path: str = ""
    target: str = ""
    group: str = ""
    task: Literal["auto", "classification", "regression"] = "auto"
    positive: str = ""
    leave_out: tuple[str, ...] = ()
    types: ColumnTypes = Field(default={})
    rows: Annotated[int, Field(ge=10, le=5_000_000)] | None = None


def load(options: OwnTableOptions, seed: int, progress: Progress) -> Dataset:
    """Read the file; every decision made on the way is a sentence in `Dataset.notes`.

    Raises:
        UserError: no file, or one that cannot be used; says which line or column and what to do.
        Cancelled: the user pressed Cancel.
    """
    if not options.path.strip():
        raise UserError(
            "No file has been chosen.", "Open or drop a table: CSV, TSV, Excel or Parquet."
        )
    path = _file(options)
    progress.update(0, "Looking at the file")
    file, columns = read_columns(options, progress)
    target_name = options.target or guess_target(
        list(columns), [c.kind in {"number", "yes or no", "category"} for c in columns.values()]
    )
    task = None if options.task == "auto" else options.task
    target = read_target(columns[target_name], task, options.positive, path.name)
    dataset = _dataset(file, columns, target, options, progress)
    progress.update(1, "Done")
    return dataset


def read_columns(
    options: OwnTableOptions, progress: Progress, only: frozenset[str] | None = None
) -> tuple[TableFile, dict[str, Column]]:
    """The columns of a table by their names, or those of them in `only`.

    Target and group are read to their end, whatever they hold.

    Raises:
        UserError, Cancelled: as load.
    """
    if only is not None:
        file = inspect_file(_file(options), **options.ways())
        others = tuple(name for name in file.columns if name not in only)
        options = options.replace(leave_out=others)
    file, raw = _read(_file(options), options, progress)
    return file, _understand(raw, file, options.types, progress)


def _file(options: OwnTableOptions) -> Path:
    return Path(options.path).expanduser()


def _read(
    path: Path, options: OwnTableOptions, progress: Progress
) -> tuple[TableFile, list[RawColumn]]:
    """All of the file; where bytes are not UTF-8, its encoding is judged by all of it first."""
    chosen = frozenset([options.target, options.group])
    left_out = frozenset(options.leave_out) - chosen
    wanted = Wanted(options.rows, left_out, chosen, options.types)
    file = inspect_file(path, **options.ways())
    if not file.encoding.is_doubtful:
        _check_names(file, options)
        with suppress(UnicodeDecodeError):
            return file, read_table(file, wanted, progress)
    encoding = survey_file(path, file.encoding, progress)
    file = inspect_file(path, **options.ways() | {"encoding": encoding})
    _check_names(file, options)
    return file, read_table(file, wanted, progress)


def _check_names(file: TableFile, options: OwnTableOptions) -> None:
    for role, names in (
        ("target", (options.target,)),
        ("group", (options.group,)),
        ("left-out", options.leave_out),
        ("typed", options.types),
    ):
        for name in names:
            if name and name not in file.columns:
                raise UserError(
                    f"{file.path.name} has no column {quoted(name)} (wanted as {role} column).",
                    f"Its columns are: {listed(file.columns)}.",
                )
    if options.target and options.target == options.group:
        raise both_roles(options.target)


def _understand(
    raw: list[RawColumn], file: TableFile, types: Mapping[str, ColumnType], progress: Progress
) -> dict[str, Column]:
    """Columns by name; empties `raw`, because a long column of words takes much memory."""
    columns: dict[str, Column] = {}
    while raw:
        column = raw.pop(0)
        progress.check()
        progress.update(1, f"Looking at the column {quoted(column.name)}")
        wanted = types.get(column.name)
        columns[column.name] = understood(column, wanted, file.prefers_comma, progress)
    return columns


def _dataset(
    file: TableFile,
    columns: dict[str, Column],
    target: Target,
    options: OwnTableOptions,
    progress: Progress,
) -> Dataset:
    unused = {target.name, *options.leave_out}
    inputs = [column for name, column in columns.items() if name not in unused]
    learnt = _features(file, inputs, target, progress)
    groups = _groups(file, columns, target, options.group)
    is_date = columns[target.name].kind == "date"
    return Dataset(
        name=SOURCE.name,
        title=file.path.name,
        card=card(file, len(target.rows), len(learnt.names)),
        modality=learnt.modality,
        task=target.task,
        features=learnt.features,
        labels=target.labels,
        target=target.name,
        class_names=target.class_names,
        unit=target.unit,
        target_is_date=target.task == "regression" and is_date,
        groups=groups.codes,
        group_names=groups.names,
        group_title=options.group,
        positive_class=target.positive_class,
        feature_names=learnt.names,
        notes=(
            *file_notes(file, options.rows, options.leave_out),
            *filter(None, [note_of_short_rows(file, columns, options.rows, progress)]),
            *(() if options.target else (f"{quoted(target.name)} is taken as the target.",)),
            *filter(None, [columns[target.name].note, *target.notes]),
            *filter(None, [said for column in inputs for said in (column.note, column.advice)]),
            *doubts(file, [column for column in inputs if column.name not in options.types]),
            *learnt.notes,
        ),
    )


class _Groups(NamedTuple):
    """Groups of people, of which there may be none: (n,) codes of the rows, and the names."""

    codes: IntArray | None = None
    names: tuple[str, ...] = ()


def _groups(file: TableFile, columns: Mapping[str, Column], target: Target, group: str) -> _Groups:
    if not group:
        return _Groups()
    return _Groups(*read_groups(columns[group], target.rows, file.path.name))


def _features(
    file: TableFile, inputs: list[Column], target: Target, progress: Progress
) -> TableFeatures:
    used = [column for column in inputs if column.kind not in OF_NO_USE]
    if not used:
        reasons = [*doubts(file, inputs)] or [column.note for column in inputs]
        told = " ".join(reasons[:MOST_REASONS])
        raise nothing_to_learn_from(file.path.name, target.name, told)
    return features_of(used, target.rows, progress)


SOURCE = Source(
    name="own_table",
    title="Your own table",
    summary="A table of your own (CSV, TSV, Excel, Parquet) and the column of it to predict.",
    job="Your own data",
    modality=None,
    task=None,
    options=OwnTableOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (32,)),), batch_size=32, learning_rate=0.003, epochs=20
    ),
    file=_file,
)
