"""The plane of 2-D data: what a model answers everywhere, and the points it is shown."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.numerals import probability_text
from visualiser.core.questions.plane import PLANE, Responses
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.boundary_contour import Line, boundaries
from visualiser.ui.views.boundary_regions import region_picture
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Values, equal_units

POINTS_SHOWN = 1500
"""More points than this hide each other; the first ones are shown."""
Extent = tuple[float, float, float, float]
"""Left, right, bottom and top in the units of the data."""
_NEAR = 7.0
_RADIUS = 3.4


class BoundaryPlot(QWidget):
    """Paints answers as colour, boundaries as lines and points as dots, with equal axes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._responses: Responses | None = None
        self._regions: QImage | None = None
        self._lines: list[Line] = []
        self._twin_lines: list[Line] = []
        self._dots = KeptDrawing(self, self._paint_points)
        self._dots_show: tuple[Part, Extent] | None = None
        self._with_validation = True
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Decision boundary"))
        self.setToolTip(
            self.tr("What the model answers for every place in the plane; deeper colour is surer.")
        )

    def sizeHint(self) -> QSize:
        return QSize(300, 300)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run; its points go with it."""
        self._info, self._snapshot, self._responses = info, None, None
        self._regions, self._lines, self._twin_lines, self._dots_show = None, [], [], None
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the answers of this step."""
        self._snapshot = snapshot
        responses = self._responses = snapshot.answer(PLANE)
        if responses is not None:
            self._regions = region_picture(responses.output, self._palette.card)
            self._lines = boundaries(responses.output)
            twin = responses.twin_output
            self._twin_lines = [] if twin is None else boundaries(twin)
        shown = self._dots_show
        if shown is None or shown[0] is not snapshot.spoiled_train or shown[1] != self._extent():
            self._dots_show = snapshot.spoiled_train, self._extent()
            self._dots.forget()
        self.hover.refresh()
        self.update()

    def show_validation(self, shown: bool) -> None:
        """Draw the validation points or leave them out."""
        self._with_validation = shown
        self._dots.forget()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
        self._dots.forget()

    def place_of(self, x: float, y: float) -> QPointF:
        """Where the point (x, y) of the data is painted."""
        return self._frame().point(x, y)

    def numbers_at(self, place: QPointF) -> tuple[float, float] | None:
        """The point of the data that is painted at `place`; None outside the plane."""
        frame = self._frame()
        return frame.numbers(place) if frame.box.contains(place) else None

    def filled(self, room: QSize) -> QSize:
        """What the plane and its axes fill of a plot of that size, in pixels."""
        left, right, bottom, top = self._extent()
        beside, below = self._margins()
        unit = min(
            (room.width() - beside) / (right - left), (room.height() - below) / (top - bottom)
        )
        width, height = beside + unit * (right - left), below + unit * (top - bottom)
        return QSize(round(width) + 1, round(height) + 1)

    def read(self, place: QPointF) -> str:
        """The point near `place`, or coordinates and answers there."""
        info, snapshot = self._info, self._snapshot
        frame = self._frame()
        if info is None or snapshot is None or not frame.box.contains(place):
            return ""
        x, y = frame.numbers(place)
        return "\n".join(filter(None, (self._point_near(place), self._answer_at(x, y))))

    def _answer_at(self, x: float, y: float) -> str:
        assert self._info is not None and self._snapshot is not None
        names = (*self._info.dataset.feature_names, "x1", "x2")[:2]
        where = self.tr("{x_name} {x}, {y_name} {y}").format(
            x_name=names[0], x=_number(x, 2), y_name=names[1], y=_number(y, 2)
        )
        responses = self._responses
        if responses is None:
            return where
        student = self._shares(responses.output, x, y)
        if responses.twin_output is None:
            return f"{where}: {student}"
        twin = self._shares(responses.twin_output, x, y)
        return self.tr("{where}: {student}\nclean twin: {twin}").format(
            where=where, student=student, twin=twin
        )

    def _shares(self, output: FloatArray, x: float, y: float) -> str:
        assert self._info is not None
        left, right, bottom, top = self._extent()
        rows, columns, classes = output.shape
        row = round((y - bottom) / (top - bottom) * (rows - 1))
        column = round((x - left) / (right - left) * (columns - 1))
        shares = output[row, column]
        if not np.isfinite(shares).all():
            return self.tr("no number any more (NaN)")
        names = self._info.dataset.class_names
        best = np.argsort(-shares)[: min(classes, 3)]
        return ", ".join(f"{isolated(names[k])} {probability_text(shares[k])}" for k in best)

    def _point_near(self, place: QPointF) -> str:
        assert self._info is not None and self._snapshot is not None
        dataset, split = self._info.dataset, self._info.split
        part = self._snapshot.spoiled_train
        found = self._nearest(np.asarray(part.features)[:POINTS_SHOWN], place)
        if found is not None:
            given = dataset.label_text(part.labels[found])
            true = dataset.label_text(dataset.labels[part.rows[found]])
            if given != true:
                return self.tr("training point with a wrong label: {given}, truly {true}").format(
                    given=given, true=true
                )
            return self.tr("training point of class {given}").format(given=given)
        if self._with_validation:
            found = self._nearest(np.asarray(split.validation.features)[:POINTS_SHOWN], place)
            if found is not None:
                true = dataset.label_text(split.validation.labels[found])
                return self.tr("validation point of class {true}").format(true=true)
        return ""

    def _nearest(self, points: NDArray[np.float32], place: QPointF) -> int | None:
        if not len(points):
            return None
        x, y = self._pixels(points)
        distance = np.hypot(x - place.x(), y - place.y())
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= _NEAR else None

    def _pixels(self, points: NDArray[np.float32]) -> tuple[Values, Values]:
        x, y = points.astype(np.float64).T
        left, top, _ = self._frame().place(x, y)
        return left, top

    def _extent(self) -> Extent:
        if self._responses is not None:
            return self._responses.extent
        return (-1.0, 1.0, -1.0, 1.0)

    def _frame(self) -> Frame:
        """The plane: right of and above the numbers of its axes, to the left."""
        left, right, bottom, top = self._extent()
        beside, below = self._margins()
        size = QSizeF(max(self.width() - beside, 10), max(self.height() - below, 10))
        return equal_units(QRectF(QPointF(beside, 1), size), (left, right), (bottom, top))

    def _margins(self) -> tuple[float, float]:
        """Pixels left of the plane and below it."""
        metrics = self.fontMetrics()
        return metrics.horizontalAdvance("−8.8") + 6.0, metrics.height() + 4.0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._responses is None:
            painter.setPen(QColor(self._palette.muted))
            text = self.tr("The boundary appears with the first answers of the model.")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), text)
        else:
            box = self._frame().box
            if self._regions is not None:
                painter.drawImage(box, self._regions)
            self._paint_axes(painter, box)
            painter.setClipRect(box)
            self._paint_lines(painter)
            self._dots.draw(painter)
        painter.end()

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        assert self._info is not None
        left, right, bottom, top = self._extent()
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawRect(box)
        painter.setPen(QColor(self._palette.muted))
        names = (*self._info.dataset.feature_names, "x1", "x2")[:2]
        text = self.fontMetrics().height()
        below = QRectF(box.left(), box.bottom() + 2, box.width(), text)
        beside = QRectF(0, box.top(), box.left() - 4, box.height())
        flag = Qt.AlignmentFlag
        for where, low, name, high in (
            (below, flag.AlignLeft, flag.AlignHCenter, flag.AlignRight),
            (beside, flag.AlignBottom, flag.AlignVCenter, flag.AlignTop),
        ):
            other = flag.AlignRight if where is beside else flag.AlignTop
            texts = (_number(bottom, 1), names[1], _number(top, 1))
            if where is below:
                texts = (_number(left, 1), names[0], _number(right, 1))
            for place, label in zip((low, name, high), texts, strict=True):
                painter.drawText(where, int(place | other), label)

    def _paint_lines(self, painter: QPainter) -> None:
        assert self._responses is not None
        ink = QColor(self._palette.text)
        grid = self._responses.output.shape
        dashed = QPen(ink, 1.8, Qt.PenStyle.DashLine)
        for pen, lines in ((QPen(ink, 1.6), self._lines), (dashed, self._twin_lines)):
            painter.setPen(pen)
            for line in lines:
                painter.drawPolyline(self._polygon(line, grid))

    def _polygon(self, line: Line, grid: tuple[int, ...]) -> QPolygonF:
        box = self._frame().box
        x = box.left() + line[:, 0] / (grid[1] - 1) * box.width()
        y = box.bottom() - line[:, 1] / (grid[0] - 1) * box.height()
        return QPolygonF([QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)])

    def _paint_points(self, painter: QPainter) -> None:
        snapshot = self._snapshot
        assert self._info is not None and snapshot is not None
        split, radius = self._info.split, self._radius()
        if self._with_validation:
            points = np.asarray(split.validation.features)[:POINTS_SHOWN]
            for place, label in self._placed(points, split.validation.labels):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                # A quiet edge around the ring keeps it visible on a ground of its own colour.
                painter.setPen(QPen(QColor(self._palette.card), 3.2))
                painter.drawEllipse(place, radius, radius)
                painter.setPen(QPen(QColor(category_colour(label)), 1.6))
                painter.drawEllipse(place, radius, radius)
        part = snapshot.spoiled_train
        wrong = part.labels != self._info.dataset.labels[part.rows]
        points = np.asarray(part.features)[:POINTS_SHOWN]
        for (place, label), is_wrong in zip(self._placed(points, part.labels), wrong, strict=False):
            painter.setPen(QPen(QColor(self._palette.card), 0.8))
            painter.setBrush(QColor(category_colour(label)))
            painter.drawEllipse(place, radius, radius)
            if is_wrong:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self._palette.text), 1.6))
                painter.drawEllipse(place, radius + 1.8, radius + 1.8)

    def _radius(self) -> float:
        """Of a point: smaller in a small picture, where points would hide each other."""
        return min(max(self._frame().box.width() / 110, 2.2), _RADIUS)

    def _placed(self, points: NDArray[np.float32], labels: IntArray) -> list[tuple[QPointF, int]]:
        x, y = self._pixels(points)
        places = [QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]
        return list(zip(places, labels[: len(points)].tolist(), strict=True))


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace("-", "−")
