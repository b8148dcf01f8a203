"""Points of a data set in the plane, before any model has seen them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.data_look_rows import Rows
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import (
    Frame,
    Range,
    Values,
    equal_units,
    paint_axes,
)

MOST_SHOWN = 3000
"""More points than this hide each other."""
_RADIUS = 3.4
_NEAR = 8.0


class PointsPicture(QWidget):
    """Paints points in the colours of their labels; what was changed is ringed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._rows: Rows | None = None
        self._drawing = KeptDrawing(self, self._paint)
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Points of the data"))
        self.setToolTip(self.tr("Every point is an example; its colour is its label."))

    def sizeHint(self) -> QSize:
        return QSize(300, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def show_rows(self, rows: Rows | None) -> None:
        """Draw these rows."""
        self._rows = rows
        self._drawing.forget()
        self.hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._drawing.forget()

    def place_of(self, row: int) -> QPointF:
        """Where one of the rows shown is painted."""
        assert self._rows is not None
        x, y = self._rows.part.features[self._rows.positions[row]].tolist()  # type: ignore[index]
        return self._frame(self._rows).point(x, y)

    def read(self, place: QPointF) -> str:
        """The point near `place`: its label, and what it was before."""
        rows = self._rows
        if rows is None or not len(rows):
            return ""
        x, y = self._shown(rows)
        left, top, _ = self._frame(rows).place(x, y)
        distance = np.hypot(left - place.x(), top - place.y())
        row = int(distance.argmin())
        if distance[row] > _NEAR:
            return ""
        text = f"{rows.label_text(row)}: {rows.text(row)}"
        if rows.clean_text(row) != rows.text(row):
            text += "\n" + self.tr("before: {place}").format(place=rows.clean_text(row))
        if rows.is_foreign(row):
            text += "\n" + self.tr("copied from the test part")
        return text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._rows is not None and len(self._rows):
            self._drawing.draw(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        rows = self._rows
        assert rows is not None
        names = (*rows.dataset.feature_names, "x1", "x2")
        frame = self._frame(rows)
        paint_axes(painter, frame, self._palette, (names[0], names[1]), self._room())
        self._paint_moves(painter, frame, rows)
        self._paint_points(painter, frame, rows)

    def _paint_moves(self, painter: QPainter, frame: Frame, rows: Rows) -> None:
        """A line from where a point was to where noise put it."""
        truly = rows.part.rows[rows.positions[:MOST_SHOWN]]
        before = np.asarray(rows.dataset.features)[truly].astype(np.float64)
        x, y = self._shown(rows)
        moved = (before[:, 0] != x) | (before[:, 1] != y)
        painter.setPen(QPen(QColor(self._palette.spoiled), 0.8))
        for row in np.flatnonzero(moved).tolist():
            painter.drawLine(frame.point(*before[row].tolist()), frame.point(x[row], y[row]))

    def _paint_points(self, painter: QPainter, frame: Frame, rows: Rows) -> None:
        x, y = self._shown(rows)
        left, top, _ = frame.place(x, y)
        positions = rows.positions[:MOST_SHOWN]
        labels = rows.part.labels[positions]
        wrong, foreign = rows.wrong[positions], rows.foreign[positions]
        for row, place in enumerate(zip(left.tolist(), top.tolist(), strict=True)):
            painter.setPen(QPen(QColor(self._palette.card), 0.8))
            painter.setBrush(QColor(category_colour(int(labels[row]))))
            painter.drawEllipse(QPointF(*place), _RADIUS, _RADIUS)
            if wrong[row] or foreign[row]:
                colour = self._palette.text if wrong[row] else self._palette.spoiled
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colour), 1.6))
                painter.drawEllipse(QPointF(*place), _RADIUS + 2, _RADIUS + 2)

    def _shown(self, rows: Rows) -> tuple[Values, Values]:
        features = np.asarray(rows.part.features)
        points = features[rows.positions[:MOST_SHOWN]].astype(np.float64)
        return points[:, 0], points[:, 1]

    def _frame(self, rows: Rows) -> Frame:
        """Equal units on both axes; all of the part is in sight, whatever is chosen of it."""
        line = QFontMetrics(self.font()).height()
        box = QRectF(self.rect()).adjusted(self._room() + line + 4, 6, -8, -2 * line - 8)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 20, 20).size()))
        points: NDArray[np.float32] = np.asarray(rows.part.features)
        low, high = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        spans = [1.08 * (h - w or 1.0) for w, h in zip(low, high, strict=True)]
        middle = [(h + w) / 2 for w, h in zip(low, high, strict=True)]
        return equal_units(box, _around(middle[0], spans[0]), _around(middle[1], spans[1]))

    def _room(self) -> float:
        return QFontMetrics(self.font()).horizontalAdvance("−0.25") + 10.0


def _around(middle: float, span: float) -> Range:
    return middle - span / 2, middle + span / 2
