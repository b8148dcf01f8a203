"""A bar with its interval for each group, of the student, its clean twin and a repaired model."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualiser.core.metrics.intervals import Estimate, Estimates
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.interval_words import Writing, with_interval
from visualiser.ui.views.scatter_frame import Frame
from visualiser.ui.views.walked_plot import WalkedPlot

_LEAST, _MOST = 2.3, 4.2
"""Heights of a group, in lines of text."""
_THIRD = 1.1
"""Lines more for a third bar."""
_NAMES, _NAMES_MOST = 0.36, 0.45
"""Shares of the width that names may take: usually, and where one word of them is longer."""
_ALL_MODELS = 3
_CAP = 3.5
"""Half the height of the ends of a whisker, in pixels."""


@dataclass(frozen=True, eq=False)
class GroupLengths:
    """What is drawn of G groups.

    Attributes:
        names: what stands left of the bars.
        titles: the same with what else is known of the group, for who points at it.
        student, twin: figures with intervals; `twin` is None without one.
        mended: of the third model, which learns from repaired data; None without one.
        compared: (G,) whether the group has rows enough for a comparison; others are pale.
        top: where the axis ends.
        write: a figure, as at the end of a bar. write_tick: as below the axis.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    student: Estimates
    twin: Estimates | None
    mended: Estimates | None
    compared: tuple[bool, ...]
    top: float
    write: Writing
    write_tick: Writing


