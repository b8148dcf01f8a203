"""What the window remembers: appearance, layout, recent files and the last experiment."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import check_names, has_usable_text
from visualiser.core.text_file import read_text, write_text

SIZE_LIMIT = 1_000_000
MOST_RECENT = 8

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
        tuple[Literal["epochs", "log_loss", "batches", "smooth"], ...], Field(max_length=4)
    ] = ()
    """What was chosen about the curves."""
    speed: Annotated[float, Field(ge=1, le=1000, allow_inf_nan=False)] | None = None
    """Steps a second; None is full speed."""
    recent: Annotated[tuple[Text, ...], Field(max_length=MOST_RECENT)] = ()
    """Paths of experiments and tables, newest first."""
    experiment: Experiment | None = None


def load_settings(path: Path) -> tuple[Settings, str]:
    """The settings at `path`, and a sentence where something in them could not be used.

    Never raises: whatever cannot be used is left out, and its default taken.
    """
    if not path.exists():
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
        if name not in data:
            continue
        adapter: TypeAdapter[object] = TypeAdapter(_annotated(field))
        try:
            if has_usable_text(data[name]):
                good[name] = adapter.validate_python(data[name])
            else:
                bad.append(name)
        except (ValidationError, RecursionError):
            bad.append(name)
    experiment = good.get("experiment")
    if isinstance(experiment, Experiment):
        try:
            check_names(experiment)
        except UserError:
            bad.append("experiment")
            del good["experiment"]
    sentence = (
        f"Some settings could not be used and were left out: {', '.join(bad)}." if bad else ""
    )
    return Settings.model_validate(good), sentence


def _annotated(field: FieldInfo) -> Any:
    """The type of a field with its bounds, which only exists at run time."""
    return Annotated[field.annotation, field]


def save_settings(settings: Settings, path: Path) -> None:
    """Write them whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    write_text(path, json.dumps(settings.model_dump(mode="json"), indent=2) + "\n")
