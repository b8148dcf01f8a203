"""Heat maps of the layers side by side, each with its biases and a line about its updates.

Titles and colour bars are kept as a picture and painted anew only when they change; a frame
draws the maps and the lines about updates over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import Texts
from visualiser.ui.views.colour_bar import paint_colour_bar
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.weights_map import HeatPicture, SteppedLimit, diverging_colours

_WIDEST_CELL = 46
"""Pixels of a cell at most, at the usual size of text: few weights need not fill a wall."""
_TEXT_LINES = 2.6
"""Lines that the title above a map and the colour bar below it take."""
_LEAST_WIDE, _LEAST_HIGH = 7.5, 8.0
"""Lines that a map of many takes at least with what stands around it, to be read."""


@dataclass(frozen=True)
class LayerMap:
    """What is drawn of one layer.

    Attributes:
        title: above the map; `short_title` where that has no room.
        note: a line about its updates; `short_note` where that has no room.
        weight: (rows, columns); a row belongs to a neuron or a filter.
        bias: (rows,).
    """

    title: str
    short_title: str
    note: str
    short_note: str
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
        self.note_box = QRectF()


class WeightsCanvas(QWidget):
    """Draws LayerMaps; knows nothing of snapshots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._palette = LIGHT
        self._texts = Texts(self.font())
        self._colours = diverging_colours(LIGHT)
        self._layers: Sequence[LayerMap] = ()
        self._panels: list[_Panel] = []
        self._ground = KeptDrawing(self, self._paint_ground)
        self._ground.set_ground(LIGHT.card)

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(9 * line, 7 * line)

    def fitting(self) -> int:
        """How many maps stand in rows and columns, each with its texts; one at least."""
        line = self.fontMetrics().height()
        columns = max(int(self.width() / (_LEAST_WIDE * line)), 1)
        return columns * max(int(self.height() / (_LEAST_HIGH * line)), 1)

    @property
    def limits(self) -> tuple[float, ...]:
        """Where the colours of each layer end."""
        return tuple(panel.limit.value for panel in self._panels)

    def clear(self) -> None:
        """Forget the layers and their colour limits."""
        self._layers = ()
        self._panels = []
        self._follow()

    def show_layers(self, layers: Sequence[LayerMap]) -> None:
        """Draw these; colours change their meaning in steps, not with every frame."""
        if len(layers) != len(self._panels):
            self._panels = [_Panel() for _ in layers]
        self._layers = layers
        for layer, panel in zip(layers, self._panels, strict=True):
            limit = panel.limit.follow(layer.weight)
            panel.weight.show(layer.weight, -limit, limit, self._colours)
            panel.bias.show(layer.bias[:, None], -limit, limit, self._colours)
        self._follow()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._colours = diverging_colours(palette)
        self._ground.set_ground(palette.card)
        if self._layers:
            self.show_layers(self._layers)

    def _follow(self) -> None:
        self._ground.show(
            (tuple((layer.title, layer.weight.shape) for layer in self._layers), self.limits)
        )
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

    def note_at(self, place: QPointF) -> int | None:
        """The layer whose note below its map is under a point."""
        for index, panel in enumerate(self._panels):
            below = QRectF(panel.box)
            below.setTop(panel.map_box.bottom() + 1)
            below.setHeight(1.3 * self.fontMetrics().height())
            if below.contains(place):
                return index
        return None

    def pooled_blocks(self, layer: int) -> tuple[int, int]:
        """Rows and columns of weights that one cell of a layer's map is the mean of."""
        return self._panels[layer].weight.blocks

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground.draw(painter)
        for layer, panel in zip(self._layers, self._panels, strict=True):
            panel.weight.paint(painter, panel.map_box)
            panel.bias.paint(painter, panel.bias_box)
            self._paint_note(painter, layer, panel.note_box)
        painter.end()

    def _paint_note(self, painter: QPainter, layer: LayerMap, box: QRectF) -> None:
        fits = self._texts.width(layer.note) <= box.width()
        note = layer.note if fits else layer.short_note
        if self._texts.width(note) > box.width():
            return  # half a number would be another one; the pointer reads the whole
        colour = self._palette.spoiled if layer.alarming else self._palette.muted
        self._texts.draw(painter, note, box.left(), box.top(), QColor(colour))

    def _paint_ground(self, painter: QPainter) -> None:
        self._texts = Texts(self.font())
        self.lay_out()
        for layer, panel in zip(self._layers, self._panels, strict=True):
            self._paint_texts(painter, layer, panel)
        if not self._layers:
            text = self.tr("Weights appear here with the first look at the model.")
            paint_empty(painter, QRectF(self.rect()), text, self._palette)

    def lay_out(self) -> None:
        """Give each layer its place: side by side, in as many rows as fit best."""
        count = len(self._panels)
        if not count:
            return
        line = QFontMetricsF(self.font()).height()
        gap = 1.2 * line
        columns = self._best_columns(count, line, gap)
        rows = -(-count // columns)
        height = self._row_height(rows, gap)
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

    def _best_columns(self, count: int, line: float, gap: float) -> int:
        """Those in which maps are as high as possible, and wide enough for their titles."""

        def room(columns: int) -> float:
            rows = -(-count // columns)
            width = (self.width() - gap * (columns - 1)) / columns
            return min(self._row_height(rows, gap) - _TEXT_LINES * line, 0.4 * width)

        # Columns that leave the last row as full as the others.
        return max({-(-count // rows) for rows in range(1, count + 1)}, key=room)

    def _row_height(self, rows: int, gap: float) -> float:
        return (self.height() - 0.6 * gap * (rows - 1)) / rows

    def _lay_out_panel(self, panel: _Panel, shape: tuple[int, ...], line: float) -> None:
        strip, thin = round(0.7 * line), round(0.25 * line)
        box = panel.box
        # From whole pixel to whole pixel, or the edges of cells are blurred.
        left, top = round(box.left()), round(box.top() + 1.35 * line)
        width = box.width() - strip - thin
        height = box.height() - _TEXT_LINES * line
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
        bold_metrics = QFontMetricsF(bold)
        title = layer.title
        if bold_metrics.horizontalAdvance(title) > box.width():
            title = layer.short_title  # the matrix of a layer is named at its end
            title = bold_metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), title)
        painter.setFont(font)
        self._paint_pooling(painter, panel, bold_metrics.horizontalAdvance(title + "0"), metrics)
        base = panel.map_box.bottom() + 0.2 * metrics.height() + metrics.ascent()
        start = QPointF(box.left(), base)
        used = paint_colour_bar(painter, start, panel.limit.value, metrics, palette, box.width())
        top = base - metrics.ascent()
        panel.note_box = QRectF(box.left() + used, top, box.width() - used, metrics.height())

    def _paint_pooling(
        self, painter: QPainter, panel: _Panel, used: float, metrics: QFontMetricsF
    ) -> None:
        """Beside the title, that cells are means where the layer is too large for one each."""
        if panel.weight.blocks == (1, 1):
            return
        rows, columns = panel.weight.blocks
        text = self.tr("a cell is the mean of {rows} × {columns}")
        text = text.format(rows=rows, columns=columns)
        if metrics.horizontalAdvance(text) > panel.box.width() - used:
            return  # the pointer says it of the cell
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(QPointF(panel.box.left() + used, panel.box.top() + metrics.ascent()), text)
