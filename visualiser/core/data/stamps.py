"""Photo stamps: cut-outs of Tux Paint, set on grounds that may give the answer away."""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.dataset import DataCard, FloatArray, IntArray
from visualiser.core.data.pictures import Pictures, picture_source
from visualiser.core.data.source import Defaults, Progress
from visualiser.core.data.stamp_scenes import StampScenes, compose, placed, textured
from visualiser.core.experiment import Value

Kinds = Literal["mammals_vehicles", "fruit_vegetables", "birds_insects", "all_kinds"]
Background = Literal["plain", "random", "tied"]


class StampsOptions(Value):
    """Which kinds of things, what is behind them, and how many pictures each stamp gives.

    `tied` is the share of pictures on the ground that belongs to their kind, as mammals on a
    meadow; the others stand on the ground of another kind. It counts for tied grounds only.
    """

    kinds: Kinds = "mammals_vehicles"
    background: Background = "tied"
    tied: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.9
    pictures: Annotated[int, Field(ge=1, le=20)] = 12


_KINDS: dict[Kinds, tuple[str, ...]] = {
    "mammals_vehicles": ("mammal", "vehicle"),
    "fruit_vegetables": ("fruit", "vegetable"),
    "birds_insects": ("bird", "insect"),
    "all_kinds": (
        "mammal",
        "bird",
        "fish",
        "insect",
        "flower",
        "fruit",
        "vegetable",
        "house",
        "vehicle",
    ),
}

_GROUNDS: dict[str, tuple[float, float, float]] = {
    "mammal": (0.36, 0.62, 0.28),
    "vehicle": (0.55, 0.55, 0.57),
    "bird": (0.55, 0.75, 0.95),
    "fish": (0.10, 0.38, 0.60),
    "insect": (0.70, 0.80, 0.35),
    "flower": (0.20, 0.40, 0.22),
    "fruit": (0.72, 0.52, 0.32),
    "vegetable": (0.38, 0.27, 0.18),
    "house": (0.87, 0.78, 0.58),
}
"""Meadow, road, sky, sea, leaf, garden, table, soil and sand, red, green and blue in 0 … 1."""

_PLAIN = np.full((1, 3, 1, 1), 0.92, dtype=np.float32)
_DARKEST = 0.1
_PLACING, _TEXTURE = 0x57A3, 0x6E0D
_GROUNDS_AT_ONCE = 512
"""Another number would draw other textures."""

_GROUPS = ("of its kind", "of another kind")

_WEAKNESSES = (
    "Tied grounds are a shortcut: with nine of ten on the ground of their kind, softmax regression "
    "is right on 99 % of new stamps on it and on 7 % of those on the other ground, 92 % in all. A "
    "CNN finds the ground first and the things later.",
    "Few things: 67 mammals and 34 vehicles. Whatever the ground, a CNN is right on some 85 % of "
    "new stamps; more pictures of one stamp bring no new animal.",
    "Some stamps are drawn, not photographed, and a few stretch their kind: a teddy bear is a "
    "mammal here, a snail an insect, a lobster a fish, and a train sign a vehicle.",
    "The pictures of one stamp stay in one part of the data, but two stamps may show one animal.",
)


@dataclass(frozen=True, eq=False)
class _Draws:
    """What chance gives each of N pictures, whatever their kinds and grounds.

    Attributes:
        placing: (N, 4) for place().
        colour: (N, 3) of a random ground.
        tied, other: (N,) whether the ground is that of the kind, and otherwise which one.
    """

    placing: NDArray[np.float64]
    colour: NDArray[np.float64]
    tied: NDArray[np.float64]
    other: NDArray[np.float64]


