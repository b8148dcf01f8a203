"""The mean answer over the values of one column: lines for numbers, over the values there are."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.scatter_frame import Frame, Ticks, lines_up, paint_axes, ticks_below
from visualiser.ui.widgets.plain_tip import plain_tip

_RUG = 5
"""Pixels of the ticks that say where the training values lie."""
_SHRINKS_BELOW = 0.4


@dataclass(frozen=True, eq=False)
class DependenceLines:
    """What is drawn.

    Attributes:
        values: (G,) of the column, from low to high.
        lines: for each line its colour and (G,) answers.
        twin_lines: likewise, dashed.
        rug: some values of training rows.
        titles: of the axes, what is below and what is on the left.
        value_text, answer_text: how a value and an answer are written.
    """

    values: NDArray[np.float64]
    lines: tuple[tuple[str, NDArray[np.floating]], ...]
    twin_lines: tuple[tuple[str, NDArray[np.floating]], ...]
    rug: NDArray[np.float64]
    titles: tuple[str, str]
    value_text: Callable[[float], str]
    answer_text: Callable[[float], str]


class DependencePlot(QWidget):
    """Knows nothing of snapshots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._shown: DependenceLines | None = None
        self._range: tuple[float, float] | None = None
        self._empty = ""
        self.frame: Frame | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Mean answer over the values of a column"))

    @property
    def shown(self) -> DependenceLines | None:
        """What is drawn now."""
        return self._shown

    def clear(self, sentence: str) -> None:
        """Say why there is nothing to draw."""
        self._shown, self._range, self._empty = None, None, sentence
        self.update()

    def show_lines(self, shown: DependenceLines) -> None:
        """Draw; the range of answers stays as long as the lines fit it and fill enough of it."""
        if self._shown is None or not np.array_equal(shown.values, self._shown.values):
            self._range = None
        self._shown = shown
        self.setToolTip(plain_tip(shown.titles[1]))
        answers = np.concatenate([line for _, line in (*shown.lines, *shown.twin_lines)])
        self._range = _followed(self._range, answers)
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(8 * line, 7 * line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown is None or self._range is None:
            paint_empty(painter, QRectF(self.rect()), self._empty, self._palette)
        else:
            self._paint(painter, self._shown, self._range)
        painter.end()

    def _paint(
        self, painter: QPainter, shown: DependenceLines, answers: tuple[float, float]
    ) -> None:
        metrics = painter.fontMetrics()
        line = metrics.height()
        low, high = float(shown.values[0]), float(shown.values[-1])
        across = (low, high if high > low else low + 1)
        above, upright = 0.6 * line, shown.titles[1]
        if metrics.horizontalAdvance(upright) > self.height() - above - 2.4 * line:
            # Cut to a word or two it would say nothing: it has a line of its own.
            above, upright = 1.4 * line, ""
            self._paint_heading(painter, shown.titles[1])
        area = QRectF(0, above, self.width(), self.height() - above - 2.4 * line)
        bare = Frame(area, across, answers)
        up: Ticks = tuple(
            (tick, shown.answer_text(tick))
            for tick in linear_ticks(*answers, lines_up(bare, metrics)).tolist()
        )
        room = max((metrics.horizontalAdvance(text) for _, text in up), default=0) + 8
        left = room + (line + 4 if upright else 0)
        box = QRectF(left, bare.box.top(), self.width() - left - 1.6 * line, bare.box.height())
        if box.width() < line or box.height() < line:
            return
        frame = self.frame = Frame(box, across, answers)
        below: Ticks = tuple((t, shown.value_text(t)) for t in ticks_below(frame, metrics))
        name = metrics.elidedText(shown.titles[0], Qt.TextElideMode.ElideRight, int(box.width()))
        paint_axes(painter, frame, self._palette, (name, upright), room, below, up)
        self._paint_rug(painter, frame, shown.rug)
        painter.setClipRect(box.adjusted(-3, -3, 3, 3))
        for lines, style, width in (
            (shown.twin_lines, Qt.PenStyle.DashLine, 1.6),
            (shown.lines, Qt.PenStyle.SolidLine, 2.4),
        ):
            for colour, values in lines:
                points = [
                    frame.point(float(x), float(y))
                    for x, y in zip(shown.values, values, strict=True)
                ]
                painter.setPen(QPen(QColor(colour), width, style))
                painter.drawPolyline(QPolygonF(points))

    def _paint_heading(self, painter: QPainter, title: str) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(QColor(self._palette.muted))
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QPointF(0, metrics.ascent()), text)

    def _paint_rug(self, painter: QPainter, frame: Frame, rug: NDArray[np.float64]) -> None:
        painter.setPen(QPen(QColor(self._palette.muted), 1))
        left, _, outside = frame.place(rug, np.full(len(rug), frame.y[0]))
        bottom = frame.box.bottom()
        for x in left[~outside]:
            painter.drawLine(QPointF(x, bottom), QPointF(x, bottom - _RUG))


def _followed(
    before: tuple[float, float] | None, answers: NDArray[np.floating]
) -> tuple[float, float] | None:
    """The range of the axis for these answers: the old one while they fill enough of it."""
    finite = answers[np.isfinite(answers)]
    if not len(finite):
        return before
    low, high = float(finite.min()), float(finite.max())
    span = max(high - low, 1e-6 * max(abs(low), abs(high)), 1e-9)
    if before is not None:
        fits = before[0] <= low and high <= before[1]
        if fits and span >= _SHRINKS_BELOW * (before[1] - before[0]):
            return before
    return low - 0.1 * span, high + 0.1 * span
