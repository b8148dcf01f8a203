"""From the units of a chart to pixels."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from visualiser.ui.plotting import pg
from visualiser.ui.views.axes import Values
from visualiser.ui.views.curves_series import Line

_FAR_OUTSIDE = 1e5
"""Pixels from the chart beyond which points are drawn no further away."""


class Plane:
    """Where the values of a chart are on the screen now.

    Attributes:
        box: the inside of the axes, in pixels of the plot.
    """

    def __init__(self, view_box: pg.ViewBox) -> None:
        self.box: QRectF = view_box.geometry()
        (x, x_end), (y, y_end) = self._ranges = view_box.viewRange()
        self._x, self._y = float(x), float(y)
        self._per_x = float(self.box.width() / (x_end - x))
        self._per_y = float(self.box.height() / (y_end - y))

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for planes on which everything is at the same place."""
        return self.box, self._ranges

    def across(self, x: Values) -> Values:
        """Pixels from the left."""
        pixels: Values = (x - self._x) * self._per_x + self.box.left()
        return pixels

    def across_one(self, x: float) -> float:
        """Pixels from the left."""
        return (x - self._x) * self._per_x + self.box.left()

    def along(self, pixel: float) -> float:
        """The value of x at so many pixels from the left."""
        return (pixel - self.box.left()) / self._per_x + self._x

    def down(self, y: Values) -> Values:
        """Pixels from the top."""
        pixels: Values = self.box.bottom() - (y - self._y) * self._per_y
        # An exploded loss is far outside, where the rasteriser would lose its way.
        np.maximum(pixels, -_FAR_OUTSIDE, out=pixels)
        return np.minimum(pixels, _FAR_OUTSIDE, out=pixels)


def end_of(line: Line, plane: Plane) -> QPointF | None:
    """Where a line ends or leaves the chart on the right, in pixels; None where it has no point."""
    finite = np.flatnonzero(np.isfinite(line.y))
    if not len(finite):
        return None
    last = finite[-1]
    x, y = plane.across_one(float(line.x[last])), line.y[last]
    if x > plane.box.right() + 1:
        x = plane.box.right()
        y = np.interp(plane.along(x), line.x[finite], line.y[finite])
    return QPointF(x, float(plane.down(np.array([y]))[0])) if x >= plane.box.left() - 1 else None
