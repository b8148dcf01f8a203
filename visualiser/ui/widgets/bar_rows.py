"""A few labelled bars below a heading, if they have one."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget


@dataclass(frozen=True)
class BarRow:
    """One bar.

    Attributes:
        share: length, 0 … 1; clamped, NaN draws no bar.
        text: what stands at its end.
        mark: where the clean twin is, drawn as a tick; None draws none.
        warning: in the colour of spoiled data.
        low, high: ends of the interval that it lies in, drawn as a line over the bar; or None.
    """

    title: str
    share: float
    text: str
    mark: float | None = None
    warning: bool = False
    low: float | None = None
    high: float | None = None


def paint_bar(painter: QPainter, where: QRectF, row: BarRow, palette: QPalette) -> QRectF:
    """Paint the bar of a row on its track, in the middle of a place; returns the track."""
    roles = QPalette.ColorRole
    height = max(5.0, where.height() * 0.28)
    track = QRectF(where.left(), where.center().y() - height / 2, where.width(), height)
    painter.setPen(Qt.PenStyle.NoPen)
    bar = roles.BrightText if row.warning else roles.Highlight
    for share, role in ((1.0, roles.Mid), (row.share, bar)):
        filled = QRectF(track)
        filled.setWidth(track.width() * min(max(share, 0.0), 1.0))
        if filled.width() >= 1:  # never with NaN
            painter.setBrush(palette.color(role))
            painter.drawRoundedRect(filled, height / 2, height / 2)
    return track


_MOST_TITLE, _MOST_WORDS = 0.48, 0.75
"""Shares of the width that titles, and titles and texts together, may take beside their bars."""


_PITCH = 1.45


class BarRows(QWidget):
    """Hidden while there is nothing to show.

    Attributes:
        bars: what the rows are painted on.
    """

    def __init__(self, title: str, parent: QWidget | None = None, pitch: float = _PITCH) -> None:
        """`pitch` is the distance of the rows, in heights of a line of text."""
        super().__init__(parent)
        self._title = QLabel(title)
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._note = QLabel()
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self.bars = _Bars(pitch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self.bars)
        layout.addWidget(self._note)
        self._title.setVisible(bool(title))
        self._note.hide()
        self.hide()

    def set_title(self, title: str) -> None:
        """Another heading; empty for none."""
        if title != self._title.text():
            self._title.setText(title)
            self._title.setVisible(bool(title))

    def set_note(self, note: str) -> None:
        """A line below the bars; empty for none."""
        if note != self._note.text():
            self._note.setText(note)
        self._note.setVisible(bool(note))

    def show_rows(self, rows: list[BarRow]) -> None:
        """Show these bars, or nothing."""
        self.bars.show_rows(tuple(rows))
        self.bars.setVisible(bool(rows))
        self.setVisible(bool(rows))

    def say(self, sentence: str) -> None:
        """Show a sentence where there are no bars to show."""
        self.show_rows([])
        self.set_note(sentence)
        self.show()

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    @property
    def note(self) -> str:
        """The line below the bars, or instead of them."""
        return self._note.text()

    @property
    def rows(self) -> tuple[BarRow, ...]:
        """What is shown."""
        return self.bars.rows


class _Bars(QWidget):
    def __init__(self, pitch: float) -> None:
        super().__init__()
        self._pitch = pitch
        self.rows: tuple[BarRow, ...] = ()
        # Not Fixed: Qt would cut the height at what sizeHint asked for at another width.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: tuple[BarRow, ...]) -> None:
        if rows == self.rows:
            return
        height = self.heightForWidth(self.width())
        self.rows = rows
        if self.heightForWidth(self.width()) != height:
            self.updateGeometry()
        self.setAccessibleName("; ".join(f"{row.title} {row.text}" for row in rows))
        self.update()

    def _line(self) -> int:
        return round(self.fontMetrics().height() * self._pitch)

    def _widest(self) -> int:
        metrics = self.fontMetrics()
        return max((metrics.horizontalAdvance(row.title) for row in self.rows), default=0) + 10

    def _end(self) -> int:
        """What the texts take at the end of the bars."""
        advance = self.fontMetrics().horizontalAdvance
        return max((advance(row.text) for row in self.rows), default=0) + 8

    def _stacked(self, width: int) -> bool:
        """Whether the titles leave too little beside them for bars: then they stand above."""
        title = self._widest()
        return title > _MOST_TITLE * width or title + self._end() > _MOST_WORDS * width

    def heightForWidth(self, width: int) -> int:
        lines = 2 if self._stacked(width) else 1
        return self._line() * lines * len(self.rows)

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._line() * len(self.rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, line = self.fontMetrics(), self._line()
        end = self._end()
        stacked = self._stacked(self.width())
        start = 0 if stacked else self._widest()
        for i, row in enumerate(self.rows):
            top = i * line * (2 if stacked else 1)
            room = self.width() if stacked else start
            title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room - 6)
            self._text(painter, QRectF(0, top, room, line), title, right=False)
            top += line if stacked else 0
            self._text(painter, QRectF(self.width() - end, top, end, line), row.text, right=True)
            self._bar(painter, QRectF(start, top, self.width() - start - end, line), row)
        painter.end()

    def _text(self, painter: QPainter, where: QRectF, text: str, right: bool) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _bar(self, painter: QPainter, where: QRectF, row: BarRow) -> None:
        track = paint_bar(painter, where, row, self.palette())
        if row.low is not None and row.high is not None:
            ends = [
                track.left() + track.width() * min(max(end, 0.0), 1.0)
                for end in (row.low, row.high)
            ]
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.WindowText), 1))
            middle = round(track.center().y())
            painter.drawLine(round(ends[0]), middle, round(ends[1]), middle)
            for x in ends:
                painter.drawLine(round(x), middle - 3, round(x), middle + 3)
        if row.mark is not None and row.mark == row.mark:
            x = track.left() + track.width() * min(max(row.mark, 0.0), 1.0)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawLine(round(x), round(track.top() - 3), round(x), round(track.bottom() + 3))
