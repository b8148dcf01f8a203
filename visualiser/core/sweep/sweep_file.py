"""A sweep in its folder: what it is, read with suspicion, and the runs that are done."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from visualiser.core.careful_json import parse_json
from visualiser.core.corruption.registry import corruption_named
from visualiser.core.data.own_content import fingerprint
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment_file import SIZE_LIMIT, experiment_text, parse_experiment
from visualiser.core.json_text import json_text
from visualiser.core.misfit import misfit
from visualiser.core.own_files import path_of, with_path
from visualiser.core.sweep.result import CELLS_FILE, CellLog
from visualiser.core.sweep.sweep import (
    SWEEP_FORMAT,
    SWEEP_VERSION,
    Sweep,
    cells_of,
    check_sweep,
)
from visualiser.core.text_file import read_text, write_text
from visualiser.paths import user_data_dir

SWEEP_FILE: Final = "sweep.json"
_REPAIR = "Choose the folder of another sweep, or begin a new one."


def load_sweep(folder: Path) -> Sweep:
    """The sweep that a folder has.

    Raises:
        UserError: there is none, or its file is damaged, foreign or of a newer version.
    """
    path = folder / SWEEP_FILE
    if not path.is_file():
        raise UserError(
            f"There is no sweep in “{folder}”.", f"Choose a folder that has a {SWEEP_FILE}."
        )
    return parse_sweep(read_text(path, SIZE_LIMIT), path.name)


def parse_sweep(text: str, name: str) -> Sweep:
    """The sweep that `text` holds; `name` is the file that sentences speak of.

    Raises:
        UserError: not JSON, not a sweep, of a newer version, or with a field that does not fit.
    """
    data = parse_json(text, name)
    if not isinstance(data, dict) or data.get("format") != SWEEP_FORMAT:
        raise UserError(f"“{name}” is not a sweep of this program.", _REPAIR)
    version = data.get("version")
    if isinstance(version, int) and version > SWEEP_VERSION:
        raise UserError(
            f"“{name}” was saved by a newer version of this program (format {version}).",
            f"Update the program: this one reads formats up to {SWEEP_VERSION}.",
        )
    # The experiment by its own rules: it may be of an older version.
    base = parse_experiment(json.dumps(data.get("base")), name)
    try:
        plain = data | {"base": json.loads(experiment_text(base))}
        sweep = Sweep.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        wrong = misfit(error, Sweep)
        if wrong.unknown:
            sentence = f"“{name}” has “{wrong.where}”, which this version does not know."
        else:
            sentence = f"“{name}”: {wrong.sentence.rstrip('.')}."
        raise UserError(sentence, _REPAIR) from error
    try:
        check_sweep(sweep)
    except UserError as error:
        raise UserError(f"“{name}”: {error.message}", error.hint or _REPAIR) from error
    return sweep


def sweep_text(sweep: Sweep) -> str:
    """The sweep as indented JSON."""
    data: dict[str, Any] = sweep.model_dump(mode="json", exclude={"base"})
    return json_text(data | {"base": json.loads(experiment_text(sweep.base))}) + "\n"


def open_folder(
    sweep: Sweep, folder: Path, *, other_amounts: bool = False
) -> tuple[Sweep, CellLog]:
    """Make `folder` that of the sweep; gives the sweep as it is there, and the runs that are done.

    One that has the same sweep goes on where it was left, and one whose runs are all among those
    of this sweep is extended. With `other_amounts` so is one that only has other amounts or seeds:
    its runs stay, for when they are asked for again.

    Raises:
        UserError: the folder has another sweep, or cannot be written to.
    """
    check_sweep(sweep)
    sweep = _pinned(sweep)
    if (folder / SWEEP_FILE).exists() or (folder / CELLS_FILE).exists():
        there = load_sweep(folder)
        alike = other_amounts and _kind(there) == _kind(sweep)
        if not alike and not _keys(there) <= _keys(sweep):
            raise UserError(
                f"“{folder}” has another sweep.",
                "Choose another folder, or go on with what is there.",
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder “{folder}” cannot be made ({error.strerror or error}).",
            "Choose another one.",
        ) from error
    log = CellLog(folder)
    write_text(folder / SWEEP_FILE, sweep_text(sweep))
    return sweep, log


def _pinned(sweep: Sweep) -> Sweep:
    """The same sweep with the user's own data named from anywhere, and by what is in it now.

    So runs of another content never count as those of this one.
    """
    named = path_of(sweep.base.dataset)
    if not named:
        return sweep
    path = Path(named).expanduser().absolute()
    base = with_path(sweep.base, path)
    if not base.dataset.content:
        content = fingerprint(path, Progress())
        base = base.replace(dataset=base.dataset.replace(content=content))
    pinned: Sweep = sweep.replace(base=base)
    return pinned


def _keys(sweep: Sweep) -> set[str]:
    return {cell.key for cell in cells_of(sweep)}


def _kind(sweep: Sweep) -> frozenset[str]:
    """Equal for sweeps of the same that differ in their amounts and seeds at most."""
    some = corruption_named(sweep.corruption).amount.extreme
    return frozenset(_keys(sweep.replace(amounts=(some,), seeds=(0,))))


def folder_of_sweeps() -> Path:
    """Where the window keeps sweeps, a folder for each."""
    return user_data_dir() / "sweeps"


def usual_folder(sweep: Sweep) -> Path:
    """Where the window keeps a sweep: the same place whatever its amounts and seeds are.

    So more of them keep what is there.
    """
    digest = sha256("-".join(sorted(_kind(sweep))).encode()).hexdigest()[:8]
    return folder_of_sweeps() / f"{sweep.base.dataset.name}-{sweep.corruption}-{digest}"
