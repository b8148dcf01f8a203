"""What the window remembers: appearance, layout, recent files and the last experiment."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from visualiser.core.careful_json import has_usable_text
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.core.text_file import read_text, write_text

SIZE_LIMIT = 1_000_000
MOST_RECENT = 8
LAST_EXPERIMENT = "last.experiment.json"
"""Name of the file beside the settings: an experiment may be much longer than they are."""

Text = Annotated[str, Field(max_length=4096)]


class Settings(BaseModel):
    """All fields have a default, and each is checked by itself when it is loaded."""

    model_config = ConfigDict(frozen=True)

    theme: Literal["system", "light", "dark"] = "system"
    text_scale: Annotated[float, Field(ge=1, le=2, allow_inf_nan=False)] = 1.0
    geometry: Text = ""
    """QWidget.saveGeometry in Base64."""
    splitters: Annotated[
        dict[str, tuple[Annotated[int, Field(ge=0, le=100_000)], ...]], Field(max_length=20)
    ] = {}
    folded: Annotated[tuple[Text, ...], Field(max_length=20)] = ()
    """Names of the sections that are folded."""
    view: Text = ""
    """Name of the view chosen last."""
    second_view: Text = ""
    """Name of the view chosen last beside it."""
    side_by_side: bool = False
    """Whether two views stand beside each other."""
    left_column: bool = True
    curves: Annotated[
        tuple[Literal["epochs", "log_loss", "batches", "smooth", "baseline"], ...],
        Field(max_length=5),
    ] = ("baseline",)
    """What was chosen about the curves."""
    speed: Annotated[float, Field(ge=1, le=1000, allow_inf_nan=False)] | None = None
    """Steps a second; None is full speed."""
    recent: Annotated[tuple[Text, ...], Field(max_length=MOST_RECENT)] = ()
    """Paths of experiments, newest first."""
    recent_data: Annotated[tuple[Text, ...], Field(max_length=MOST_RECENT)] = ()
    """Paths of files and folders of data, newest first."""
    file: Text = ""
    """Path of the experiment that was open."""
    experiment: Annotated[Experiment | None, Field(exclude=True)] = None
    """The last experiment, which has a file of its own."""


def load_settings(path: Path) -> tuple[Settings, str]:
    """The settings at `path`, and a sentence where something in them could not be used.

    Never raises: whatever cannot be used is left out, and its default taken.
    """
    settings, problem = _load_fields(path)
    last = path.with_name(LAST_EXPERIMENT)
    if not _exists(last):
        return settings, problem
    try:
        return settings.model_copy(update={"experiment": load_experiment(last)}), problem
    except UserError as error:
        left_out = f"The last experiment could not be used: {error.message}"
        return settings, " ".join(filter(None, (problem, left_out)))


def _load_fields(path: Path) -> tuple[Settings, str]:
    if not _exists(path):
        return Settings(), ""
    try:
        data = json.loads(read_text(path, SIZE_LIMIT))
    except UserError as error:
        return Settings(), f"Settings start afresh: {error.message}"
    except (ValueError, RecursionError):
        return Settings(), "Settings start afresh: the file of settings is damaged."
    if not isinstance(data, dict):
        return Settings(), "Settings start afresh: the file of settings is not one of this program."
    return _checked(data)


def _checked(data: dict[str, object]) -> tuple[Settings, str]:
    good: dict[str, object] = {}
    bad: list[str] = []
    for name, field in Settings.model_fields.items():
        if name not in data or field.exclude:
            continue
        adapter: TypeAdapter[object] = TypeAdapter(_annotated(field))
        try:
            if has_usable_text(data[name]):
                good[name] = adapter.validate_python(data[name])
            else:
                bad.append(name)
        except (ValidationError, RecursionError):
            bad.append(name)
    sentence = (
        f"Some settings could not be used and were left out: {', '.join(bad)}." if bad else ""
    )
    return Settings.model_validate(good), sentence


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # in a folder that may not be looked into
        return False


def _annotated(field: FieldInfo) -> Any:
    """The type of a field with its bounds, which only exists at run time."""
    return Annotated[field.annotation, field]


def save_settings(settings: Settings, path: Path) -> None:
    """Write them and the last experiment, each whole or not at all.

    Raises:
        UserError: they cannot be written.
    """
    write_text(path, json.dumps(settings.model_dump(mode="json"), indent=2) + "\n")
    if settings.experiment is not None:
        save_experiment(settings.experiment, path.with_name(LAST_EXPERIMENT))
