"""What a chart shows, and in which colours and letters."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtGui import QColor, QFont

from visualiser.ui.palette import Palette
from visualiser.ui.views.axes import Texts, Values
from visualiser.ui.views.curves_cuts import Cut
from visualiser.ui.views.curves_series import Line
from visualiser.ui.views.legend import colour_of


@dataclass(frozen=True)
class Event:
    """A vertical dotted line with a text: something that happened at `x`."""

    x: float
    text: str


@dataclass(frozen=True)
class Level:
    """A horizontal dotted line at `y`, in the units of the axis.

    Attributes:
        text: what it stands for; `short` where that has no room.
    """

    y: float
    text: str
    short: str


@dataclass
class Content:
    """What a chart shows now."""

    lines: Sequence[Line] = ()
    events: Sequence[Event] = ()
    level: Level | None = None
    cuts: tuple[Cut, ...] = ()
    broken_at: float | None = None
    broken_text: str = ""
    empty_text: str = ""
    ticks: tuple[Values, Values] = field(default_factory=lambda: (np.empty(0), np.empty(0)))


@dataclass(frozen=True)
class ReadOut:
    """Values under the pointer at `x`: a heading, then a colour and a text each."""

    x: float
    heading: str
    rows: tuple[tuple[str, str], ...]


class Ink:
    """The colours of a theme and the letters of a font, plain and bold.

    Attributes:
        key: equal for the same colours and letters.
    """

    def __init__(self, palette: Palette, font: QFont) -> None:
        self.palette = palette
        self.plain = Texts(font)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        self.bold = Texts(bold)
        self.key = palette.name, font.key()
        self._colours: dict[str, QColor] = {}

    def colour(self, name: str) -> QColor:
        """Of the palette by its name, or as “#0072b2”."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = QColor(colour_of(name, self.palette))
        return found
