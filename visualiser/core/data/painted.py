"""Points that the user paints into the plane, before a run or while it goes on."""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.data.split import FEWEST_ROWS
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

REACH = 6.0
"""Coordinates lie within −REACH … REACH."""
MOST_POINTS = 3_000
MOST_CLASSES = 4
_DIGITS = 3
"""Decimals of a coordinate: finer than a pixel."""

Coordinate = Annotated[float, Field(ge=-REACH, le=REACH, allow_inf_nan=False)]


class PaintedPoint(NamedTuple):
    """Where a point is, and its class (0 … 3)."""

    x1: Coordinate
    x2: Coordinate
    label: Annotated[int, Field(ge=0, lt=MOST_CLASSES)]


class PaintedOptions(Value):
    """How many classes there are, and all points; without any there are some to begin with."""

    classes: Annotated[int, Field(ge=2, le=MOST_CLASSES)] = 2
    points: Annotated[tuple[PaintedPoint, ...], Field(max_length=MOST_POINTS)] = ()


def first_points(classes: int) -> tuple[PaintedPoint, ...]:
    """A small cloud for each class, the same ones each time: nobody trains on an empty plane."""
    dice = np.random.default_rng(1)
    points = []
    for label in range(classes):
        turn = 2 * np.pi * (label / classes + 1 / 8)
        for dx, dy in 0.6 * dice.standard_normal((20, 2)):
            place = (2.5 * np.cos(turn) + dx, 2.5 * np.sin(turn) + dy)
            points.append(painted_point(*place, label))
    return tuple(points)


def painted_point(x1: float, x2: float, label: int) -> PaintedPoint:
    """A point as it is kept: rounded, and within reach."""
    x, y = (round(min(max(float(at), -REACH), REACH), _DIGITS) + 0.0 for at in (x1, x2))
    return PaintedPoint(x, y, label)


def load(options: PaintedOptions, seed: int, progress: Progress) -> Dataset:
    """The points; some classes may have none yet.

    Which part a point falls in is drawn from the seed and where it is, so that it stays there
    while others come and go.

    Raises:
        UserError: too few points, or of one class only.
    """
    points = options.points or first_points(options.classes)
    labels = np.array([point.label for point in points], dtype=np.int64)
    _check(labels, options.classes)
    places = np.array([(point.x1, point.x2) for point in points], dtype=np.float64)
    return Dataset(
        name=SOURCE.name,
        title=SOURCE.title,
        card=_card(len(points), options.classes),
        modality="points",
        task="classification",
        features=places.astype(np.float32),
        labels=labels,
        target="class",
        class_names=tuple("ABCD"[: options.classes]),
        feature_names=("x1", "x2"),
        lots=_lots(places, seed),
    )


def _check(labels: NDArray[np.int64], classes: int) -> None:
    if labels.max(initial=0) >= classes:
        raise UserError(
            f"There are points of class {'ABCD'[labels.max()]} but only {classes} classes.",
            "Allow more classes, or erase those points.",
        )
    if len(labels) < FEWEST_ROWS:
        raise UserError(
            f"{len(labels)} painted points are too few to train, validate and test.",
            f"Paint at least {FEWEST_ROWS} points.",
        )
    if len(set(labels.tolist())) < 2:
        raise UserError(
            "All painted points are of one class: there is nothing to tell apart.",
            "Paint points of another class too.",
        )


def _lots(places: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """(n,) numbers in 0…1, scattered by SplitMix64 (Steele, Lea & Flood 2014)."""
    grid = np.round(places * 10**_DIGITS).astype(np.int64).astype(np.uint64)
    with np.errstate(over="ignore"):
        bits = (
            grid[:, 0] * np.uint64(0x9E3779B97F4A7C15)
            ^ grid[:, 1]
            ^ np.uint64(seed) << np.uint64(32)
        )
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
        bits ^= bits >> np.uint64(31)
    lots: NDArray[np.float64] = (bits >> np.uint64(11)).astype(np.float64) / 2.0**53
    return lots


def _card(points: int, classes: int) -> DataCard:
    return DataCard(
        what="Points that you paint: choose a class, and press or drag in the tab “Paint”.",
        source="Your hand.",
        licence="Yours.",
        size=f"{points:,} points with 2 coordinates, {classes} classes",
        weaknesses=(
            "Points of one stroke lie close together, and some of them are held out: what the "
            "model gets right there it has nearly seen.",
        ),
    )


SOURCE = Source(
    name="painted",
    title="Painted points",
    summary="Points in the plane that you paint with the mouse, also while a model learns them.",
    job="First steps",
    modality="points",
    task="classification",
    options=PaintedOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (8, 8)),), batch_size=10, learning_rate=0.01, epochs=60
    ),
)
