"""How often each model is right with the clue put in each way, with what chance leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.metrics.intervals import Estimate
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.interval_words import bare, interval_text, per_cent

_NAMES = 0.34
"""Share of the width for names, at most."""


@dataclass(frozen=True)
class ClueBar:
    """One way: shares of right answers; `twin` is None without one."""

    name: str
    student: Estimate
    twin: Estimate | None


class ClueBars(QWidget):
    """Bars on a scale from none to all; a line shows the interval."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._rows: tuple[ClueBar, ...] = ()
        self._nothing = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("Right answers by what the clue says"))

    @property
    def rows(self) -> tuple[ClueBar, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[ClueBar]) -> None:
        """Draw these."""
        self._rows = tuple(rows)
        self.setAccessibleDescription("; ".join(self._told(row) for row in rows))
        self.updateGeometry()
        self.update()

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence."""
        self._rows, self._nothing = (), why
        self.setAccessibleDescription(why)
        self.updateGeometry()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def _told(self, row: ClueBar) -> str:
        text = f"{row.name} {per_cent(row.student.value)}"
        if row.twin is None:
            return text
        return self.tr("{text}, clean twin {twin}").format(text=text, twin=per_cent(row.twin.value))

    def _models(self) -> int:
        return 2 if any(row.twin is not None for row in self._rows) else 1

    def _row_height(self) -> float:
        return (0.4 + 1.15 * self._models()) * self.fontMetrics().height()

    def sizeHint(self) -> QSize:
        return QSize(320, round(max(len(self._rows), 2) * self._row_height()) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(18 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._rows:
            paint_empty(painter, QRectF(self.rect()), self._nothing, self._palette)
            painter.end()
            return
        metrics = QFontMetricsF(self.font())
        names = max(metrics.horizontalAdvance(row.name) for row in self._rows) + 10
        names = min(names, _NAMES * self.width())
        estimates = [e for row in self._rows for e in (row.student, row.twin) if e is not None]
        end = max(metrics.horizontalAdvance(_figure(e)) for e in estimates) + 10
        track = max(self.width() - names - end, 10.0)
        height = self._row_height()
        for number, row in enumerate(self._rows):
            box = QRectF(0, number * height, names - 8, height)
            painter.setPen(QColor(self._palette.text))
            name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, names - 8)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            self._paint_models(painter, row, QRectF(names, number * height, track, height))
        painter.end()

    def _paint_models(self, painter: QPainter, row: ClueBar, box: QRectF) -> None:
        metrics = QFontMetricsF(self.font())
        step = 1.15 * metrics.height()
        top = box.top() + (box.height() - step * self._models()) / 2
        student = self._palette.accent if row.twin is None else self._palette.spoiled
        for estimate, colour in ((row.student, student), (row.twin, self._palette.accent)):
            if estimate is None:
                continue
            line = QRectF(box.left(), top, box.width(), step)
            self._paint_bar(painter, line, estimate, colour)
            top += step

    def _paint_bar(self, painter: QPainter, line: QRectF, share: Estimate, colour: str) -> None:
        palette = self._palette
        thick = 0.42 * line.height()
        bar = QRectF(line.left(), line.center().y() - thick / 2, line.width(), thick)
        painter.fillRect(bar, QColor(palette.sunken))
        if share.value == share.value:
            filled = QRectF(bar)
            filled.setWidth(bar.width() * share.value)
            painter.fillRect(filled, QColor(colour))
            painter.setPen(QPen(QColor(palette.text), 1.6))
            low, high = (bar.left() + bar.width() * end for end in (share.low, share.high))
            middle = bar.center().y()
            painter.drawLine(QLineF(low, middle, high, middle))
            for x in (low, high):
                painter.drawLine(QLineF(x, middle - thick / 3, x, middle + thick / 3))
        painter.setPen(QColor(palette.muted))
        place = QRectF(line.right() + 8, line.top(), self.width(), line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, _figure(share))


def _figure(share: Estimate) -> str:
    """“73.9 % (67.0 to 79.8)”."""
    return f"{per_cent(share.value)} ({interval_text(share, bare)})"
