"""− value +: a whole number that one click changes."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QSpinBox, QToolButton, QWidget

from visualiser.ui.widgets.wheel_guard import guard_wheel


class Stepper(QWidget):
    """A number between two buttons; it can be typed, and ↑ and ↓ step as well.

    Signals:
        value_changed: the new number, by the user only.
    """

    value_changed = Signal(int)

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        following: Callable[[int, bool], int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`following` gives the next number upwards (True) or downwards; None means by one."""
        super().__init__(parent)
        self.field = _Number(low, high, following or _by_one)
        self.less = self._button("−", self.tr("Fewer: {name}").format(name=name))
        self.more = self._button("+", self.tr("More: {name}").format(name=name))
        self.field.setAccessibleName(name)
        self.field.setToolTip(self.tr("{name}; type a number or use ↑ and ↓.").format(name=name))
        self.less.clicked.connect(self.field.stepDown)
        self.more.clicked.connect(self.field.stepUp)
        self.field.valueChanged.connect(self._report)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.less, self.field, self.more):
            layout.addWidget(widget)
        self._show_limits()

    @property
    def value(self) -> int:
        """The number shown."""
        return self.field.value()

    def set_value(self, value: int) -> None:
        """Show a number without emitting anything."""
        self.field.blockSignals(True)
        self.field.setValue(value)
        self.field.blockSignals(False)
        self.field.updateGeometry()
        self._show_limits()

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRepeat(True)
        button.setProperty("role", "step")
        return button

    def _report(self, value: int) -> None:
        self.field.updateGeometry()
        self._show_limits()
        self.value_changed.emit(value)

    def _show_limits(self) -> None:
        self.less.setEnabled(self.field.value() > self.field.minimum())
        self.more.setEnabled(self.field.value() < self.field.maximum())


class _Number(QSpinBox):
    """A spin box without its own buttons that steps as it is told."""

    def __init__(self, low: int, high: int, following: Callable[[int, bool], int]) -> None:
        super().__init__()
        self._following = following
        self.setRange(low, high)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setKeyboardTracking(False)
        self.setProperty("role", "step")
        guard_wheel(self)

    def stepBy(self, steps: int) -> None:
        value = self.value()
        for _ in range(abs(steps)):
            value = self._following(value, steps > 0)
        self.setValue(value)

    def sizeHint(self) -> QSize:
        digits = max(len(str(self.value())), 2)
        width = QFontMetrics(self.font()).horizontalAdvance("0" * digits) + 14
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _by_one(value: int, up: bool) -> int:
    return value + 1 if up else value - 1
