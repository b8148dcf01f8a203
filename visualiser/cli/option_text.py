"""Options typed as text, “noise=0.2”, brought to the types that their owners declare."""

import argparse
from pathlib import Path

from pydantic import JsonValue, ValidationError

from visualiser.core.errors import UserError
from visualiser.core.experiment import Options, Value, known_options
from visualiser.core.misfit import misfit, shown


def path_typed(text: str) -> Path:
    """The path that was typed; Path("") would silently be the folder one stands in.

    Raises:
        ArgumentTypeError: nothing was typed, as in --out "".
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def whole_typed(text: str) -> int:
    """The whole number that was typed.

    Raises:
        ArgumentTypeError: it is not one.
    """
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{shown(text)}” is not a whole number") from error


def number_typed(text: str) -> float:
    """The number that was typed.

    Raises:
        ArgumentTypeError: it is not one.
    """
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{shown(text)}” is not a number") from error


def split_option(text: str) -> tuple[str, str, str]:
    """“shape=spiral” → ("", "shape", "spiral"); “model.kernel=3” → ("model", "kernel", "3").

    Raises:
        UserError: there is no “=”, or nothing before it.
    """
    path, equals, value = text.partition("=")
    owner, _, key = path.strip().rpartition(".")
    if not equals or not key:
        raise UserError(
            f"--option {text}: this is not of the form KEY=VALUE.", "Write --option shape=spiral."
        )
    return owner, key, value


def with_option(
    model: type[Value], options: Options, key: str, text: str, owner: str, said: str = ""
) -> Options:
    """The options with one more, whose text is read as its field wants it.

    “8,16” is text where the field is text, and a list where the field is one. `said` is what the
    user wrote where it is not “--option KEY=TEXT”.

    Raises:
        UserError: the owner has no such option, or the text does not fit it.
    """
    if key not in model.model_fields:
        raise UserError(f"{owner} has no option “{key}”.", known_options(model))
    items: list[JsonValue] = [item.strip() for item in text.split(",") if item.strip()]
    rules = []
    for value in (text, items):
        try:
            checked = model.model_validate({key: value})
        except ValidationError as error:
            rules.append(misfit(error, model).rule)
        else:
            return options | {key: checked.model_dump(mode="json")[key]}
    written = shown(said or f"--option {key}={text}")
    raise UserError(f"{written} does not fit {owner}: {rules[0]}.", _default(model, key))


def _default(model: type[Value], key: str) -> str:
    default = model().model_dump(mode="json")[key]
    if default is None:
        return ""
    text = ",".join(map(str, default)) if isinstance(default, list) else str(default)
    return f"Its usual value is {text}." if text else ""
