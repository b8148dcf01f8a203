"""A plan as a picture: stretches of clean and of spoiled data along the run."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.corruption.recipe_text import ingredient_text
from visualiser.core.experiment import Edit, Spoiling
from visualiser.core.timeline import Unit
from visualiser.ui.palette import LIGHT, Palette


class TimelineBar(QWidget):
    """Draws what the data is like from the start to some time after the last change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._stretches: list[tuple[float, float, str]] = []
        self._begin, self._end, self._unit = 0.0, 1.0, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the data is like in the course of the run"))

    @property
    def stretches(self) -> tuple[tuple[float, float, str], ...]:
        """From where, to where, and what the data is spoiled with: “” where it is clean."""
        return tuple(self._stretches)

    def show_plan(self, spoiling: Spoiling, edits: tuple[Edit, ...], unit: Unit, now: int) -> None:
        """Show how the data changes from a spoiling on, from the epoch or step `now`."""
        times = [float(getattr(edit, unit)) for edit in edits]
        last = max(times, default=float(now))
        self._begin, self._end = float(now), last + max((last - now) / 3, 1.0)
        self._unit = self.tr("epoch") if unit == "epoch" else self.tr("step")
        begin, in_force = float(now), spoiling
        self._stretches = []
        for edit, at in zip(edits, times, strict=True):
            if edit.spoiling is None:
                continue
            self._stretches.append((begin, at, _words(in_force)))
            begin, in_force = at, edit.spoiling
        self._stretches.append((begin, self._end, _words(in_force)))
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, round(3.4 * self.fontMetrics().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, palette = self.fontMetrics(), self._palette
        band = 1.8 * metrics.height()
        scale = self.width() / (self._end - self._begin)
        for begin, end, words in self._stretches:
            rect = QRectF(
                (begin - self._begin) * scale + 1, 0, max((end - begin) * scale - 2, 1), band
            )
            colour = QColor(palette.spoiled if words else palette.accent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(rect, 5, 5)
            text = metrics.elidedText(
                words or self.tr("clean"), Qt.TextElideMode.ElideMiddle, int(rect.width() - 10)
            )
            painter.setPen(QColor(palette.on_accent))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(palette.muted))
        base, free_from = band + metrics.ascent() + 4, 0.0
        for begin, _, _ in self._stretches:
            text = f"{self._unit} {begin:,.0f}"
            left = (begin - self._begin) * scale
            if left >= free_from:
                painter.drawText(QPointF(left + 1, base), text)
                free_from = left + metrics.horizontalAdvance(text) + 8
        painter.end()


def _words(spoiling: Spoiling) -> str:
    return ", ".join(map(ingredient_text, spoiling.corruptions))
