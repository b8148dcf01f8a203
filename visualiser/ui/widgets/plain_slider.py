"""A horizontal slider that can be clicked, reset and typed into."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from visualiser.ui.widgets.wheel_guard import guard_wheel


class PlainSlider(QSlider):
    """A horizontal slider whose handle jumps to a click and that a double click resets.

    Signals:
        reset: a double click.
        typed: a digit was typed, to begin an exact value with.
        key_released: a key was let go; one that is held and repeats itself was not.
    """

    reset = Signal()
    key_released = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setMinimumWidth(60)
        guard_wheel(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._jump(round(event.position().x()))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.reset.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self.key_released.emit()

    def _jump(self, x: int) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style = self.style()
        control = QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        if handle.left() <= x <= handle.right():
            return
        groove = style.subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
        span = groove.width() - handle.width()
        offset = x - groove.x() - handle.width() // 2
        self.setSliderDown(True)
        self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, span))
