"""What a map shows: places, the colour of each for one or two models, and what colours mean."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.ui.palette import Palette, diverging_map
from visualiser.ui.views.legend import Entry
from visualiser.ui.views.map_places import Places
from visualiser.ui.views.scatter_frame import Values

_SHADES = 33
"""Colours of a scale, an odd number: the middle one is that of no error."""


@dataclass(frozen=True, eq=False)
class Shade:
    """The colour of each of P dots.

    Attributes:
        codes: (P,) into `colours`.
        colours: as “#0b69b7”.
        order: (P,) in which they are painted; what matters most comes last.
    """

    codes: IntArray
    colours: tuple[str, ...]
    order: IntArray


@dataclass(frozen=True, eq=False)
class Pane:
    """A map of one model; `title` says whose, empty where there is one map."""

    title: str
    shade: Shade


@dataclass(frozen=True)
class Bar:
    """A scale of colours, from the left to the right, and what its ends and its middle mean.

    Attributes:
        short: words for both ends where those have no room, the longer ones first.
    """

    colours: tuple[str, ...]
    low: str
    middle: str
    high: str
    short: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class MapContent:
    """What a map shows of one snapshot.

    Attributes:
        bar: of colours that stand for numbers; None for classes.
        entries: of colours that stand for classes.
        sentence: place (0 … P − 1) → what is known and answered of it.
    """

    places: Places
    panes: tuple[Pane, ...]
    bar: Bar | None
    entries: tuple[Entry, ...]
    sentence: Callable[[int], str]


def error_colours(palette: Palette) -> tuple[str, ...]:
    """From far too low to far too high, quiet in the middle."""
    return _hex(diverging_map(palette)[np.linspace(0, 255, _SHADES).round().astype(int)])


def amount_colours(palette: Palette) -> tuple[str, ...]:
    """From little, quiet, to much."""
    return _hex(diverging_map(palette)[np.linspace(128, 255, _SHADES).round().astype(int)])


def shade_of(values: Values, low: float, high: float, colours: tuple[str, ...]) -> Shade:
    """Colours of numbers on a scale, whose ends stand for all beyond them too.

    The farther from the middle of the scale, the later a dot is painted.
    """
    share = np.clip((values - low) / (high - low), 0, 1)
    codes = (share * (len(colours) - 1)).round().astype(np.int64)
    return Shade(codes, colours, np.argsort(np.abs(share - 0.5), kind="stable"))


def shade_of_classes(codes: IntArray, colours: tuple[str, ...]) -> Shade:
    """Colours of classes, the rarer ones painted later."""
    frequent = -np.bincount(codes, minlength=len(colours))[codes]
    return Shade(codes, colours, np.argsort(frequent, kind="stable"))


def _hex(colours: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in colours.tolist())
