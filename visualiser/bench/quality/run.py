"""`visualiser bench quality`: every default model beside its references, as a table and JSON."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from tqdm import tqdm

from visualiser.bench.quality.measuring import LIMIT_SECONDS, measure_dataset
from visualiser.bench.quality.record import DatasetRecord, Record
from visualiser.bench.quality.report import markdown, text_table
from visualiser.bench.quality.verdict import verdict_on
from visualiser.core.data.registry import SOURCES, source_named
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.text_file import read_text, write_text

_LARGEST_FILE = 10_000_000


class Records(Record):
    """The file beside the table."""

    data_sets: tuple[DatasetRecord, ...]


def run_quality(only: Sequence[str], seeds: int, as_json: bool, out: Path | None) -> int:
    """Measure, print and write; returns the exit code.

    Args:
        only: Names of data sets; empty means all bundled ones.
        seeds: How many splits and trainings each.
        as_json: Print one JSON object instead of a table.
        out: Where the table is written, with a JSON file beside it. Lines of data sets that this
            run does not measure stay as they are there.

    Raises:
        UserError: an unknown name, or files that cannot be read or written.
    """
    names = names_of(only)
    kept = {} if out is None else kept_records(out)
    measured: list[DatasetRecord] = []
    with tqdm(total=float(len(names)), file=sys.stderr, bar_format=_BAR) as bar:
        for done, name in enumerate(names):
            bar.set_description_str(name)

            def watch(share: float, before: int = done) -> None:
                bar.update(before + share - bar.n)

            experiment = starting_point(DatasetConfig(name=name))
            measured.append(measure_dataset(experiment, seeds, watch))
            if out is not None:  # after each, so that an interruption loses one at most
                kept[name] = measured[-1]
                write_records(out, kept)
    print(json.dumps(document(measured), indent=2) if as_json else text_table(measured))
    return 0


_BAR = "{desc:18} {percentage:3.0f} %|{bar}| {elapsed} < {remaining}"


def names_of(only: Sequence[str]) -> tuple[str, ...]:
    """The data sets to measure, in the order of the registry; the user's own files are none.

    Raises:
        UserError: there is none of that name, or it is not bundled.
    """
    bundled = tuple(name for name, source in SOURCES.items() if source.modality is not None)
    for name in only:
        if source_named(name).name not in bundled:
            raise UserError(
                f"“{name}” is not bundled with the program.", "Choose another data set."
            )
    return tuple(name for name in bundled if not only or name in only)


def document(records: Sequence[DatasetRecord]) -> dict[str, Any]:
    """What `--json` prints: the single runs, and means and verdicts drawn from them."""
    return {
        "data_sets": [
            {**record.model_dump(mode="json"), **_conclusions(record)} for record in records
        ]
    }


def _conclusions(record: DatasetRecord) -> dict[str, Any]:
    main = record.main.name
    strong = record.strong(main)
    verdict = verdict_on(record)
    return {
        "metric": main,
        "model": record.model(main).model_dump(mode="json"),
        "trivial": record.trivial.model_dump(mode="json"),
        "strong": None if strong is None else strong.model_dump(mode="json"),
        "verdict": {
            "beats_trivial": verdict.beats_trivial,
            "ranks": verdict.ranks,
            "near_strong": verdict.near_strong,
            "meets_aim": verdict.meets_aim,
            "in_time": verdict.in_time,
        },
    }


def records_file(out: Path) -> Path:
    """The JSON file beside a table.

    Raises:
        UserError: the table is not called “….md”.
    """
    if out.suffix != ".md":
        raise UserError(f"“{out}” does not end with “.md”.", "Name a Markdown file.")
    return out.with_suffix(".json")


def kept_records(out: Path) -> dict[str, DatasetRecord]:
    """What earlier runs measured, by name; empty where there is no file yet.

    A line from before its task got another metric is left out.

    Raises:
        UserError: the file beside the table is not what this command writes.
    """
    path = records_file(out)
    if not path.exists():
        return {}
    try:
        found = Records.model_validate_json(read_text(path, _LARGEST_FILE))
    except ValidationError as error:
        raise UserError(
            f"“{path}” is not a file of `visualiser bench quality`.",
            "Move it away, or name another table.",
        ) from error
    return {record.name: record for record in found.data_sets if record.is_current}


def write_records(out: Path, records: dict[str, DatasetRecord]) -> None:
    """The table and its JSON file, in the order of the registry, without what is no more."""
    ordered = tuple(records[name] for name in SOURCES if name in records)
    text = Records(data_sets=ordered).model_dump_json(indent=2)
    write_text(records_file(out), text + "\n")
    missing = [name for name in names_of(()) if name not in records]
    write_text(out, markdown(ordered, LIMIT_SECONDS, missing) + "\n")
