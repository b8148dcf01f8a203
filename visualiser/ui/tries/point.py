"""A point that the user puts into the plane."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Features, FloatArray
from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.tries.spec import Maker
from visualiser.ui.tries.square import middle_square
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.paragraph import Phrase

_NAMES: tuple[str, ...] = ("x1", "x2")
_MARGIN = 0.08
_SHOWN = 400
"""Training points behind the cross."""
_STEP = 0.02
"""Of the plane's width, by an arrow key."""


class PointPad(QWidget):
    """The plane with some training points, and a cross at the point to be tried.

    Signals:
        moved: the cross is elsewhere.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._points = np.zeros((0, 2), dtype=np.float32)
        self._labels = np.zeros(0, dtype=np.int64)
        self._low, self._high = np.array([-1.0, -1.0]), np.array([1.0, 1.0])
        self.point: NDArray[np.float64] = np.zeros(2)
        self.setMinimumSize(100, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Point to try"))
        self.setToolTip(self.tr("Click or drag, or use the arrow keys."))

    def start_run(self, info: RunInfo) -> None:
        """The training points of a run; the cross stays where it was, if that is in sight."""
        part = info.split.train
        points: FloatArray = np.asarray(part.features)
        low, high = points.min(axis=0), points.max(axis=0)
        margin = _MARGIN * np.maximum(high - low, 1e-6)
        self._low, self._high = low - margin, high + margin
        self._points, self._labels = points[:_SHOWN], part.labels[:_SHOWN]
        if not bool(np.all((self._low <= self.point) & (self.point <= self._high))):
            self.point = (self._low + self._high) / 2
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._put(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._put(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Down: (0, -1),
            Qt.Key.Key_Up: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self._move(self.point + _STEP * np.array(step) * (self._high - self._low))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, palette = middle_square(self), self._palette
        painter.fillRect(box, QColor(palette.sunken))
        painter.setPen(QPen(QColor(palette.accent if self.hasFocus() else palette.border), 1))
        painter.drawRect(box)
        painter.setClipRect(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(0.6)
        for point, label in zip(self._points, self._labels.tolist(), strict=True):
            painter.setBrush(QColor(category_colour(int(label))))
            painter.drawEllipse(self._pixel(point), 2.5, 2.5)
        painter.setOpacity(1)
        painter.setPen(QPen(QColor(palette.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        cross = self._pixel(self.point)
        painter.drawEllipse(cross, 7, 7)
        for along in (QPointF(12, 0), QPointF(0, 12)):
            for way in (-1.0, 1.0):
                painter.drawLine(cross + along * (way / 3), cross + along * way)
        painter.end()

    def _pixel(self, point: NDArray[np.floating]) -> QPointF:
        share = (point - self._low) / (self._high - self._low)
        box = middle_square(self)
        x = box.left() + float(share[0]) * box.width()
        return QPointF(x, box.bottom() - float(share[1]) * box.height())

    def _put(self, place: QPointF) -> None:
        box = middle_square(self)
        share = np.array(
            [(place.x() - box.left()) / box.width(), (box.bottom() - place.y()) / box.height()]
        )
        self._move(self._low + share * (self._high - self._low))

    def _move(self, point: NDArray[np.floating]) -> None:
        self.point = np.clip(point, self._low, self._high)
        self.update()
        self.moved.emit()


class PointMaker(Maker):
    """The pad, and the coordinates in words."""

    is_square = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = _NAMES
        self.pad = PointPad(self)
        self.where = ElidedLabel()
        self.hint = Phrase(self.tr("Click into the plane, drag, or use the arrow keys."))
        self.hint.setProperty("role", "muted")
        self.below = (self.where, self.hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pad)
        self.pad.moved.connect(self._moved)

    def start_run(self, info: RunInfo) -> None:
        """Points of another data set."""
        self._names = info.dataset.feature_names or _NAMES
        self.pad.start_run(info)
        self._say()

    def example(self) -> Features:
        """(1, 2) point."""
        return self.pad.point[None].astype(np.float32)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.pad.apply_palette(palette)

    def _moved(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        x, y = self.pad.point
        self.where.setText(f"{self._names[0]} {numeral(x, 2)} · {self._names[1]} {numeral(y, 2)}")
