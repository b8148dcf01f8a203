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

    “8,16” is text where the field is text, and a list where the field is one; “0.9,0.1;0.3,0.7”
    is a list of lists, as of the rows of a matrix. `said` is what the user wrote where it is not
    “--option KEY=TEXT”.

    Raises:
        UserError: the owner has no such option, or the text does not fit it.
    """
    if key not in model.model_fields:
        raise UserError(f"{owner} has no option “{key}”.", known_options(model))
    rows: list[JsonValue] = [_items(row) for row in text.split(";") if row.strip()]
    rules = []
    for value in (text, rows if ";" in text else _items(text)):
        try:
            checked = model.model_validate({key: value})
        except ValidationError as error:
            rules.append(misfit(error, model).rule)
        else:
            return options | {key: checked.model_dump(mode="json")[key]}
    written = shown(said or f"--option {key}={text}")
    # What is wrong with the numbers of a list says more than that a text is none.
    rule = rules[-1] if ";" in text else rules[0]
    raise UserError(f"{written} does not fit {owner}: {rule}.", _default(model, key))


def _items(text: str) -> list[JsonValue]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _default(model: type[Value], key: str) -> str:
    default = model().model_dump(mode="json")[key]
    if default is None:
        return ""
    text = _written(default)
    return f"Its usual value is {text}." if text else ""


def _written(value: object) -> str:
    """As it is typed: “8,16”, and rows of a list of lists as “1,2;3,4”."""
    if not isinstance(value, list):
        return str(value)
    between = ";" if any(isinstance(item, list) for item in value) else ","
    return between.join(map(_written, value))
