"""Points in the plane, generated: the smallest data on which a network shows what it does."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import DataCard, Dataset, IntArray
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.experiment import Value

Points = NDArray[np.float64]
ShapeName = Literal["blobs", "circle", "xor", "moons", "spiral"]


class ShapesOptions(Value):
    """Which shape, how many classes and points, and how far the points stray from the shape."""

    shape: ShapeName = "circle"
    classes: Annotated[int, Field(ge=2, le=4)] = 2
    points: Annotated[int, Field(ge=50, le=20_000)] = 500
    noise: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.1


def _blobs(labels: IntArray, classes: int, u: Points) -> Points:
    """One Gaussian cloud a class, their centres on a circle of radius 3 (Box-Muller)."""
    turn: Points = 2 * np.pi * (labels / classes + 1 / 8)
    radius: Points = 0.5 * np.sqrt(-2 * np.log1p(-u[:, 0]))
    centres: Points = 3 * _on_circle(turn)
    return centres + radius[:, None] * _on_circle(2 * np.pi * u[:, 1])


def _circle(labels: IntArray, classes: int, u: Points) -> Points:
    """A disc inside a ring; more classes are more rings around it, with gaps between them."""
    width = 5 / (classes - 0.25)
    inner = np.where(labels == 0, 0, labels * width)
    outer = inner + 0.75 * width
    radius: Points = np.sqrt(inner**2 + u[:, 0] * (outer**2 - inner**2))
    return radius[:, None] * _on_circle(2 * np.pi * u[:, 1])


def _xor(labels: IntArray, classes: int, u: Points) -> Points:
    """A disc cut into 2 × classes sectors; opposite sectors belong together.

    With two classes these are the four quadrants of exclusive or.
    """
    within, opposite = np.modf(2 * u[:, 0])
    sector = labels + classes * opposite
    angle = np.pi / classes * (sector + 0.05 + 0.9 * within)
    return (0.4 + 4.6 * np.sqrt(u[:, 1]))[:, None] * _on_circle(angle)


def _moons(labels: IntArray, classes: int, u: Points) -> Points:
    """Half circles open up and down in turn, each hooked into the one before."""
    spacing, radius = 1.2, 5.4 / (1 + 0.6 * (classes - 1))
    upside = np.where(labels % 2 == 0, 1, -1)
    arc = _on_circle(np.pi * u[:, 0]) * upside[:, None]
    centre = np.column_stack([spacing * (labels - (classes - 1) / 2), -0.25 * upside])
    return radius * (centre + (0.95 + 0.1 * u[:, 1])[:, None] * arc)


def _spiral(labels: IntArray, classes: int, u: Points) -> Points:
    """One arm a class; more arms wind less, so that the gaps between them stay as wide."""
    along = u[:, 0]
    angle = 2 * np.pi * (3.5 * along + labels) / classes
    return (0.3 + 4.7 * along)[:, None] * _on_circle(angle)


def _on_circle(angle: NDArray[np.float64]) -> Points:
    return np.column_stack([np.cos(angle), np.sin(angle)])


_SHAPES: dict[ShapeName, tuple[Callable[[IntArray, int, Points], Points], float]] = {
    "blobs": (_blobs, 1.6),
    "circle": (_circle, 1.2),
    "xor": (_xor, 1.2),
    "moons": (_moons, 1.2),
    "spiral": (_spiral, 0.8),
}
"""For each shape its points from uniform numbers, and the standard deviation of full noise."""


def load(options: ShapesOptions, seed: int, progress: Progress) -> Dataset:
    """Points of the shape, the classes equally frequent, drawn by `seed`.

    More noise moves the same points further along the same directions, so a slider never
    shows other data.
    """
    generator = np.random.default_rng([seed, 0x5AFE])
    labels = generator.permutation(np.arange(options.points, dtype=np.int64) % options.classes)
    uniform = generator.random((options.points, 2))
    directions = generator.standard_normal((options.points, 2))
    place, full_noise = _SHAPES[options.shape]
    points = place(labels, options.classes, uniform) + options.noise * full_noise * directions
    return Dataset(
        name=SOURCE.name,
        title=f"{SOURCE.title}: {options.shape}",
        card=_card(options),
        modality="points",
        task="classification",
        features=np.clip(points, -8, 8).astype(np.float32),
        labels=labels,
        target="class",
        class_names=tuple("ABCD"[: options.classes]),
        feature_names=("x1", "x2"),
    )


_STORIES: dict[ShapeName, str] = {
    "blobs": "Round clouds, one for each class: a straight line can tell them apart.",
    "circle": "A disc with a ring around it (more classes are more rings): no straight line works.",
    "xor": "Opposite sectors belong together (two classes are exclusive or): "
    "both coordinates are needed at once.",
    "moons": "Half moons hooked into each other: the boundary has to bend.",
    "spiral": "Arms wound around each other, one for each class: hard, and a test for depth.",
}


def _card(options: ShapesOptions) -> DataCard:
    return DataCard(
        what=_STORIES[options.shape],
        source="Generated by this program from the experiment's seed.",
        licence="None needed: the points are made up.",
        size=f"{options.points:,} points with 2 coordinates, {options.classes} classes",
        weaknesses=(
            "Real data is never this tidy: classes are equally frequent and noise is the same "
            "everywhere.",
            "Two features can be drawn; most real data has more than can be seen at once.",
        ),
    )


def _defaults(**changes: Any) -> Defaults:
    return Defaults(model_options=(("hidden", (8, 8)),), batch_size=10, **changes)


SOURCE = Source(
    name="shapes",
    title="2-D shapes",
    summary="Generated points in the plane: blobs, circle, XOR, moons or spiral.",
    job="First steps",
    modality="points",
    task="classification",
    options=ShapesOptions,
    load=load,
    defaults=_defaults(learning_rate=0.01, epochs=30),
)
