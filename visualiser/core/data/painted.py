"""Points that the user paints into the plane, before a run or while it goes on."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.painted_points import (
    DIGITS,
    MOST_CLASSES,
    MOST_POINTS,
    PaintedPoint,
    Points,
    first_points,
)
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.data.split import FEWEST_ROWS
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

PAINTED = "painted"


class PaintedOptions(Value):
    """How many classes there are, and all points; None stands for those to begin with."""

    classes: Annotated[int, Field(ge=2, le=MOST_CLASSES)] = 2
    points: Annotated[tuple[PaintedPoint, ...], Field(max_length=MOST_POINTS)] | None = None


def points_of(options: PaintedOptions) -> Points:
    """All points that there are."""
    return first_points(options.classes) if options.points is None else options.points


def load(options: PaintedOptions, seed: int, progress: Progress) -> Dataset:
    """The points; some classes may have none yet.

    Which part a point falls in is drawn from the seed and where it is, so that it stays there
    while others come and go.

    Raises:
        UserError: too few points, or of one class only.
    """
    points = points_of(options)
    check_points(points, options.classes)
    labels = np.array([point.label for point in points], dtype=np.int64)
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


def check_points(points: Sequence[PaintedPoint], classes: int) -> None:
    """Refuse points that nothing can be learnt from.

    Raises:
        UserError: too few, of one class only, or of a class that there is not.
    """
    labels = {point.label for point in points}
    if max(labels, default=0) >= classes:
        raise UserError(
            f"There are points of class {'ABCD'[max(labels)]} but only {classes} classes.",
            "Allow more classes, or erase those points.",
        )
    if len(points) < FEWEST_ROWS:
        raise UserError(
            f"{len(points)} painted points are too few to train, validate and test.",
            f"Paint at least {FEWEST_ROWS} points.",
        )
    if len(labels) < 2:
        raise UserError(
            "All painted points are of one class: there is nothing to tell apart.",
            "Paint points of another class too.",
        )


def _lots(places: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """(n,) numbers in 0…1, scattered by SplitMix64 (Steele, Lea & Flood 2014)."""
    grid = np.round(places * 10**DIGITS).astype(np.int64).astype(np.uint64)
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
    name=PAINTED,
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
