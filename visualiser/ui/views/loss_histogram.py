"""How the losses of rows that were learnt from, and of rows never seen, spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from visualiser.core.numerals import numeral, share_text
from visualiser.ui.views.axes import log_ticks
from visualiser.ui.views.scatter_frame import Frame, Ticks, Values, paint_axes
from visualiser.ui.views.walked_plot import WalkedPlot

_BINS = 36
_FLOOR = -5.0
"""Exponent of ten of the smallest loss told apart: a probability of 0.99999 of what is true."""
_LEAST_SPAN = 2.0


@dataclass(frozen=True)
class LossKind:
    """Rows that are drawn together.

    Attributes:
        title: as in the legend.
        colour: of the palette.
        filled: drawn as an area and not as a line.
        stroke: of the line.
    """

    title: str
    colour: str
    filled: bool
    stroke: Qt.PenStyle = Qt.PenStyle.SolidLine


class LossHistogram(WalkedPlot):
    """Shares of each kind of rows in bins of the logarithm of their loss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[LossKind, ...] = ()
        self._shares: tuple[Values, ...] = ()
        self._low, self._high, self._top = _FLOOR, 1.0, 0.1
        self._title = ""
        self.setAccessibleName(self.tr("Losses of rows learnt from and of rows never seen"))

    @property
    def kinds(self) -> tuple[LossKind, ...]:
        """What is drawn."""
        return self._kinds

    @property
    def shares(self) -> tuple[Values, ...]:
        """For each kind the share of its rows in each bin."""
        return self._shares

    @property
    def places(self) -> int:
        return _BINS if self._kinds else 0

    def show_losses(
        self, kinds: tuple[tuple[LossKind, NDArray[np.float64]], ...], title: str
    ) -> None:
        """Draw the finite losses of each kind; `title` is what stands below the axis."""
        logs = [_exponents(losses) for _, losses in kinds]
        together = np.concatenate(logs)
        if not len(together):
            self.show_nothing(self.tr("The losses are no numbers any more: the run has diverged."))
            return
        self._title = title
        self._fit(float(together.min()), float(together.max()))
        edges = self._edges()
        self._kinds = tuple(kind for kind, _ in kinds)
        self._shares = tuple(np.histogram(log, edges)[0] / max(len(log), 1) for log in logs)
        highest = max(float(share.max()) for share in self._shares)
        if not 0.4 * self._top < highest <= self._top:
            self._top = 1.15 * highest
        self._follow()

    def show_nothing(self, why: str) -> None:
        self._kinds, self._shares = (), ()
        self._low, self._high, self._top = _FLOOR, 1.0, 0.1
        super().show_nothing(why)

    def _fit(self, low: float, high: float) -> None:
        """The axis moves in whole powers of ten, and is never too short."""
        self._high = float(np.ceil(high + 1e-9))
        self._low = min(float(np.floor(low)), self._high - _LEAST_SPAN)

    def _edges(self) -> Values:
        return np.linspace(self._low, self._high, _BINS + 1)

    def told(self, place: int) -> str:
        low, high = 10.0 ** self._edges()[place : place + 2]
        first = self.tr("Loss of {low} to {high}:")
        if place == 0 and self._low <= _FLOOR:
            first = self.tr("Loss of {high} at most:")
        lines = [first.format(low=numeral(low, 2), high=numeral(high, 2))]
        for kind, shares in zip(self._kinds, self._shares, strict=True):
            lines.append(f"{kind.title}: {share_text(float(shares[place]))}")
        return "\n".join(lines)

    def place_at(self, point: QPointF) -> int | None:
        frame = self._frame()
        if not frame.box.contains(point):
            return None
        across = (point.x() - frame.box.left()) / frame.box.width()
        return min(int(across * _BINS), _BINS - 1)

    def _frame(self) -> Frame:
        metrics = self.fontMetrics()
        line = metrics.height()
        left = metrics.horizontalAdvance("00 %") + line + 14
        box = QRectF(self.rect()).adjusted(left, 0.6 * line, -0.8 * line, -2.4 * line)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 30, 20).size()))
        return Frame(box, (self._low, self._high), (0.0, self._top))

    def paint(self, painter: QPainter, marked: int | None) -> None:
        frame, metrics = self._frame(), painter.fontMetrics()
        if marked is not None:
            left, right = (frame.point(x, 0).x() for x in self._edges()[marked : marked + 2])
            strip = QRectF(left, frame.box.top(), right - left, frame.box.height())
            painter.fillRect(strip, QColor(self._palette.sunken))
        wide = metrics.horizontalAdvance("0.00001") + 12
        ticks = log_ticks(self._low, self._high, max(2, int(frame.box.width() / wide)))
        below: Ticks = tuple((tick, numeral(10.0**tick, 2)) for tick in ticks.tolist())
        step = next((s for s in (0.05, 0.1, 0.2, 0.5) if self._top / s <= 4), 1.0)
        up: Ticks = tuple(
            (tick, share_text(tick)) for tick in np.arange(0, self._top, step).tolist()
        )
        room = metrics.horizontalAdvance("00 %") + 10
        paint_axes(painter, frame, self._palette, (self._title, self.tr("rows")), room, below, up)
        for kind, shares in zip(self._kinds, self._shares, strict=True):
            self._paint_kind(painter, frame, kind, shares)

    def _paint_kind(self, painter: QPainter, frame: Frame, kind: LossKind, shares: Values) -> None:
        """As steps."""
        edges, ink = self._edges(), QColor(getattr(self._palette, kind.colour))
        across, up = np.repeat(edges, 2), np.concatenate([[0], np.repeat(shares, 2), [0]])
        outline = QPolygonF(
            [frame.point(float(x), float(y)) for x, y in zip(across, up, strict=True)]
        )
        if kind.filled:
            painter.setOpacity(0.35)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawPolygon(outline)
            painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.2 if kind.filled else 2, kind.stroke))
        painter.drawPolyline(outline)


def _exponents(losses: NDArray[np.float64]) -> Values:
    """Powers of ten of the finite losses, none below the smallest that is told apart."""
    finite = losses[np.isfinite(losses)]
    return np.asarray(np.log10(np.maximum(finite, 10.0**_FLOOR)), dtype=np.float64)
