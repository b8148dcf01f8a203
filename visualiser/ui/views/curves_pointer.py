"""Where the pointer is within the charts: which value of x it points at."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QMouseEvent

from visualiser.ui.plotting import pg
from visualiser.ui.views.curves_chart import Chart


class CurvesPointer(QObject):
    """Watches the view that the charts are in.

    Signals:
        moved: the pointer moved within a chart, or left them.
    """

    moved = Signal()

    def __init__(self, view: pg.GraphicsLayoutWidget, charts: Sequence[Chart]) -> None:
        super().__init__(view)
        self._view = view
        self._charts = charts
        self._x: float | None = None
        view.setMouseTracking(True)
        view.viewport().installEventFilter(self)

    @property
    def x(self) -> float | None:
        """Steps or epochs, as along the bottom; None outside the charts."""
        return self._x

    def forget(self) -> None:
        """What it points at is gone."""
        if self._x is not None:
            self._x = None
            self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._point_at(event.position())
        elif event.type() == QEvent.Type.Leave:
            self.forget()
        return False

    def _point_at(self, place: QPointF) -> None:
        scene = self._view.mapToScene(place.toPoint())
        for chart in self._charts:
            if chart.box.sceneBoundingRect().contains(scene):
                self._x = float(chart.box.mapSceneToView(scene).x())
                self.moved.emit()
                return
        self.forget()
