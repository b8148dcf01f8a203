"""Options typed as text, “noise=0.2”, brought to the types that their owners declare."""

import argparse
from pathlib import Path

from pydantic import JsonValue, ValidationError

from visualiser.core.errors import UserError
from visualiser.core.experiment import Options, Value


def path_typed(text: str) -> Path:
    """The path that was typed; Path("") would silently be the folder one stands in.

    Raises:
        ArgumentTypeError: nothing was typed, as in --out "".
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


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


def with_option(model: type[Value], options: Options, key: str, text: str, owner: str) -> Options:
    """The options with one more, whose text is read as its field wants it.

    “8,16” is text where the field is text, and a list where the field is one.

    Raises:
        UserError: the owner has no such option, or the text does not fit it.
    """
    if key not in model.model_fields:
        known = ", ".join(model.model_fields)
        raise UserError(
            f"{owner} has no option “{key}”.",
            f"Its options are: {known}." if known else "It has no options at all.",
        )
    items: list[JsonValue] = [item.strip() for item in text.split(",") if item.strip()]
    problem = ""
    for value in (text, items):
        try:
            checked = model.model_validate({key: value})
        except ValidationError as error:
            problem = problem or error.errors(include_url=False)[0]["msg"]
            if problem.startswith("Input should be a valid tuple"):
                problem = ""  # what is wrong with the list of items says more
        else:
            return options | {key: checked.model_dump(mode="json")[key]}
    raise UserError(
        f"{owner}: {key}={text} does not fit ({_lower(problem)}).", _default(model, key)
    )


def _lower(message: str) -> str:
    return message.replace("Input should be", "it should be")


def _default(model: type[Value], key: str) -> str:
    default = model.model_fields[key].default
    text = ",".join(map(str, default)) if isinstance(default, tuple) else str(default)
    return f"Its usual value is {text}." if text else ""
