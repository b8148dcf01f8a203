"""What is wrong with a value that its field refuses, told from what the field allows.

The sentences are the program's own: those of pydantic speak of strings, tuples and inputs, and
change from version to version.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from visualiser.core.text_file import visible

TEXT_SHOWN = 60
"""Characters of the user's own text that a sentence repeats at most."""

_Schema = dict[str, Any]

_NOUNS = {
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "string": ("text", "texts"),
    "boolean": ("true or false", "values that are true or false"),
    "object": ("an object in braces { }", "objects in braces { }"),
}
_OF_ANY_KIND = ("a value", "values")


@dataclass(frozen=True)
class Misfit:
    """The first thing that a model refuses.

    Attributes:
        where: the field as it is written in a file, “training.epochs”; empty for the whole.
        unknown: there is no such field.
        problem: what stands behind the name of the field in a sentence, without its full stop.
        rule: what would fit: “it must be a whole number from 1 to 8”.
    """

    where: str
    unknown: bool
    problem: str
    rule: str = ""

    @property
    def sentence(self) -> str:
        """The field and what is wrong with it, with a full stop."""
        return f"{self.where} {self.problem}.".lstrip()


def misfit(error: ValidationError, model: type[BaseModel]) -> Misfit:
    """What `model` refused when it raised `error`."""
    first = error.errors(include_url=False)[0]
    kind, where = first["type"], shown(".".join(str(part) for part in first["loc"]))
    if kind == "extra_forbidden":
        return Misfit(where, unknown=True, problem="is not known here")
    if kind == "missing":
        return Misfit(where, unknown=False, problem="is missing")
    if kind == "value_error":  # a rule of our own, told by who made it
        rule = str(first["ctx"]["error"])
        problem = f"does not fit: {rule}" if where else rule
        return Misfit(where, unknown=False, problem=problem, rule=rule)
    schema: _Schema = model.model_json_schema()
    wanted = f"must be {_words(_field(schema, first['loc']), schema)}"
    problem = f"is {_value(first['input'])} and {wanted}"
    return Misfit(where, unknown=False, problem=problem, rule=f"it {wanted}")


def shown(text: str) -> str:
    """Short enough for a sentence on one line, and nothing that moves a terminal's cursor."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= TEXT_SHOWN else line[: TEXT_SHOWN - 1] + "…"


def _field(whole: _Schema, where: Sequence[str | int]) -> _Schema:
    """The schema of the innermost field that `where` leads to."""
    schema = _resolved(whole, whole)
    for part in where:
        inner = _item(schema, part) if isinstance(part, int) else _property(schema, part)
        if inner is None:  # pydantic names the branches of a union here too
            break
        schema = _resolved(inner, whole)
    return schema


def _item(schema: _Schema, place: int) -> _Schema | None:
    """Of an item of a list, or of one of a fixed row of items that differ."""
    row: list[_Schema] = schema.get("prefixItems", [])
    found: _Schema | None = row[place] if place < len(row) else schema.get("items")
    return found


def _property(schema: _Schema, name: str) -> _Schema | None:
    found: _Schema | None = schema.get("properties", {}).get(name)
    return found


def _resolved(schema: _Schema, whole: _Schema) -> _Schema:
    """The schema itself, where there is only a reference to it or nothing as the other choice."""
    if "$ref" in schema:
        return _resolved(whole["$defs"][schema["$ref"].rsplit("/", 1)[-1]], whole)
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    return _resolved(choices[0], whole) if len(choices) == 1 else schema


def _words(schema: _Schema, whole: _Schema) -> str:
    schema = _resolved(schema, whole)
    if "anyOf" in schema:
        return ", or ".join(_words(one, whole) for one in schema["anyOf"])
    if "enum" in schema:
        return f"one of {_listed(schema)}"
    if "const" in schema:
        return _value(schema["const"])
    if schema.get("type") == "array":
        return _list_words(schema, whole)
    noun, _ = _NOUNS.get(schema.get("type", ""), _OF_ANY_KIND)
    limits = _limits(schema)
    return f"{noun} {limits}" if limits else noun


def _list_words(schema: _Schema, whole: _Schema) -> str:
    items = _resolved(schema.get("items", {}), whole)
    _, nouns = _NOUNS.get(items.get("type", ""), _OF_ANY_KIND)
    low, high = schema.get("minItems", 0), schema.get("maxItems")
    count = "" if high is None else f"at most {high:,} "
    if low and high is not None:
        count = f"{low:,} " if low == high else f"{low:,} to {high:,} "
    elif low:
        count = f"at least {low:,} "
    if "enum" in items:
        return f"a list of {count}values out of {_listed(items)}"
    limits = _limits(items)
    return f"a list of {count}{nouns}" + (f", each {limits}" if limits else "")


def _listed(schema: _Schema) -> str:
    """Choices as they are typed; signs and nothing at all stand between quotes."""
    texts = [str(choice) for choice in schema["enum"]]
    return ", ".join(text if any(map(str.isalnum, text)) else f"“{text}”" for text in texts)


def _limits(schema: _Schema) -> str:
    if schema.get("type") == "string":
        longest = schema.get("maxLength")
        return "" if longest is None else f"of at most {longest:,} characters"
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if schema.get("type") == "integer":
        low, above = (low, None) if above is None else (above + 1, None)
        high, below = (high, None) if below is None else (below - 1, None)
    if low is not None and high is not None:
        return f"from {low:,} to {high:,}"
    if low is not None and below is None:
        return f"of at least {low:,}"
    words = {"above": above, "from": low, "up to": high, "below": below}
    return ", ".join(f"{word} {limit:,}" for word, limit in words.items() if limit is not None)


def _value(value: object) -> str:
    """A value as it stands in a file; of a long one the beginning."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | BaseModel):
        return "an object"
    if isinstance(value, list | tuple):
        return "an empty list" if not value else f"a list of {len(value):,}"
    if isinstance(value, str):
        return f"“{shown(value)}”"
    return shown(str(value))
