"""A small precision–recall curve: each finder's ranking, and where a person stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from visualiser.core.findings.scores import Numbers
from visualiser.core.numerals import share_text
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.empty_state import paint_empty


@dataclass(frozen=True, eq=False)
class Curve:
    """A ranking; `dot` is (recall, precision) of what a finder flags, None without."""

    name: str
    recall: Numbers
    precision: Numbers
    dot: tuple[float, float] | None


class PrecisionRecall(QWidget):
    """Recall from left to right, precision from bottom to top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._curves: tuple[Curve, ...] = ()
        self._chosen = ""
        self._person: tuple[float, float] | None = None
        self._base, self._why = 0.0, ""
        self.setToolTip(
            self.tr(
                "Recall: share of the mistakes found so far down the list. Precision: share of "
                "that list that are mistakes. A dot is what the finder flags, the diamond is you, "
                "the dashed line is guessing."
            )
        )

    def show_curves(
        self,
        curves: Sequence[Curve],
        chosen: str,
        person: tuple[float, float] | None,
        base: float,
    ) -> None:
        """All of them, one in colour; `base` is the precision of guessing."""
        self._curves, self._chosen, self._person = tuple(curves), chosen, person
        self._base = base
        self.setAccessibleName(self.tr("Precision and recall"))
        dots = [
            f"{c.name}: {share_text(c.dot[1])}, {share_text(c.dot[0])}" for c in curves if c.dot
        ]
        self.setAccessibleDescription("; ".join(dots))
        self.update()

    def show_none(self, why: str) -> None:
        """No curve, and why."""
        self._curves, self._why = (), why
        self.setAccessibleDescription(why)
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, 12 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Axes with their words, and a plane between them."""
        line = self.fontMetrics().height()
        return QSize(9 * line, 7 * line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._curves:
            paint_empty(painter, QRectF(self.rect()), self._why, self._palette)
            painter.end()
            return
        plane = self._frame(painter)
        self._dashed(painter, plane)
        ordered = sorted(self._curves, key=lambda curve: curve.name == self._chosen)
        for curve in ordered:
            self._paint(painter, plane, curve)
        if self._person is not None and np.isfinite(self._person).all():
            self._diamond(painter, _at(plane, *self._person))
        painter.end()

    def _frame(self, painter: QPainter) -> QRectF:
        """Axes with their names; returns the plane between them."""
        metrics, palette = self.fontMetrics(), self._palette
        line, wide = metrics.height(), metrics.horizontalAdvance("100 %") + 6
        plane = QRectF(self.rect()).adjusted(wide, 1.5 * line + 4, -wide / 2, -2 * line - 2)
        middle, right = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
        for share in (0.0, 0.5, 1.0):
            painter.setPen(QPen(QColor(palette.grid), 1))
            left, top = _at(plane, share, 0), _at(plane, 0, share)
            painter.drawLine(left, _at(plane, share, 1))
            painter.drawLine(top, _at(plane, 1, share))
            painter.setPen(QColor(palette.muted))
            text = f"{100 * share:.0f} %"
            below = QRectF(left.x() - wide, plane.bottom() + 1, 2 * wide, line)
            beside = QRectF(plane.left() - wide, top.y() - line / 2, wide - 5, line)
            painter.drawText(below, int(middle), text)
            painter.drawText(beside, int(right), text)
        recall = QRectF(plane.left(), plane.bottom() + line, plane.width(), line)
        painter.drawText(recall, int(middle), self.tr("recall"))
        painter.drawText(QRectF(2, 0, plane.width(), line), 0, self.tr("precision"))
        return plane

    def _dashed(self, painter: QPainter, plane: QRectF) -> None:
        pen = QPen(QColor(self._palette.muted), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawLine(_at(plane, 0, self._base), _at(plane, 1, self._base))

    def _paint(self, painter: QPainter, plane: QRectF, curve: Curve) -> None:
        chosen = curve.name == self._chosen
        colour = QColor(self._palette.accent if chosen else self._palette.train)
        if not chosen:
            colour.setAlphaF(0.55)
        painter.setPen(QPen(colour, 2.2 if chosen else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        keep = np.unique(np.linspace(0, len(curve.recall) - 1, 300).astype(int))
        points = [
            _at(plane, float(r), float(p))
            for r, p in zip(curve.recall[keep], curve.precision[keep], strict=True)
        ]
        painter.drawPolyline(QPolygonF(points))
        if chosen and curve.dot is not None and np.isfinite(curve.dot).all():
            painter.setBrush(colour)
            painter.drawEllipse(_at(plane, *curve.dot), 4.5, 4.5)

    def _diamond(self, painter: QPainter, place: QPointF) -> None:
        colour = QColor(self._palette.spoiled)
        painter.setPen(QPen(QColor(self._palette.card), 1))
        painter.setBrush(colour)
        size = 7.0
        corners = ((0, -size), (size, 0), (0, size), (-size, 0))
        painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in corners]))


def _at(plane: QRectF, recall: float, precision: float) -> QPointF:
    return QPointF(
        plane.left() + recall * plane.width(), plane.bottom() - precision * plane.height()
    )
