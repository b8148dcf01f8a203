"""Brushes with which the user paints points into the plane of a plot, and erases them."""

from collections.abc import Iterable
from math import hypot

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QLabel, QToolButton, QWidget

from visualiser.core.data.painted import PAINTED
from visualiser.core.data.painted_points import PaintedPoint, Points, painted_point
from visualiser.core.data.strokes import painted_in, stroke_between
from visualiser.core.experiment import DatasetConfig
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.boundary_plot import BoundaryPlot
from visualiser.ui.views.paint_layer import PaintLayer, distance
from visualiser.ui.widgets.flow_layout import FlowLayout

NO_BRUSH, RUBBER = -1, -2
MOST_PAINTED = 3_000
"""Where there are so many points brushes stop: more hide each other, and strokes get slow."""
_APART = 9.0
"""Pixels between the points of a stroke."""
_RUBBED = 12.0
"""Pixels around the pointer that are erased."""
_ICON = 24


class PaintBox(QWidget):
    """A brush for each class and a rubber; none is taken up at first.

    A stroke is seen at once, and becomes data where the button is let go. Strokes that follow
    each other faster than the run takes them are added up, and so are those after a stroke that
    was refused because it left too little.

    Attributes:
        layer: over the plot, where the strokes are made.

    Signals:
        painted: a DatasetConfig with all points there are now.
    """

    painted = Signal(object)

    def __init__(self, plot: BoundaryPlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot = plot
        self._info: RunInfo | None = None
        self._before: Points = ()
        self._points: list[PaintedPoint] | None = None
        self._asked: list[Points] = []
        self._drawing = False
        self._last: QPointF | None = None
        self._row = FlowLayout(gap=4)
        self.setLayout(self._row)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self._take_up)
        self._title = QLabel(self.tr("Paint"))
        self._title.setProperty("role", "muted")
        self._row.addWidget(self._title)
        self.brushes: list[QToolButton] = []
        self.rubber = self._button(self.tr("Erase"), RUBBER)
        self.rubber.setToolTip(self.tr("Press or drag over points to take them away."))
        self.layer = PaintLayer(plot)
        self.layer.stroked.connect(self._stroke)
        self.layer.lifted.connect(self._finish)

    @property
    def brush(self) -> int:
        """The class that is painted, or RUBBER, or NO_BRUSH."""
        chosen = [button for button in (*self.brushes, self.rubber) if button.isChecked()]
        return self._group.id(chosen[0]) if chosen else NO_BRUSH

    def start_run(self, info: RunInfo) -> None:
        """The points of this run are what is painted on."""
        old, self._info = self._info, info
        self._take_over(info)
        if old is None or old.dataset.class_names != info.dataset.class_names:
            self._offer(info.dataset.class_names)
        self._allow(len(info.dataset))

    def _take_over(self, info: RunInfo) -> None:
        """Strokes that the run has taken are data now; later ones are still to come."""
        there = points_of(info) if self._asked else ()
        ours = there in self._asked
        self._asked = self._asked[self._asked.index(there) + 1 :] if ours else []
        if self._asked or (ours and self._drawing):
            self._before = there
        else:
            self._points, self._last = None, None
        self._show()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.layer.apply_palette(palette)

    def _offer(self, names: Iterable[str]) -> None:
        for button in self.brushes:
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        self._row.removeWidget(self.rubber)
        self.rubber.setChecked(False)
        self.brushes = [self._button(name, code) for code, name in enumerate(names)]
        for code, button in enumerate(self.brushes):
            button.setIcon(_dot(category_colour(code)))
            button.setIconSize(QSize(_ICON // 2, _ICON // 2))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            words = self.tr("Paint points of class {name}")
            button.setAccessibleName(words.format(name=button.text()))
        self._row.addWidget(self.rubber)

    def _allow(self, count: int) -> None:
        """Brushes are greyed where there are points enough, and say so; the rubber never is."""
        full = count >= MOST_PAINTED
        tip = self.tr("Press or drag in the plane to paint points of class {name}.")
        if full:
            tip = self.tr(
                "There are {count:,} points, and brushes stop at {most:,}: erase some first."
            )
        for button in self.brushes:
            button.setEnabled(not full)
            button.setChecked(button.isChecked() and not full)
            words = tip.format(name=button.text(), count=count, most=MOST_PAINTED)
            button.setToolTip(words)
        self.layer.setVisible(self.brush != NO_BRUSH)

    def _button(self, text: str, code: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(text)
        button.setCheckable(True)
        button.setProperty("role", "flat")
        self._group.addButton(button, code)
        self._row.addWidget(button)
        return button

    def _take_up(self, code: int) -> None:
        """One brush at most; a second click lays it down, and the pointer reads values again."""
        for button in (*self.brushes, self.rubber):
            if self._group.id(button) != code:
                button.setChecked(False)
        self.layer.setVisible(self.brush != NO_BRUSH)

    def _stroke(self, place: QPointF) -> None:
        numbers = self._plot.numbers_at(place)
        if self._info is None or numbers is None:
            return
        self._drawing = True
        if self._points is None:
            self._before = points_of(self._info)
            self._points = list(self._before)
        if self.brush == RUBBER:
            reach = _RUBBED / distance(self._plot.place_of(1, 0), self._plot.place_of(0, 0))
            x, y = numbers
            self._points = [p for p in self._points if hypot(p.x1 - x, p.x2 - y) > reach]
        elif self._last is None or distance(place, self._last) >= _APART:
            self._paint(painted_point(*numbers, self.brush), place)
        self._show()

    def _paint(self, point: PaintedPoint, place: QPointF) -> None:
        assert self._points is not None
        if len(self._points) < MOST_PAINTED:
            self._points.append(point)
            self._last = place

    def _show(self) -> None:
        if self._points is None:
            self.layer.show_strokes((), ())
        else:
            stroke = stroke_between(self._before, self._points)
            self.layer.show_strokes(stroke.added, [self._before[at] for at in stroke.erased])

    def _finish(self) -> None:
        self._drawing, self._last = False, None
        if self._points is None or self._info is None:
            return
        wanted = tuple(self._points)
        if wanted == (self._asked[-1] if self._asked else self._before):
            return
        self._asked.append(wanted)
        options = {
            "classes": self._info.dataset.class_count,
            "points": [list(point) for point in wanted],
        }
        encoding = self._info.experiment.dataset.encoding
        self.painted.emit(DatasetConfig(name=PAINTED, options=options, encoding=encoding))


def points_of(info: RunInfo) -> Points:
    """The clean points of a run's data set, as they would have been painted."""
    dataset = info.experiment.dataset
    if dataset.name == PAINTED:
        return painted_in(dataset)
    places = np.asarray(info.dataset.features, dtype=np.float64)
    labels = info.dataset.labels.tolist()
    return tuple(painted_point(x, y, label) for (x, y), label in zip(places, labels, strict=True))


def _dot(colour: str) -> QIcon:
    picture = QPixmap(_ICON, _ICON)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(2, 2, _ICON - 4, _ICON - 4)
    painter.end()
    return QIcon(picture)
