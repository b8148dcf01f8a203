"""Points in the plane as they are before any model sees them."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.data_look_part import ShownPart
from visualiser.ui.views.example_text import number_text
from visualiser.ui.views.hover import Hover

MOST_POINTS = 3000
"""More hide each other; the first ones are shown."""
_RADIUS = 3.4
_NEAR = 8.0


class PointsPlot(QWidget):
    """Dots in the colour of their class, equal units on both axes, changed ones ringed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._shown: ShownPart | None = None
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Points"))
        self.setToolTip(self.tr("Every point is an example; its colour is its label."))

    def show_part(self, shown: ShownPart) -> None:
        """Show other points."""
        self._shown = shown
        self.hover.refresh()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 100)

    def read(self, place: QPointF) -> str:
        """The point near the pointer: its coordinates and its label."""
        shown = self._shown
        if shown is None or not len(shown):
            return ""
        x, y = self._pixels(shown)
        distance = np.hypot(x - place.x(), y - place.y())
        row = int(distance.argmin())
        if distance[row] > _NEAR:
            return ""
        point = np.asarray(shown.part.features)[row]
        names = self._names(shown)
        return self.tr("{x_name} {x}, {y_name} {y}: {label}").format(
            x_name=names[0],
            x=number_text(float(point[0])),
            y_name=names[1],
            y=number_text(float(point[1])),
            label=shown.label_text(row),
        )

    def _names(self, shown: ShownPart) -> tuple[str, ...]:
        return (*shown.dataset.feature_names, "x1", "x2")[:2]

    def _frame(self) -> QRectF:
        line = self.fontMetrics().height()
        return QRectF(2.4 * line, 1, self.width() - 2.4 * line - 2, self.height() - line - 4.0)

    def _scale(self, shown: ShownPart) -> tuple[float, float, float]:
        """Pixels a unit, and the data's middle: of all the data, so that no filter moves it."""
        points = np.asarray(shown.dataset.features)
        low, high = points.min(axis=0), points.max(axis=0)
        span = np.maximum(high - low, 1e-6) * 1.06
        frame = self._frame()
        unit = min(frame.width() / float(span[0]), frame.height() / float(span[1]))
        middle = (low + high) / 2
        return unit, float(middle[0]), float(middle[1])

    def _pixels(self, shown: ShownPart) -> tuple[np.ndarray, np.ndarray]:
        points = np.asarray(shown.part.features)[:MOST_POINTS]
        unit, x, y = self._scale(shown)
        middle = self._frame().center()
        return middle.x() + unit * (points[:, 0] - x), middle.y() - unit * (points[:, 1] - y)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._shown
        if shown is not None:
            self._paint_axes(painter, shown)
            x, y = self._pixels(shown)
            places = zip(x.tolist(), y.tolist(), strict=True)
            for row, (place, label) in enumerate(zip(places, shown.part.labels, strict=False)):
                painter.setPen(QPen(QColor(self._palette.card), 0.8))
                painter.setBrush(QColor(self._colour(shown, float(label))))
                painter.drawEllipse(QPointF(*place), _RADIUS, _RADIUS)
                if shown.relabelled[row] or shown.altered[row]:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(QColor(self._palette.text), 1.5))
                    painter.drawEllipse(QPointF(*place), _RADIUS + 2, _RADIUS + 2)
        painter.end()

    def _colour(self, shown: ShownPart, label: float) -> str:
        if shown.dataset.task == "regression":
            return self._palette.accent
        return category_colour(int(label))

    def _paint_axes(self, painter: QPainter, shown: ShownPart) -> None:
        frame, flag = self._frame(), Qt.AlignmentFlag
        unit, x, y = self._scale(shown)
        line = self.fontMetrics().height()
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawRect(frame)
        painter.setPen(QColor(self._palette.muted))
        names = self._names(shown)
        half_x, half_y = frame.width() / 2 / unit, frame.height() / 2 / unit
        below = QRectF(frame.left(), frame.bottom() + 2, frame.width(), line)
        beside = QRectF(0, frame.top(), frame.left() - 5, frame.height())
        for place, text in (
            (flag.AlignLeft, number_text(round(x - half_x, 1))),
            (flag.AlignHCenter, names[0]),
            (flag.AlignRight, number_text(round(x + half_x, 1))),
        ):
            painter.drawText(below, int(place | flag.AlignTop), text)
        for place, text in (
            (flag.AlignBottom, number_text(round(y - half_y, 1))),
            (flag.AlignVCenter, names[1]),
            (flag.AlignTop, number_text(round(y + half_y, 1))),
        ):
            painter.drawText(beside, int(place | flag.AlignRight), text)
