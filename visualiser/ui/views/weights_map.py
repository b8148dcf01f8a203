"""Numbers as colours: a table of numbers becomes a picture that is cheap to draw anew.

The picture's memory is written in place, so a frame makes no new image, and colours are looked
up once a frame for as many cells as are shown, not for every pixel of the screen.
"""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPaintEngine, QPainter

from visualiser.ui.palette import Palette, diverging_map, rgb

LARGEST = 256
"""Cells of a picture along either side, at most; larger tables are pooled."""

_SHADES = 256
_BAD = _SHADES
"""Place in the table of colours for what is not a finite number."""
_LARGE = 1e37
"""Limits from here on are near where 32-bit numbers end, so that differences need longer ones."""
_STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)

Colours = NDArray[np.uint32]


def diverging_colours(palette: Palette) -> Colours:
    """Colours from −limit over zero to +limit, and one for what is not a number."""
    return _packed(diverging_map(palette), palette.danger)


def sequential_colours(palette: Palette, colour: str) -> Colours:
    """Colours from none to many (`colour`), and the card's for what has not happened yet."""
    ends = np.array([rgb(palette.sunken), rgb(colour)], dtype=float)
    shade = np.linspace(0, 1, _SHADES)[:, None] ** 0.6
    return _packed((ends[0] + shade * (ends[1] - ends[0])).round(), palette.card)


def _packed(colours: NDArray[np.uint8] | NDArray[np.float64], bad: str) -> Colours:
    """(257,) packed colours from (256, 3) red, green, blue and one for NaN."""
    table = np.vstack([colours, rgb(bad)]).astype(np.uint32)
    packed = 0xFF000000 | (table[:, 0] << 16) | (table[:, 1] << 8) | table[:, 2]
    return packed.astype(np.uint32)


class HeatPicture:
    """A table of numbers as a picture.

    Attributes:
        blocks: rows and columns of the table that one cell is the mean of.
        finite: False while some cell is not a finite number.
    """

    def __init__(self, pooling: bool = True) -> None:
        self._pooling = pooling
        self._pixels = np.zeros((0, 0), dtype=np.uint32)
        self._image = QImage()
        self.blocks = (1, 1)
        self.finite = True

    @property
    def image(self) -> QImage:
        """The picture, one pixel a cell. It changes with the next `show`."""
        return self._image

    def show(self, values: NDArray[np.floating], low: float, high: float, colours: Colours) -> None:
        """Draw (R, C) values, clamped to `low` … `high`; row 0 is on top."""
        self.blocks = blocks_of(values.shape) if self._pooling else (1, 1)
        cells = pooled(values, self.blocks)
        if cells.shape != self._pixels.shape:
            self._pixels = np.empty(cells.shape, dtype=np.uint32)
            height, width = cells.shape
            self._image = QImage(
                self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
            )
        per_shade = (_SHADES - 1) / (high - low)
        if high > _LARGE:
            cells = cells.astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            places = (cells - low) * per_shade + 0.5
            self.finite = bool(np.isfinite(places.sum()))
        if not self.finite:
            places = np.where(np.isfinite(places), np.clip(places, 0, _SHADES - 0.5), _BAD)
        else:
            np.clip(places, 0, _SHADES - 0.5, out=places)
        # The mode, which never matters here, spares numpy a buffer for the result.
        np.take(colours, places.astype(np.intp), out=self._pixels, mode="clip")

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Fill a box with the picture, cells as crisp rectangles."""
        if not self._image.isNull():
            painter.drawImage(box, self._image)

    def paint_parts(self, painter: QPainter, boxes: Iterable[QRectF], rows: int) -> None:
        """Fill each box with so many rows, the first with the uppermost."""
        image, width = self._image, self._image.width()
        knows_parts = painter.paintEngine().type() != QPaintEngine.Type.SVG
        for place, box in enumerate(boxes):
            if knows_parts:
                painter.drawImage(box, image, QRectF(0, place * rows, width, rows))
            else:
                painter.drawImage(box, image.copy(0, place * rows, width, rows))


def blocks_of(shape: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns that are pooled into one cell of a table of this shape."""
    rows, columns = shape
    return max(1, -(-rows // LARGEST)), max(1, -(-columns // LARGEST))


def pooled(values: NDArray[np.floating], blocks: tuple[int, int]) -> NDArray[np.floating]:
    """Means of blocks (rows, columns) of a table; those at the far edges may be smaller."""
    table = np.asarray(values)
    with np.errstate(over="ignore", invalid="ignore"):  # a mean of infinities is none
        return _pooled(table, blocks)


def _pooled(table: NDArray[np.floating], blocks: tuple[int, int]) -> NDArray[np.floating]:
    down, across = blocks
    if across > 1:
        table = _means_down(table.T, across).T
    return _means_down(table, down) if down > 1 else table


def _means_down(table: NDArray[np.floating], size: int) -> NDArray[np.floating]:
    """Means of so many rows each; the last may be of fewer.

    Whole blocks are multiplied by a row of equal shares, ten times as quick as adding them up.
    """
    whole = len(table) // size
    columns = table.shape[1]
    means = np.empty((-(-len(table) // size), columns), dtype=table.dtype)
    shares = np.full(size, 1 / size, dtype=table.dtype)
    np.matmul(shares, table[: whole * size].reshape(whole, size, columns), out=means[:whole])
    if whole < len(means):
        means[whole] = table[whole * size :].mean(axis=0)
    return means


class SteppedLimit:
    """Where colours end: a round number that moves only when the figures leave it behind."""

    def __init__(self) -> None:
        self.value = 0.0

    def follow(self, values: NDArray[np.floating]) -> float:
        """The limit for these values: about three times their root mean square."""
        flat = values.ravel()
        with np.errstate(over="ignore", invalid="ignore"):
            square = float(np.dot(flat, flat)) / max(flat.size, 1)
        if math.isfinite(square):
            wanted = 3 * math.sqrt(square)
        else:  # too large to be squared as they are, or no numbers
            finite = flat[np.isfinite(flat)].astype(np.float64)
            wanted = 3 * math.sqrt(float(np.mean(finite**2))) if finite.size else 1.0
        if wanted > 1.25 * self.value or wanted < 0.45 * self.value:
            self.value = round_limit(wanted)
        return self.value


def round_limit(value: float) -> float:
    """The next round number not below a positive one; 1 for zero."""
    if not 0 < value < math.inf:
        return 1.0
    decade = 10.0 ** math.floor(math.log10(value))
    return decade * next(step for step in (*_STEPS, 15.0) if step * decade >= value * (1 - 1e-9))
