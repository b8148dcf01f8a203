"""JSON that is read with suspicion: nobody knows who wrote it."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from visualiser.core.errors import UserError
from visualiser.core.misfit import shown

DEPTH_LIMIT = 20

CORRECT_IT = "Correct it in a text editor, or save the experiment again from the program."
"""What to do about it."""


def parse_json(text: str, name: str) -> object:
    """JSON that is read with suspicion; `name` is the file that sentences speak of.

    Raises:
        UserError: it is no JSON, names a key twice, is nested too deeply, or has a number or text
            that nothing may have.
    """

    def refuse(what: str) -> NoReturn:
        raise UserError(f"“{name}” {what}.", CORRECT_IT)

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            refuse(f"has the key “{shown(twice)}” twice in one place")
        return dict(pairs)

    def finite(digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            refuse(f"has a number that is too large or no number ({shown(digits)})")
        return number

    try:
        data = json.loads(text, object_pairs_hook=unique, parse_float=finite, parse_constant=finite)
    except json.JSONDecodeError as error:
        raise UserError(
            f"“{name}” is not valid JSON (line {error.lineno}, column {error.colno}).",
            "Check that it is the right file; an experiment saved by the program is valid JSON.",
        ) from error
    except RecursionError:
        refuse("is nested too deeply")
    except ValueError:  # Python refuses whole numbers of more than 4,300 digits
        refuse("has a number that is too large")
    if _depth_exceeds(data, DEPTH_LIMIT):
        refuse("is nested too deeply")
    if not has_usable_text(data):
        refuse("has text with characters that no file name or title may have")
    return data


def has_usable_text(data: object) -> bool:
    """Whether all text in parsed JSON may stand in the name of a file or in a title."""
    return all(_usable(string) for string in _strings(data))


def _depth_exceeds(data: object, limit: int) -> bool:
    if not isinstance(data, dict | list):
        return False
    children: Iterable[object] = data.values() if isinstance(data, dict) else data
    return limit == 0 or any(_depth_exceeds(child, limit - 1) for child in children)


def _strings(data: object) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for child in data:
            yield from _strings(child)
    elif isinstance(data, dict):
        for key, child in data.items():
            yield key
            yield from _strings(child)


def _usable(text: str) -> bool:
    """No NUL, which ends a path in the operating system, and no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
