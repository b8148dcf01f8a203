"""JSON as people read it: a key on each line, and numbers beside each other."""

import json
from collections.abc import Iterator

_WIDTH = 100
"""Characters of a line; one item that is longer stands alone."""


def json_text(data: object, margin: str = "") -> str:
    """Parsed JSON as text, without the spaces in front of its first line.

    Objects are indented; a list without objects in it fills lines, so that thousands of points
    take not a line for each number.

    Raises:
        ValueError: a number is infinite or none.
    """
    inner = margin + "  "
    if isinstance(data, dict) and data:
        lines = [f"{json.dumps(key)}: {json_text(value, inner)}" for key, value in data.items()]
        return f"{{\n{inner}" + f",\n{inner}".join(lines) + f"\n{margin}}}"
    if not isinstance(data, list) or not data:
        return json.dumps(data, allow_nan=False)
    if _has_object(data):
        lines = [json_text(item, inner) for item in data]
    else:
        lines = list(_filled([json.dumps(item, allow_nan=False) for item in data]))
        if len(lines) == 1:
            return f"[{lines[0]}]"
    return f"[\n{inner}" + f",\n{inner}".join(lines) + f"\n{margin}]"


def _has_object(data: object) -> bool:
    return isinstance(data, dict) or (isinstance(data, list) and any(map(_has_object, data)))


def _filled(items: list[str]) -> Iterator[str]:
    """Lines of as many items as fit."""
    line, width = [items[0]], len(items[0])
    for item in items[1:]:
        width += len(item) + 2
        if width > _WIDTH:
            yield ", ".join(line)
            line, width = [], len(item)
        line.append(item)
    yield ", ".join(line)
