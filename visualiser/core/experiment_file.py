"""Experiments as files: versioned JSON that is read with suspicion and written whole.

Keys that this version does not know are refused rather than ignored: an experiment names a
run exactly, and training without something the file asks for would give another result under
the same name. A newer program raises `version`, so its files get a sentence of their own.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from visualiser.core.careful_json import CORRECT_IT, parse_json
from visualiser.core.errors import UserError
from visualiser.core.experiment import FORMAT, VERSION, Experiment
from visualiser.core.experiment_names import check_names
from visualiser.core.json_text import json_text
from visualiser.core.misfit import misfit, shown
from visualiser.core.own_files import path_of, with_path
from visualiser.core.text_file import read_text, write_text

SUFFIX = ".experiment.json"
SIZE_LIMIT = 12_000_000
"""Bytes; an experiment has two thousand, and one with all the edits that it may have, each of all
ways of spoiling, seven million."""


def _first_points_unnamed(data: dict[str, Any]) -> dict[str, Any]:
    """No painted points at all stood for those to begin with in version 1."""
    edits = data.get("edits")
    for owner in (data, *(edits if isinstance(edits, list) else ())):
        dataset = owner.get("dataset") if isinstance(owner, dict) else None
        options = dataset.get("options") if isinstance(dataset, dict) else None
        if isinstance(options, dict) and options.get("points") == []:
            del options["points"]
    return data


def _validation_by_ingredient(data: dict[str, Any]) -> dict[str, Any]:
    """In version 2 one switch had all corruptions done to validation rows too."""
    edits = data.get("edits")
    for owner in (data, *(edits if isinstance(edits, list) else ())):
        spoiling = owner.get("spoiling") if isinstance(owner, dict) else None
        if not isinstance(spoiling, dict):
            continue
        too = spoiling.pop("validation_too", False)
        if not isinstance(too, bool):
            said = shown(too if isinstance(too, str) else json.dumps(too))
            raise UserError(f"spoiling.validation_too is “{said}” and must be true or false.")
        if not too:
            continue
        configs = spoiling.get("corruptions")
        for config in configs if isinstance(configs, list) else ():
            if isinstance(config, dict):
                config.setdefault("parts", "both")
    return data


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _first_points_unnamed,
    2: _validation_by_ingredient,
}
"""For each older version, what turns its JSON object into one of the next version."""


def load_experiment(path: Path) -> Experiment:
    """The experiment in the file at `path`, with the path of the user's own data made absolute.

    Raises:
        UserError: the file cannot be read, or see parse_experiment.
    """
    experiment = parse_experiment(read_text(path, SIZE_LIMIT), path.name)
    return _with_data(experiment, lambda data: path.absolute().parent / data)


def save_experiment(experiment: Experiment, path: Path) -> None:
    """Write the experiment whole or not at all.

    The user's own data beside the file, or in a folder below it, is named relative to the file, so
    that the folder can be moved or handed on; any other is named absolutely.

    Raises:
        UserError: the file cannot be written, or could not be read again; an existing one is left
            as it was.
    """
    folder = path.absolute().parent

    def portable(data: Path) -> Path:
        data = data.absolute()
        return data.relative_to(folder) if data.is_relative_to(folder) else data

    text = experiment_text(_with_data(experiment, portable))
    _check_readable(text, path.name)
    write_text(path, text)


def experiment_text(experiment: Experiment) -> str:
    """The experiment as indented JSON, in the order of its fields; of edits what they change."""
    data = experiment.model_dump(mode="json")
    data["edits"] = [
        {name: value for name, value in edit.items() if value is not None} for edit in data["edits"]
    ]
    for owner in (data, *data["edits"]):
        if "repairs" in owner:
            owner["repairs"] = list(map(_of_row_or_column, owner["repairs"]))
        if "spoiling" in owner:
            owner["spoiling"]["corruptions"] = list(map(_lean, owner["spoiling"]["corruptions"]))
    return json_text(data) + "\n"


def _of_row_or_column(repair: dict[str, Any]) -> dict[str, Any]:
    """A repair without what it says nothing about: one of a row is written as it always was."""
    if repair["row"] is None:
        return {"column": repair["column"]}
    return {name: value for name, value in repair.items() if name != "column"}


def _lean(config: dict[str, Any]) -> dict[str, Any]:
    """An ingredient without what is as usual: a run may have two thousand recipes."""
    usual: dict[str, object] = {"options": {}, "seed": None, "parts": "train"}
    return {name: value for name, value in config.items() if value != usual.get(name, ...)}


def _check_readable(text: str, name: str) -> None:
    """Refuse to save what could not be opened again."""
    if len(text) > SIZE_LIMIT:  # JSON is written in ASCII
        raise UserError(
            f"“{name}” would be larger than {SIZE_LIMIT // 1000:,} kB, the most that can be opened "
            "again: this run was changed too often.",
            "Press Reset: the new run begins with the data as it is, and can be saved.",
        )
    try:
        parse_experiment(text, name)
    except UserError as error:
        raise UserError(f"It could not be opened again. {error.message}", error.hint) from error


def parse_experiment(text: str, name: str) -> Experiment:
    """The experiment that `text` holds; `name` is the file that sentences speak of.

    Raises:
        UserError: not JSON, not an experiment, of a newer version, or with a field that is
            unknown, of a wrong type, out of range, or names something that does not exist.
    """
    data = _migrated(parse_json(text, name), name)
    if set(data) <= {"format", "version", "title"}:
        raise UserError(f"“{name}” is an experiment with nothing in it.", CORRECT_IT)
    try:
        experiment = Experiment.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        raise UserError(_sentence(error, name), CORRECT_IT) from error
    try:
        check_names(experiment)
    except UserError as error:
        raise UserError(f"“{name}”: {error.message}", error.hint or CORRECT_IT) from error
    return experiment


def _with_data(experiment: Experiment, change: Callable[[Path], Path]) -> Experiment:
    """The same experiment with the path of the user's own data changed."""
    path = path_of(experiment.dataset)
    if not path or path.startswith("~"):  # names the same place from anywhere
        return experiment
    return with_path(experiment, os.path.normpath(change(Path(path))))


def _migrated(data: object, name: str) -> dict[str, Any]:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UserError(
            f"“{name}” is not an experiment of this program.", f"Choose a file ending in {SUFFIX}."
        )
    version = data.get("version")
    if type(version) is not int:
        raise UserError(f"“{name}”: version is not a whole number.", CORRECT_IT)
    if version > VERSION:
        raise UserError(
            f"“{name}” was saved by a newer version of this program (format {version}).",
            f"Update the program: this one reads formats up to {VERSION}.",
        )
    while version < VERSION:
        if version not in MIGRATIONS:
            raise UserError(f"“{name}” has a format that never was ({version}).", CORRECT_IT)
        try:
            data = MIGRATIONS[version](data)
        except UserError as error:
            raise UserError(f"“{name}”: {error.message}", error.hint or CORRECT_IT) from error
        version += 1
        data["version"] = version
    return data


def _sentence(error: ValidationError, name: str) -> str:
    wrong = misfit(error, Experiment)
    if wrong.unknown:
        return f"“{name}” has “{wrong.where}”, which this version of the program does not know."
    return f"“{name}”: {wrong.sentence}"
