"""Colours of the light and the dark theme, and the maps that pictures are drawn with.

Text colours reach a contrast of 4.5 : 1 on their ground (WCAG 2.2 AA). Classes, groups and
curves use the set of Okabe and Ito (2008); data, neurons and weights one diverging map,
orange – grey – blue.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Palette:
    """Hex colours of one theme."""

    name: str
    window: str
    card: str
    sunken: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    spoiled: str
    mended: str
    danger: str
    grid: str
    train: str
    diverging_middle: str


LIGHT = Palette(
    name="light",
    window="#f3f5f7",
    card="#ffffff",
    sunken="#eef1f4",
    border="#dfe3e8",
    text="#1c2127",
    muted="#59636e",
    accent="#0b69b7",
    on_accent="#ffffff",
    spoiled="#b05107",
    mended="#1b5e33",
    danger="#a3205f",
    grid="#e8ebee",
    train="#6b7580",
    diverging_middle="#e9ebed",
)
DARK = Palette(
    name="dark",
    window="#14171b",
    card="#1d2126",
    sunken="#272c33",
    border="#343a42",
    text="#eceff2",
    muted="#a3adb8",
    accent="#53aef2",
    on_accent="#0c1116",
    spoiled="#f5a13a",
    mended="#6fe3a1",
    danger="#f28cc0",
    grid="#2a3037",
    train="#98a2ad",
    diverging_middle="#3a4149",
)

CATEGORICAL = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#999933",
    "#882255",
    "#44aa99",
    "#777777",
)
"""Classes and groups, in this order, repeated where there are more."""

RUNS = (CATEGORICAL[2], CATEGORICAL[3], CATEGORICAL[6], CATEGORICAL[5])
"""Overlaid runs. The first keeps apart from the curves of the run under way, whose blue, orange
and grey leave the colour-blind few others, and all are seen on light and dark ground. That of
repaired data is green too, but bold."""

NEGATIVE = "#f08a1c"
POSITIVE = "#0877bd"


def category_colour(code: int) -> str:
    """The colour of a class or a group."""
    return CATEGORICAL[code % len(CATEGORICAL)]


def run_colour(number: int) -> str:
    """The colour of an overlaid run; the first one has number 1."""
    return RUNS[(number - 1) % len(RUNS)]


def rgb(colour: str) -> tuple[int, int, int]:
    """“#0b69b7” as (11, 105, 183)."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@cache
def diverging_map(palette: Palette) -> NDArray[np.uint8]:
    """(256, 3) orange for negative, quiet in the middle, blue for positive."""
    ends = np.array([rgb(NEGATIVE), rgb(palette.diverging_middle), rgb(POSITIVE)], dtype=float)
    place = np.linspace(0, 2, 256)
    table = np.stack([np.interp(place, [0, 1, 2], ends[:, c]) for c in range(3)], axis=1)
    return table.round().astype(np.uint8)
