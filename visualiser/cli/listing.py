"""`visualiser list`: what there is to train on, to train, and to spoil data with."""

import argparse
import json
import textwrap
from collections.abc import Callable
from shutil import get_terminal_size
from typing import Any

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.registry import SOURCES
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value
from visualiser.core.models.registry import MODELS

_EXAMPLES = """\
examples:
  visualiser list datasets
  visualiser list corruptions --json
"""


def describe(parser: argparse.ArgumentParser) -> None:
    """Say what the command does, and add its options."""
    parser.description = (
        "List data sets, models or ways of spoiling (corruptions), with the names that "
        "experiments and the command line use."
    )
    parser.epilog = _EXAMPLES
    parser.usage = f"visualiser list [-h] [--json] {{{','.join(_LISTS)}}}"
    # Optional to argparse, whose own sentence would not say what there is.
    parser.add_argument("what", nargs="?", choices=tuple(_LISTS), help="what to list")
    parser.add_argument(
        "--json", action="store_true", help="print a list of objects, with all options"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the list and return the exit code.

    Raises:
        UserError: what to list is not said.
    """
    if arguments.what is None:
        *first, last = _LISTS
        raise UserError(
            f"Say what to list: {', '.join(first)} or {last}.",
            "“visualiser list --help” has examples.",
        )
    entries = _LISTS[arguments.what]()
    if arguments.json:
        print(json.dumps(entries, indent=2, ensure_ascii=False, allow_nan=False))
        return 0
    width = max(len(entry["name"]) for entry in entries) + 2
    room = max(40, min(100, get_terminal_size().columns)) - width
    for entry in entries:
        flag = f" {entry['flag']}" if "flag" in entry else ""
        job = f" ({entry['job']})" if "job" in entry else ""
        text = f"{entry['title']}{job}. {entry['summary']}{flag}"
        lines = textwrap.wrap(text, room, break_on_hyphens=False)
        print(f"{entry['name']:<{width}}{lines[0]}")
        for line in lines[1:]:
            print(" " * width + line)
    return 0


def _datasets() -> list[dict[str, Any]]:
    return [
        {
            "name": source.name,
            "title": source.title,
            "summary": source.summary,
            "job": source.job,
            "modality": source.modality,
            "task": source.task,
            "options": _options(source.options),
        }
        for source in SOURCES.values()
    ]


def _models() -> list[dict[str, Any]]:
    return [
        {
            "name": model.name,
            "title": model.title,
            "summary": model.story,
            "options": _options(model.options),
        }
        for model in MODELS.values()
    ]


def _corruptions() -> list[dict[str, Any]]:
    return [
        {
            "name": corruption.name,
            "title": corruption.title,
            "summary": corruption.story,
            "flag": f"--{corruption.flag}",
            "dimension": corruption.dimension,
            "parameter": corruption.amount.parameter,
            "identity": corruption.amount.identity,
            "extreme": corruption.amount.extreme,
            "unit": corruption.amount.unit,
            "source": corruption.source,
            "options": _options(corruption.options),
        }
        for corruption in CORRUPTIONS.values()
    ]


def _options(options: type[Value]) -> dict[str, Any]:
    """For each option its type, limits and default, in the words of JSON Schema."""
    properties: dict[str, Any] = options.model_json_schema().get("properties", {})
    return properties


_LISTS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "datasets": _datasets,
    "models": _models,
    "corruptions": _corruptions,
}
