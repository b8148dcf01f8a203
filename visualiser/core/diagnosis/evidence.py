"""What a finding rests on, as small values that a window draws and a file keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Role = Literal["train", "validation", "spoiled", "twin", "other"]

MOST_POINTS = 120
"""Of a line: more than a small picture has pixels for."""


@dataclass(frozen=True)
class Line:
    """One line over the steps.

    Attributes:
        role: whose it is, which decides on its colour.
        points: (step, value), steps ascending; values are finite.
    """

    title: str
    role: Role
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Curves:
    """Lines over the steps, with what they are about marked.

    Attributes:
        title: what their values are, as in “loss”.
        marked: from which step to which the thing happens, or None.
        limit: a value that the lines are held against, or None; `limit_title` says what it is.
        logarithmic: values lie orders of magnitude apart.
    """

    title: str
    lines: tuple[Line, ...]
    marked: tuple[float, float] | None = None
    limit: float | None = None
    limit_title: str = ""
    logarithmic: bool = False


@dataclass(frozen=True)
class Bar:
    """One bar.

    Attributes:
        value: its length, in the same unit as `Bars.whole`.
        text: what stands at its end.
        low, high: the interval that the value lies in, or None.
        mark: what it is held against, drawn as a tick, or None.
        warning: it is the one that the finding is about.
    """

    title: str
    value: float
    text: str
    low: float | None = None
    high: float | None = None
    mark: float | None = None
    warning: bool = False


@dataclass(frozen=True)
class Bars:
    """A few bars, where `whole` is the value of a full one.

    Attributes:
        limit: a value all of them are held against, or None; `limit_title` says what it is.
    """

    title: str
    bars: tuple[Bar, ...]
    whole: float = 1.0
    limit: float | None = None
    limit_title: str = ""


@dataclass(frozen=True)
class Figure:
    """A name and what was measured, as in “validation accuracy”, “81.7 %”."""

    title: str
    text: str


@dataclass(frozen=True)
class Table:
    """Figures one below the other."""

    title: str
    rows: tuple[Figure, ...]


@dataclass(frozen=True)
class Example:
    """One row of the data.

    Attributes:
        row: its number in the data set.
        text: what about it is to be known, as in “labelled 4, truly 9”.
    """

    row: int
    text: str


@dataclass(frozen=True)
class Examples:
    """Some rows of the data that show it."""

    title: str
    rows: tuple[Example, ...]


@dataclass(frozen=True)
class Lines:
    """Plain lines of text."""

    title: str
    rows: tuple[str, ...]


Evidence = Curves | Bars | Table | Examples | Lines


def line(title: str, role: Role, steps: Sequence[float], values: Sequence[float]) -> Line:
    """A line through the finite ones of (T,) values, thinned out evenly; ends are kept."""
    x, y = np.asarray(steps, dtype=np.float64), np.asarray(values, dtype=np.float64)
    kept = np.flatnonzero(np.isfinite(y))
    if len(kept) > MOST_POINTS:
        kept = kept[np.linspace(0, len(kept) - 1, MOST_POINTS).astype(np.int64)]
    points = zip(x[kept].tolist(), y[kept].tolist(), strict=True)
    return Line(title, role, tuple(points))
