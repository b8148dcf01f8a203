"""Heat maps of the layers side by side, each with its biases and a line about its updates.

Texts, frames and the colour bar are kept as a picture and painted anew only when they change;
a frame draws the maps over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.weights_map import HeatPicture, SteppedLimit, diverging_colours

_WIDEST_CELL = 46
"""Pixels of a cell at most, at the usual size of text: few weights need not fill a wall."""


@dataclass(frozen=True)
class LayerMap:
    """What is drawn of one layer.

    Attributes:
        weight: (rows, columns); a row belongs to a neuron or a filter.
        bias: (rows,).
    """

    title: str
    note: str
    alarming: bool
    weight: FloatArray
    bias: FloatArray


@dataclass(frozen=True)
class Cell:
    """A weight under the pointer, or a bias, where `column` is −1."""

    layer: int
    row: int
    column: int


class _Panel:
    """The pictures of one layer, and where they stand."""

    def __init__(self) -> None:
        self.limit = SteppedLimit()
        self.weight = HeatPicture()
        self.bias = HeatPicture()
        self.box = QRectF()
        self.map_box = QRectF()
        self.bias_box = QRectF()


class WeightsCanvas(QWidget):
    """Draws LayerMaps; knows nothing of snapshots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._palette = LIGHT
        self._colours = diverging_colours(LIGHT)
        self._layers: Sequence[LayerMap] = ()
        self._panels: list[_Panel] = []
        self._ground = QPixmap()
        self._ground_of: object = None

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(12 * line, 7 * line)

    @property
    def limits(self) -> tuple[float, ...]:
        """Where the colours of each layer end."""
        return tuple(panel.limit.value for panel in self._panels)

    def clear(self) -> None:
        """Forget the layers and their colour limits."""
        self._layers = ()
        self._panels = []
        self.update()

    def show_layers(self, layers: Sequence[LayerMap]) -> None:
        """Draw these; colours change their meaning in steps, not with every frame."""
        if len(layers) != len(self._panels):
            self._panels = [_Panel() for _ in layers]
        self._layers = layers
        for layer, panel in zip(layers, self._panels, strict=True):
            limit = panel.limit.follow(layer.weight)
            panel.weight.show(layer.weight, -limit, limit, self._colours)
            panel.bias.show(layer.bias[:, None], -limit, limit, self._colours)
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._colours = diverging_colours(palette)
        if self._layers:
            self.show_layers(self._layers)
        self.update()

    def cell_at(self, place: QPointF) -> Cell | None:
        """The weight or bias under a point; in a pooled map the first of its block."""
        for index, (layer, panel) in enumerate(zip(self._layers, self._panels, strict=True)):
            rows, columns = layer.weight.shape
            for box, wide in ((panel.map_box, columns), (panel.bias_box, 0)):
                if not box.contains(place):
                    continue
                block_rows, block_columns = panel.weight.blocks
                cells_down = -(-rows // block_rows)
                row = int((place.y() - box.top()) / box.height() * cells_down) * block_rows
                if not wide:
                    return Cell(index, min(row, rows - 1), -1)
                cells_across = -(-columns // block_columns)
                across = int((place.x() - box.left()) / box.width() * cells_across)
                column = across * block_columns
                return Cell(index, min(row, rows - 1), min(column, columns - 1))
        return None

    def pooled_blocks(self, layer: int) -> tuple[int, int]:
        """Rows and columns of weights that one cell of a layer's map is the mean of."""
        return self._panels[layer].weight.blocks

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        ground_of = self._what_the_ground_shows()
        if ground_of != self._ground_of:
            self._ground_of = ground_of
            self._paint_ground()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        for panel in self._panels:
            panel.weight.paint(painter, panel.map_box)
            panel.bias.paint(painter, panel.bias_box)
        painter.end()

    def _what_the_ground_shows(self) -> object:
        layers = tuple(
            (layer.title, layer.note, layer.alarming, layer.weight.shape) for layer in self._layers
        )
        return (
            layers,
            self.limits,
            self.size(),
            self.devicePixelRatioF(),
            self.font().toString(),
            self._palette.name,
        )

    def _paint_ground(self) -> None:
        ratio = self.devicePixelRatioF()
        self._ground = QPixmap(self.size() * ratio)
        self._ground.setDevicePixelRatio(ratio)
        self._ground.fill(QColor(self._palette.card))
        painter = QPainter(self._ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.lay_out()
        for layer, panel in zip(self._layers, self._panels, strict=True):
            self._paint_texts(painter, layer, panel)
        if not self._layers:
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), int(flags), self._empty_text())
        painter.end()

    def _empty_text(self) -> str:
        return self.tr("Weights appear here as soon as the model is built.")

    def lay_out(self) -> None:
        """Give each layer its place: side by side, in as many rows as fit best."""
        count = len(self._panels)
        if not count:
            return
        line = QFontMetricsF(self.font()).height()
        gap = 1.2 * line
        columns = max(1, min(count, int((self.width() + gap) / (11 * line + gap))))
        rows = -(-count // columns)
        columns = -(-count // rows)
        height = (self.height() - gap * (rows - 1) * 0.6) / rows
        for start in range(0, count, columns):
            panels = self._panels[start : start + columns]
            shapes = [layer.weight.shape for layer in self._layers[start : start + columns]]
            shares = np.sqrt([min(max(shape[1], 16), 800) for shape in shapes])
            room = self.width() - gap * (len(panels) - 1)
            least = min(11 * line, room / len(panels))
            widths = least + (room - least * len(panels)) * shares / shares.sum()
            left, top = 0.0, (start // columns) * (height + 0.6 * gap)
            for panel, shape, width in zip(panels, shapes, widths.tolist(), strict=True):
                panel.box = QRectF(left, top, width, height)
                self._lay_out_panel(panel, shape, line)
                left += width + gap

    def _lay_out_panel(self, panel: _Panel, shape: tuple[int, ...], line: float) -> None:
        strip, thin = round(0.7 * line), round(0.25 * line)
        box = panel.box
        # From whole pixel to whole pixel, or the edges of cells are blurred.
        left, top = round(box.left()), round(box.top() + 1.35 * line)
        width = box.width() - strip - thin
        height = box.bottom() - top - 1.25 * line
        scale = line / 16
        width = round(min(width, shape[1] * _WIDEST_CELL * scale))
        height = round(max(min(height, shape[0] * _WIDEST_CELL * scale), 4))
        panel.map_box = QRectF(left, top, width, height)
        panel.bias_box = QRectF(left + width + thin, top, strip, height)

    def _paint_texts(self, painter: QPainter, layer: LayerMap, panel: _Panel) -> None:
        font, bold = self.font(), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        box, palette = panel.box, self._palette
        painter.setFont(bold)
        painter.setPen(QColor(palette.text))
        title = QFontMetricsF(bold).elidedText(
            layer.title, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), title)
        painter.setFont(font)
        base = panel.map_box.bottom() + 0.2 * metrics.height() + metrics.ascent()
        used = self._paint_colour_bar(painter, panel, base, metrics)
        room = box.right() - box.left() - used
        note = metrics.elidedText(layer.note, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(palette.spoiled if layer.alarming else palette.muted))
        painter.drawText(QPointF(box.left() + used, base), note)

    def _paint_colour_bar(
        self, painter: QPainter, panel: _Panel, base: float, metrics: QFontMetricsF
    ) -> float:
        """“−0.3 ▂▂▂ 0.3” at the left below the map; returns the width used."""
        limit = f"{panel.limit.value:g}"
        left = panel.box.left()
        painter.setPen(QColor(self._palette.muted))
        low = f"−{limit}"
        painter.drawText(QPointF(left, base), low)
        left += metrics.horizontalAdvance(low) + 0.3 * metrics.height()
        bar = QRectF(left, base - 0.62 * metrics.ascent(), 2.6 * metrics.height(), 0)
        bar.setHeight(0.5 * metrics.ascent())
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        middle = QColor(self._palette.diverging_middle)
        for place, colour in ((0, QColor(NEGATIVE)), (0.5, middle), (1, QColor(POSITIVE))):
            gradient.setColorAt(place, colour)
        painter.fillRect(bar, gradient)
        left = bar.right() + 0.3 * metrics.height()
        painter.drawText(QPointF(left, base), limit)
        return left + metrics.horizontalAdvance(limit + "00") - panel.box.left()
