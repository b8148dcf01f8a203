"""A point that the user paints, and the points that there are before the first stroke."""

from typing import Annotated, NamedTuple

import numpy as np
from pydantic import Field

REACH = 6.0
"""Coordinates lie within −REACH … REACH."""
MOST_POINTS = 20_000
"""As many as any plane has that painting may begin with."""
MOST_CLASSES = 4
DIGITS = 3
"""Decimals of a coordinate: finer than a pixel."""

Coordinate = Annotated[float, Field(ge=-REACH, le=REACH, allow_inf_nan=False)]


class PaintedPoint(NamedTuple):
    """Where a point is, and its class (0 … 3)."""

    x1: Coordinate
    x2: Coordinate
    label: Annotated[int, Field(ge=0, lt=MOST_CLASSES)]


Points = tuple[PaintedPoint, ...]


def painted_point(x1: float, x2: float, label: int) -> PaintedPoint:
    """A point as it is kept: rounded, and within reach."""
    x, y = (round(min(max(float(at), -REACH), REACH), DIGITS) + 0.0 for at in (x1, x2))
    return PaintedPoint(x, y, label)


def first_points(classes: int) -> Points:
    """A small cloud for each class, the same ones each time: nobody trains on an empty plane."""
    dice = np.random.default_rng(1)
    points = []
    for label in range(classes):
        turn = 2 * np.pi * (label / classes + 1 / 8)
        for dx, dy in 0.6 * dice.standard_normal((20, 2)):
            place = (2.5 * np.cos(turn) + dx, 2.5 * np.sin(turn) + dy)
            points.append(painted_point(*place, label))
    return tuple(points)