def read(options: StampsOptions, seed: int, progress: Progress) -> Pictures:
    """Pictures of 48 × 48 pixels in colour; those of one stamp are a block.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    classes = _KINDS[options.kinds]
    arrays = read_arrays("gpl/stamps_rgba48.npz")
    numbers = np.flatnonzero(np.isin(arrays["y"], classes))
    stamp = np.repeat(numbers, options.pictures)
    labels = np.array([classes.index(str(kind)) for kind in arrays["y"][stamp]], dtype=np.int64)
    draws = _draws(numbers, options.pictures, seed)
    other = (labels + 1 + (draws.other * (len(classes) - 1)).astype(np.int64)) % len(classes)
    own = draws.tied < options.tied
    grounds = np.where(own, labels, other)
    colours = _colours(options.background, classes, grounds, draws)
    stamps = arrays["x"].astype(np.uint8, copy=False)
    pixels = _scenes(stamps, stamp, draws.placing, colours, seed, progress)
    is_tied = options.background == "tied"
    of_kinds = _colours("tied", classes, np.arange(len(classes)), draws)
    assert of_kinds is not None
    scenes = StampScenes(stamps, stamp, draws.placing, grounds if is_tied else None, of_kinds)
    return Pictures(
        pixels,
        labels,
        classes,
        _card(len(labels), len(numbers)),
        blocks=stamp,
        groups=(~own).astype(np.int64) if is_tied else None,
        group_names=_GROUPS if is_tied else (),
        group_title="background" if is_tied else "",
        scenes=scenes,
        notes=(_tied_note(own),) if is_tied else (),
    )


def _tied_note(own: NDArray[np.bool_]) -> str:
    share = 100 * float(own.mean())
    return (
        f"{share:.0f} % of the pictures stand on the ground of their kind, as mammals on a meadow; "
        "which of them do is the group."
    )


def _draws(numbers: IntArray, pictures: int, seed: int) -> _Draws:
    """The first pictures of a stamp stay as they are when more are asked for, of any kinds."""
    dice = np.concatenate(
        [np.random.default_rng([seed, _PLACING, n]).random((pictures, 9)) for n in numbers]
    )
    return _Draws(dice[:, :4], dice[:, 4:7], dice[:, 7], dice[:, 8])


def _colours(
    background: Background, classes: tuple[str, ...], grounds: IntArray, draws: _Draws
) -> FloatArray | None:
    """(N, 3) colours of the grounds, None for plain ones; `grounds` are codes of kinds, (N,)."""
    if background == "plain":
        return None
    if background == "random":
        return (_DARKEST + (1 - 2 * _DARKEST) * draws.colour).astype(np.float32)
    return np.array([_GROUNDS[kind] for kind in classes], dtype=np.float32)[grounds]


def _scenes(
    stamps: NDArray[np.uint8],
    stamp: IntArray,
    placing: NDArray[np.float64],
    colours: FloatArray | None,
    seed: int,
    progress: Progress,
) -> FloatArray:
    """(N, 3, S, S) pictures: stamp number `stamp`, (N,), placed by `placing` on its ground."""
    generator = np.random.default_rng([seed, _TEXTURE])
    side = stamps.shape[1]
    pictures = np.empty((len(stamp), 3, side, side), dtype=np.float32)
    for start in range(0, len(stamp), _GROUNDS_AT_ONCE):
        rows = slice(start, start + _GROUNDS_AT_ONCE)
        progress.check()
        progress.update(start / len(stamp), "Setting stamps on their grounds…")
        ground = _PLAIN if colours is None else textured(colours[rows], side, generator)
        pictures[rows] = compose(placed(stamps, stamp[rows], placing[rows]), ground)
    return pictures


def _card(pictures: int, stamps: int) -> DataCard:
    return DataCard(
        what="Photographs and drawings of things, cut out, made smaller, mirrored, and set "
        "somewhere on a ground; and which kind of thing each one is.",
        source="Stamps of Tux Paint by Bill Kendrick and others, version 2022.06.04; the "
        "grounds are generated by this program.",
        licence="GPL-2 or later",
        size=f"{pictures:,} colour pictures of 48 × 48 pixels, made of {stamps} stamps",
        weaknesses=_WEAKNESSES,
    )


SOURCE = picture_source(
    name="stamps",
    title="Photo stamps",
    summary="Mammals and vehicles in colour, on grounds that may give the answer away.",
    target="kind",
    read=read,
    options=StampsOptions,
    defaults=Defaults(
        model="cnn",
        model_options=(("filters", (16, 32, 32)), ("kernel", 3)),
        batch_size=32,
        learning_rate=0.002,
        epochs=12,
    ),
)
