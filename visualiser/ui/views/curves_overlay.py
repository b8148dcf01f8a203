"""Draws growing curves over a picture of the charts, so that a frame costs little.

Axes, grid and titles stand still for hundreds of frames, and of a curve only the end is new. So
the charts are kept as a picture, the curves are added to it as they grow, and a frame paints no
more of the screen than the last few points and the names right of them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from visualiser.ui.plotting import pg
from visualiser.ui.views.curves_chart import Chart


class CurvesOverlay(QWidget):
    """Covers the view that the charts are in; the pointer goes through to them."""

    def __init__(self, view: pg.GraphicsLayoutWidget, charts: Sequence[Chart]) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._charts = charts
        self._ground = QPixmap()
        self._picture = QPixmap()
        self._ground_of: object = None
        self._outdated = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        view.viewport().installEventFilter(self)
        for chart in charts:
            chart.box.sigResized.connect(self.redraw)

    @Slot()
    def redraw(self) -> None:
        """Something else than the curves has changed."""
        self._outdated = True
        self.update()

    def follow(self) -> None:
        """The curves have changed: most often, they have grown."""
        if self._outdated or not self.isVisible():
            self.redraw()
        elif self._bring_up_to_date():
            for chart in self._charts:
                area = chart.plot.sceneTransform().mapRect(chart.layer.moving)
                self.update(area.toAlignedRect())
        else:
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.viewport().rect())
            self.redraw()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._outdated:
            self._bring_up_to_date()
            self._outdated = False
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chart in self._charts:
            to_scene = chart.plot.sceneTransform()
            painter.setTransform(to_scene)
            exposed = to_scene.inverted()[0].mapRect(QRectF(event.rect()))
            chart.layer.paint_over_picture(painter, exposed)
        painter.end()

    def _bring_up_to_date(self) -> bool:
        """Add to the picture what is new; False where it had to be begun anew."""
        ground_of = self._what_the_ground_shows()
        same = ground_of == self._ground_of
        if not same:
            self._ground_of = ground_of
            self._paint_ground()
        grown = same and all(chart.layer.continues for chart in self._charts)
        if not grown:
            self._picture = QPixmap(self._ground)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chart in self._charts:
            if not grown:
                chart.layer.forget_picture()
            painter.setTransform(chart.plot.sceneTransform())
            chart.layer.grow_picture(painter)
        painter.end()
        return grown

    def _what_the_ground_shows(self) -> object:
        charts = [(chart.ground_of(), chart.layer.ground_of()) for chart in self._charts]
        return self.size(), self.devicePixelRatioF(), charts

    def _paint_ground(self) -> None:
        ratio = self.devicePixelRatioF()
        self._ground = QPixmap(self.size() * ratio)
        self._ground.setDevicePixelRatio(ratio)
        painter = QPainter(self._ground)
        self._view.render(painter, QRectF(self.rect()), self.rect())
        painter.end()
