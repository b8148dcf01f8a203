"""Paints a network of dense layers and reads its weights under the pointer."""

from math import isfinite

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.training.snapshot import LayerState, RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.network_drawing import ColumnText, NetworkDrawing, edge_width
from visualiser.ui.views.network_graph import (
    Column,
    Edges,
    PlacedColumn,
    columns_of,
    edges_between,
    place_columns,
)

_NEAR = 4.0


class NetworkPicture(QWidget):
    """Draws each snapshot once, and marks what is under the pointer over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._columns: tuple[PlacedColumn, ...] = ()
        self._edges = edges_between(())
        self._drawing = KeptDrawing(self, self._paint)
        self._marked: tuple[int, int] | int | None = None
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Network"))
        self.setToolTip(self.tr("The neurons and their connections; point at one to read it."))

    def sizeHint(self) -> QSize:
        return QSize(600, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info, self._snapshot, self._marked = info, None, None
        self._arrange()
        self._drawing.forget()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the weights of this step."""
        self._snapshot = snapshot
        self.hover.refresh()
        self._drawing.forget()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._drawing.forget()

    @property
    def edges(self) -> Edges:
        """The lines drawn."""
        return self._edges

    @property
    def columns(self) -> tuple[PlacedColumn, ...]:
        """The nodes drawn."""
        return self._columns

    def _arrange(self) -> None:
        """Find the places of nodes and lines; they depend on the run and the size alone."""
        self._columns, self._edges = (), edges_between(())
        if self._info is None:
            return
        line = float(self.fontMetrics().height())
        columns = columns_of(self._info)
        left, right = self._margin(columns[0]), self._margin(columns[-1])
        area = QRectF(left, 1.4 * line, self.width() - left - right, self.height() - 1.6 * line)
        if area.width() > 0 and area.height() > 0:
            self._columns = place_columns(columns, area, line)
            self._edges = edges_between(self._columns)

    def _margin(self, column: Column) -> float:
        """Room beside an end column for the names of its nodes and half a node."""
        if column.block:
            return 48.0
        names = column.names[:16]
        widest = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        return float(min(widest, 0.2 * self.width())) + 34

    def read(self, place: QPointF) -> str:
        """The node or the weight at `place`, in one sentence."""
        self._marked, text = None, ""
        if self._snapshot is not None and self._snapshot.layers:
            text = self._read_node(place) or self._read_edge(place)
        self.update()
        return text

    def _read_node(self, place: QPointF) -> str:
        for number, column in enumerate(self._columns):
            for node, y in enumerate(column.ys):
                reach = max(column.radius, _NEAR + 2)
                if abs(place.x() - column.x) <= reach and abs(place.y() - y) <= reach:
                    self._marked = number, node
                    return self._node_sentence(number, node)
        return ""

    def _node_sentence(self, number: int, node: int) -> str:
        column = self._columns[number].column
        if column.block:
            return self.tr("The picture: {count:,} pixels, each an input of every neuron.").format(
                count=column.count
            )
        name = self._node_name(number, node)
        if column.layer is None:
            return self.tr("Input: {name}.").format(name=name)
        state, twin = self._states(column.layer)
        text = self.tr("{name}: bias {value}").format(name=name, value=_number(state.bias[node]))
        return self._with_twin(text, None if twin is None else twin.bias[node])

    def _read_edge(self, place: QPointF) -> str:
        edges = self._edges
        found, distance = edges.nearest(place.x(), place.y())
        if found < 0:
            return ""
        layer, source, target = (
            int(part[found]) for part in (edges.layer, edges.source, edges.target)
        )
        state, twin = self._states(layer)
        weight = float(state.weight[target, source])
        if distance > max(edge_width(weight) / 2, _NEAR):
            return ""
        self._marked = found
        text = self.tr("Weight from {source} to {target}: {value}").format(
            source=self._node_name(layer, source),
            target=self._node_name(layer + 1, target),
            value=_number(weight),
        )
        return self._with_twin(text, None if twin is None else twin.weight[target, source])

    def _with_twin(self, text: str, value: float | None) -> str:
        if value is None:
            return f"{text}."
        return self.tr("{text} (clean twin {value}).").format(text=text, value=_number(value))

    def _states(self, layer: int) -> tuple[LayerState, LayerState | None]:
        """The layer in the student, and in the twin where that is another model."""
        assert self._snapshot is not None
        snapshot = self._snapshot
        twin = (
            snapshot.twin_layers[layer] if snapshot.twin_differs and snapshot.twin_layers else None
        )
        return snapshot.layers[layer], twin

    def _node_name(self, number: int, node: int) -> str:
        column = self._columns[number].column
        if column.names:
            return column.names[node]
        if number == 0:
            return self.tr("input {number}").format(number=node + 1)
        return self.tr("neuron {number} of layer {layer}").format(number=node + 1, layer=number)

    def resizeEvent(self, event: object) -> None:
        self._drawing.forget()
        self._arrange()

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._drawing.forget()
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._snapshot is None or not self._snapshot.layers:
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self.tr("The network appears in a moment."))
        else:
            self._drawing.draw(painter)
            self._paint_mark(painter)
        painter.end()

    def _paint_mark(self, painter: QPainter) -> None:
        """Outline what is under the pointer."""
        painter.setPen(QPen(QColor(self._palette.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if isinstance(self._marked, tuple):
            number, node = self._marked
            column = self._columns[number]
            side = column.radius + 2
            painter.drawRoundedRect(
                QRectF(column.x - side, column.ys[node] - side, 2 * side, 2 * side), 5, 5
            )
        elif self._marked is not None:
            painter.drawLine(QLineF(*self._edges.ends[self._marked].tolist()))

    def _paint(self, painter: QPainter) -> None:
        assert self._snapshot is not None
        texts = tuple(self._text_of(number) for number in range(len(self._columns)))
        drawing = NetworkDrawing(
            self._columns, self._edges, texts, self._snapshot, self._palette, self.width()
        )
        if self._columns:
            drawing.paint(painter)

    def _text_of(self, number: int) -> ColumnText:
        column = self._columns[number]
        left_out = column.column.count - column.shown
        more = self.tr("… {count:,} more").format(count=left_out), f"+{left_out:,}"
        names: tuple[str, ...] = ()
        if not column.column.block and number in (0, len(self._columns) - 1):
            names = tuple(self._node_name(number, node) for node in range(column.shown))
        return ColumnText(self._titles(number), names, more)

    def _titles(self, number: int) -> tuple[str, ...]:
        """What the column is, the longest words first."""
        column = self._columns[number].column
        if column.block:
            return self.tr("{count:,} pixels").format(count=column.count), f"{column.count:,}"
        if number == 0:
            return self.tr("inputs"), self.tr("in")
        if number == len(self._columns) - 1:
            answer = self.tr("answers") if column.count > 1 else self.tr("answer")
            return answer, self.tr("out")
        layer = self.tr("layer {number}").format(number=number)
        return f"{layer}: {column.count:,}", layer, f"{column.count:,}"


def _number(value: float) -> str:
    return f"{value:.2g}".replace("-", "−") if isfinite(value) else "NaN"
