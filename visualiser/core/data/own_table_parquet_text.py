"""Values of a Parquet file as the text that all tables are read as."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_parquet_thrift import Struct
from visualiser.core.data.own_table_parquet_values import (
    BOOLEAN,
    BYTES,
    DOUBLE,
    FIXED,
    FLOAT,
    INT96,
    Values,
)
from visualiser.core.data.own_table_text import one_line

ToText: TypeAlias = "Callable[[Values], list[str]]"

_JULIAN_1970 = 2_440_588
_CONVERTED_UNITS = {9: "ms", 10: "us"}
_UNITS = {1: "ms", 2: "us", 3: "ns"}
_UNSIGNED = frozenset([11, 12, 13, 14])
_DECIMAL, _DATE = 5, 6
_MOST_DECIMALS = 76
_LOGICAL_DECIMAL, _LOGICAL_DATE, _TIMESTAMP = 5, 6, 8
_INTEGER, _UUID, _HALF = 10, 14, 15


def to_text(element: Struct) -> ToText:
    """What makes text of the values of a column, by what the file's schema says of it."""
    kind, converted = _number(element, 1), _number(element, 6)
    logical = element.get(10)
    means = next(iter(logical.items()), (0, {})) if isinstance(logical, dict) else (0, {})
    meaning, details = means[0], means[1] if isinstance(means[1], dict) else {}
    if meaning == _LOGICAL_DECIMAL or converted == _DECIMAL:
        scale = details.get(1, element.get(7, 0))
        return partial(_decimals, scale=scale if isinstance(scale, int) else 0)
    if meaning == _TIMESTAMP or converted in _CONVERTED_UNITS:
        unit = details.get(2)
        named = next(iter(unit), 0) if isinstance(unit, dict) else 0
        return partial(_moments, unit=_UNITS.get(named) or _CONVERTED_UNITS.get(converted, "us"))
    if meaning == _LOGICAL_DATE or converted == _DATE:
        return _dates
    if (meaning == _INTEGER and details.get(2) is False) or converted in _UNSIGNED:
        return _unsigned
    by_kind = {INT96: _moments_96, BOOLEAN: _booleans, FLOAT: _floats, DOUBLE: _floats}
    by_meaning = {_UUID: _uuids, _HALF: _halves}
    otherwise = _texts if kind in {BYTES, FIXED} else _wholes
    return by_kind.get(kind) or by_meaning.get(meaning) or otherwise


def _number(element: Struct, field: int) -> int:
    """A number of the schema; −1 where it says none."""
    value = element.get(field)
    return value if isinstance(value, int) else -1


def _wholes(values: Values) -> list[str]:
    return list(map(str, np.asarray(values).tolist()))


def _unsigned(values: Values) -> list[str]:
    numbers = np.asarray(values)
    return list(map(str, numbers.view(f"u{numbers.dtype.itemsize}").tolist()))


def _floats(values: Values) -> list[str]:
    """As short as they can be read back; what is no number is missing."""
    numbers: NDArray[Any] = np.asarray(values)
    if numbers.dtype.itemsize < 8:
        texts = list(map(str, numbers.tolist() if numbers.dtype.itemsize == 2 else numbers))
    else:
        texts = list(map(repr, numbers.tolist()))
    for row in np.flatnonzero(~np.isfinite(numbers)).tolist():
        texts[row] = ""
    return texts


def _booleans(values: Values) -> list[str]:
    return ["yes" if value else "no" for value in values]


def _dates(values: Values) -> list[str]:
    days = np.asarray(values).astype("datetime64[D]")
    return [str(day) for day in np.datetime_as_string(days)]


def _moments(values: Values, unit: str) -> list[str]:
    moments = np.asarray(values).astype(f"datetime64[{unit}]").astype("datetime64[s]")
    return [str(moment).replace("T", " ") for moment in np.datetime_as_string(moments)]


def _moments_96(values: Values) -> list[str]:
    moments = np.asarray(values)
    days = moments["day"].astype(np.int64) - _JULIAN_1970
    return _moments(days * 86_400 + moments["nanoseconds"] // 10**9, "s")


def _decimals(values: Values, scale: int) -> list[str]:
    if not 0 <= scale <= _MOST_DECIMALS:
        raise ValueError("amounts with too many decimals")
    wholes = (
        (int.from_bytes(value, "big", signed=True) for value in values)
        if isinstance(values, list)
        else values.tolist()
    )
    return [f"{Decimal(whole).scaleb(-scale):f}" for whole in wholes]


def _texts(values: Values) -> list[str]:
    return [one_line(bytes(value).decode("utf-8", "replace")) for value in values]


def _uuids(values: Values) -> list[str]:
    return [str(UUID(bytes=bytes(value))) for value in values]


def _halves(values: Values) -> list[str]:
    return _floats(np.frombuffer(b"".join(map(bytes, values)), "<f2"))
