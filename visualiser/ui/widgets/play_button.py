"""The round button that plays and pauses."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from visualiser.ui.icons import icon
from visualiser.ui.palette import LIGHT, Palette


class PlayButton(QAbstractButton):
    """Shows what a press will do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._diameter = 38
        self._running = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(self._diameter, self._diameter)

    def set_diameter(self, pixels: int) -> None:
        """Grows with the text."""
        self._diameter = pixels
        self.updateGeometry()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def show_running(self, running: bool) -> None:
        """Offer Pause to a run that runs, Play to one that rests."""
        if running != self._running:
            self._running = running
            self._describe()
            self.update()

    def _describe(self) -> None:
        name = self.tr("Pause") if self._running else self.tr("Play")
        self.setAccessibleName(name)
        self.setToolTip(
            self.tr("Pauses after the step under way (Space).")
            if self._running
            else self.tr("Trains until you pause (Space).")
        )

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows are for stepping: a button would move the keyboard to its neighbour."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self._palette.accent if self.isEnabled() else self._palette.border)
        if self.isDown():
            accent = accent.darker(115)
        elif self.underMouse() and self.isEnabled():
            accent = accent.lighter(108)
        centre, radius = QPointF(self.rect().center()) + QPointF(0.5, 0.5), self.width() / 2 - 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(centre, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._palette.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius + 1, radius + 1)
        side = radius * 1.15
        where = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side).toRect()
        name = "pause" if self._running else "play"
        icon(name, self._palette.on_accent).paint(painter, where)
        painter.end()
