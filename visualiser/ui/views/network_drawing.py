"""Draws a network of dense layers: lines for weights, nodes for neurons, rings for biases."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from visualiser.core.data.dataset import FloatArray
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import Palette, category_colour, diverging_map
from visualiser.ui.views.network_graph import Edges, PlacedColumn
from visualiser.ui.views.network_nodes import node_pictures

FULL_WEIGHT = 5.0
"""Weights of this size and more have the widest line."""
FULL_COLOUR = 1.0
"""Weights and biases of this size and more have the full colour."""

_LEVELS = 40
"""Steps of width and colour from no weight to a full one."""


def edge_width(weight: float) -> float:
    """1 to 10 pixels for |weight| 0 to 5."""
    return 1 + 9 * min(abs(weight) / FULL_WEIGHT, 1.0)


@dataclass(frozen=True)
class ColumnText:
    """What is written about a column.

    Attributes:
        titles: above it; longest first, for lack of room.
        names: beside its nodes.
        more: below the last node, how many are not drawn; longest first.
    """

    titles: tuple[str, ...]
    names: tuple[str, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class NetworkDrawing:
    """One snapshot of a network, drawn by `paint` on a painter of `width`."""

    columns: tuple[PlacedColumn, ...]
    edges: Edges
    texts: tuple[ColumnText, ...]
    snapshot: Snapshot
    palette: Palette
    width: float

    def paint(self, painter: QPainter) -> None:
        """Lines first, nodes over them, words last."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._draw_block_lines(painter)
        self._draw_edges(painter)
        pictures = node_pictures(self.columns, self.snapshot, self.palette)
        for number, column in enumerate(self.columns):
            for node in range(column.shown):
                self._draw_node(painter, column, node, pictures.get((number, node)))
                if column.column.layer is not None:
                    bias = float(self.snapshot.layers[column.column.layer].bias[node])
                    self._draw_bias(painter, column, node, bias)
            self._write_title(painter, number)
            self._write_names(painter, number)

    def _draw_block_lines(self, painter: QPainter) -> None:
        first = self.columns[0]
        if not first.column.block:
            return
        painter.setPen(QPen(QColor(self.palette.border), 1.5))
        for y in self.columns[1].ys:
            start = QPointF(first.x + first.radius, float(first.ys[0]))
            painter.drawLine(start, QPointF(self.columns[1].x - self.columns[1].radius, y))

    def _draw_edges(self, painter: QPainter) -> None:
        """Strong weights over weak ones; one that is no number is a dotted line."""
        weights = self._edge_weights()
        known = np.isfinite(weights)
        size = np.minimum(np.abs(np.where(known, weights, 0)) / FULL_WEIGHT, 1)
        # Lines of nearly one width and colour are drawn together: a pen for each line takes longer
        # than the line. The root keeps small weights apart.
        levels = np.round(_LEVELS * np.sqrt(size)).astype(np.int64)
        codes = np.where(known, np.where(weights < 0, -levels, levels), _LEVELS + 1)
        order = np.lexsort((codes, np.abs(codes)))
        lines = [QLineF(*ends) for ends in self.edges.ends[order].tolist()]
        starts = np.flatnonzero(np.diff(codes[order], prepend=_LEVELS + 2))
        for start, end in pairwise([*starts.tolist(), len(lines)]):
            painter.setPen(self._pen(int(codes[order[start]])))
            painter.drawLines(lines[start:end])

    def _pen(self, code: int) -> QPen:
        if code > _LEVELS:
            return QPen(QColor(self.palette.danger), 1, Qt.PenStyle.DotLine)
        weight = FULL_WEIGHT * (code / _LEVELS) ** 2
        pen = QPen(self._colour(weight if code > 0 else -weight), edge_width(weight))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _edge_weights(self) -> FloatArray:
        edges = self.edges
        weights = np.empty(len(edges.ends), dtype=np.float32)
        for layer, state in enumerate(self.snapshot.layers):
            mine = edges.layer == layer
            weights[mine] = state.weight[edges.target[mine], edges.source[mine]]
        return weights

    def _colour(self, value: float) -> QColor:
        share = min(max(value / FULL_COLOUR, -1.0), 1.0)
        red, green, blue = diverging_map(self.palette)[round(127.5 * (1 + share))].tolist()
        return QColor(red, green, blue)

    def _draw_node(
        self, painter: QPainter, column: PlacedColumn, node: int, picture: QImage | None
    ) -> None:
        radius = column.radius
        box = QRectF(column.x - radius, column.ys[node] - radius, 2 * radius, 2 * radius)
        corner = radius if picture is None and not column.column.block else 4.0
        painter.setPen(QPen(QColor(self.palette.muted), 1))
        painter.setBrush(QColor(self.palette.sunken))
        if picture is not None:
            shape = QPainterPath()
            shape.addRoundedRect(box, corner, corner)
            painter.save()
            painter.setClipPath(shape)
            painter.drawImage(box, picture)
            painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, corner, corner)

    def _draw_bias(self, painter: QPainter, column: PlacedColumn, node: int, bias: float) -> None:
        """A small ring at the lower left of the neuron."""
        size = min(max(2.5, 0.24 * column.radius), 4.0)
        middle = QPointF(column.x - 0.8 * column.radius, column.ys[node] + 0.8 * column.radius)
        colour = self._colour(bias) if isfinite(bias) else QColor(self.palette.danger)
        painter.setBrush(QColor(self.palette.card))
        painter.setPen(QPen(QColor(self.palette.muted), 1 + 0.4 * size))
        painter.drawEllipse(middle, size, size)
        painter.setPen(
            QPen(colour if isfinite(bias) else QColor(self.palette.danger), 0.4 * size + 1)
        )
        painter.drawEllipse(middle, size, size)

    def _write_title(self, painter: QPainter, number: int) -> None:
        """What the column is, above it, and how many nodes are not drawn, below."""
        column, text = self.columns[number], self.texts[number]
        line = painter.fontMetrics().height()
        half = (self.columns[1].x - self.columns[0].x) / 2
        first, last = number == 0, number == len(self.columns) - 1
        left = 0.0 if first else column.x - 0.88 * half
        right = self.width if last else column.x + 0.88 * half
        align = Qt.AlignmentFlag.AlignHCenter
        if first or last:
            align = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(self.palette.muted))
        _write(painter, QRectF(left, 0, right - left, line), align, *text.titles)
        if column.more_y is not None:
            below = QRectF(column.x - half, column.more_y - line / 2, 2 * half, line)
            _write(painter, below, Qt.AlignmentFlag.AlignHCenter, *text.more)

    def _write_names(self, painter: QPainter, number: int) -> None:
        """Names of the nodes, left of the inputs and right of the answers."""
        column, names = self.columns[number], self.texts[number].names
        line, gap = painter.fontMetrics().height(), column.radius + 6
        first = number == 0
        start, end = (0.0, column.x - gap) if first else (column.x + gap, self.width)
        align = Qt.AlignmentFlag.AlignRight if first else Qt.AlignmentFlag.AlignLeft
        for node, (name, y) in enumerate(zip(names, column.ys, strict=False)):
            box = QRectF(start, y - line / 2, end - start, line)
            if not first and column.column.count > 1:
                bar = QRectF(start, y - line / 3, 3, 2 * line / 3)
                painter.fillRect(bar, QColor(category_colour(node)))
                box.adjust(7, 0, 0, 0)
            painter.setPen(QColor(self.palette.text))
            _write(painter, box, align, name)


def _write(painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, *texts: str) -> None:
    """Write the first text that fits; the last one is shortened if need be."""
    metrics, room = painter.fontMetrics(), int(box.width()) + 1
    fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
    last = metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter), next(fitting, last))