class GroupBars(WalkedPlot):
    """As high as all groups need; who shows it lets it scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: GroupLengths | None = None
        self.setAccessibleName(self.tr("Figures of each group"))

    @property
    def shown(self) -> GroupLengths | None:
        """What is drawn."""
        return self._shown

    @property
    def places(self) -> int:
        return 0 if self._shown is None else len(self._shown.names)

    def show_lengths(self, shown: GroupLengths) -> None:
        """Draw these bars."""
        before = self._shown
        others = before is None or before.names != shown.names
        others |= before is not None and (before.mended is None) != (shown.mended is None)
        self._shown = shown
        if others:
            self.updateGeometry()
        spoken = zip(shown.names, shown.student.value, strict=True)
        self.setAccessibleDescription("; ".join(f"{n} {shown.write(v)}" for n, v in spoken))
        self._follow()

    def show_nothing(self, why: str) -> None:
        self._shown = None
        super().show_nothing(why)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(9 * line, round((self._least * max(self.places, 1) + 1.4) * line))

    @property
    def _least(self) -> float:
        """Lines of text that a group needs: a third bar takes more room."""
        return _LEAST + (
            _THIRD if self._shown is not None and self._shown.mended is not None else 0.0
        )

    def told(self, place: int) -> str:
        shown = self._shown
        assert shown is not None
        lines = [shown.titles[place], self._said(self.tr("your model"), shown.student[place])]
        if shown.twin is not None:
            lines.append(self._said(self.tr("clean twin"), shown.twin[place]))
        if shown.mended is not None:
            lines.append(self._said(self.tr("repaired"), shown.mended[place]))
        if not shown.compared[place]:
            lines.append(self.tr("Too few for a comparison: left out of the gap."))
        return "\n".join(lines)

    def _said(self, whose: str, figure: Estimate) -> str:
        assert self._shown is not None
        return f"{whose}: {with_interval(figure, self._shown.write, self._shown.write)}"

    def place_at(self, point: QPointF) -> int | None:
        place = int(point.y() // self._pitch())
        return place if point.y() >= 0 and place < self.places else None

    def _pitch(self) -> float:
        """Height of a group."""
        line = self.fontMetrics().height()
        room = (self.height() - 1.4 * line) / max(self.places, 1)
        return float(min(max(room, self._least * line), _MOST * line))

    def _frame(self) -> Frame:
        shown, metrics = self._shown, self.fontMetrics()
        assert shown is not None
        widest = max(metrics.horizontalAdvance(name) for name in shown.names) + 12
        words = " ".join(shown.names).split()
        longest = max(metrics.horizontalAdvance(word) for word in words) + 12
        left = min(widest, max(_NAMES * self.width(), min(longest, _NAMES_MOST * self.width())))
        models = (shown.student, shown.twin, shown.mended)
        values = [model.value for model in models if model is not None]
        texts = [shown.write(value) for value in np.concatenate(values).tolist()]
        right = max(metrics.horizontalAdvance(text) for text in texts) + 10
        width = max(self.width() - left - right, 20.0)
        box = QRectF(left, 2, width, self._pitch() * self.places - 2)
        return Frame(box, (0.0, shown.top), (0.0, 1.0))

    def paint(self, painter: QPainter, marked: int | None) -> None:
        shown, frame = self._shown, self._frame()
        assert shown is not None
        if marked is not None:
            where = QRectF(0, marked * self._pitch(), self.width(), self._pitch())
            painter.fillRect(where, QColor(self._palette.sunken))
        self._paint_axis(painter, frame, shown)
        for place, name in enumerate(shown.names):
            painter.setOpacity(1.0 if shown.compared[place] else 0.45)
            row = QRectF(0, place * self._pitch(), self.width(), self._pitch())
            painter.setPen(QColor(self._palette.text))
            words = row.adjusted(2, 0, frame.box.left() - self.width() - 8, 0)
            self._paint_name(painter, words, name)
            self._paint_group(painter, frame, row, shown, place)
        painter.setOpacity(1.0)

    @staticmethod
    def _paint_name(painter: QPainter, where: QRectF, name: str) -> None:
        """In two lines where it is too long for one, cut where it is too long for those."""
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        metrics = painter.fontMetrics()
        needed = metrics.boundingRect(where.toRect(), flags, name)
        if needed.height() > where.height() or needed.width() > where.width():
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(where.width()))
        painter.drawText(where, flags, name)

    def _paint_group(
        self, painter: QPainter, frame: Frame, row: QRectF, shown: GroupLengths, place: int
    ) -> None:
        models = [(shown.student, "accent" if shown.twin is None else "spoiled", True)]
        if shown.twin is not None:
            models.append((shown.twin, "accent", False))
        if shown.mended is not None:
            models.append((shown.mended, "mended", True))
        share = 0.36 if len(models) < _ALL_MODELS else 0.26
        thick = min(share * row.height(), 1.1 * self.fontMetrics().height())
        top = row.center().y() - thick * len(models) / 2 - (len(models) - 1)
        for figures, colour, filled in models:
            bar = QRectF(frame.box.left(), top, 0, thick)
            self._paint_bar(painter, frame, bar, figures[place], colour, filled=filled)
            top += thick + 2

    def _paint_bar(
        self, painter: QPainter, frame: Frame, bar: QRectF, figure: Estimate, colour: str, *,
        filled: bool,
    ) -> None:  # fmt: skip
        """The twin's is hollow."""
        shown, ink = self._shown, QColor(getattr(self._palette, colour))
        assert shown is not None
        end = bar.left()
        if np.isfinite(figure.value):
            end = frame.point(min(figure.value, shown.top), 0).x()
            body = QRectF(bar.left(), bar.top(), max(end - bar.left(), 1.0), bar.height())
            if filled:
                painter.fillRect(body, ink)
            else:
                painter.setPen(QPen(ink, 1.4))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(body.adjusted(0.7, 0.7, -0.7, -0.7))
        if np.isfinite(figure.low):
            end = max(end, self._paint_whisker(painter, frame, bar.center().y(), figure))
        painter.setPen(QColor(self._palette.text if filled else self._palette.muted))
        words = QRectF(end + 6, bar.top() - 6, self.width() - end - 6, bar.height() + 12)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, int(flags), shown.write(figure.value))

    def _paint_whisker(self, painter: QPainter, frame: Frame, y: float, figure: Estimate) -> float:
        """From end to end of the interval; where it ends, in pixels."""
        assert self._shown is not None
        low, high = (frame.point(min(v, self._shown.top), 0).x() for v in (figure.low, figure.high))
        for colour, width in ((self._palette.card, 3.4), (self._palette.text, 1.4)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for x in (low, high):
                painter.drawLine(QPointF(x, y - _CAP), QPointF(x, y + _CAP))
        return float(high)

    def _paint_axis(self, painter: QPainter, frame: Frame, shown: GroupLengths) -> None:
        metrics, box = painter.fontMetrics(), frame.box
        widest = metrics.horizontalAdvance(shown.write_tick(shown.top)) + 16
        ticks = linear_ticks(0.0, shown.top, max(2, int(box.width() / (1.6 * widest)))).tolist()
        apart = box.width() / max(len(ticks) - 1, 1) >= widest
        for tick in ticks:
            x = frame.point(tick, 0).x()
            painter.setPen(QPen(QColor(self._palette.grid), 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            if not apart and tick not in (ticks[0], ticks[-1]):
                continue
            painter.setPen(QColor(self._palette.muted))
            words = QRectF(x - 60, box.bottom() + 2, 120, metrics.height())
            painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter), shown.write_tick(tick))
