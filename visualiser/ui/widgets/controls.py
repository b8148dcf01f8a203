"""One control for each kind of option, all with `get`, `put` and a signal `edited`.

`put` never emits: `edited` is the user's doing only.
"""

from collections.abc import Sequence
from math import ceil, log10
from typing import Any, Protocol

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from visualiser.ui.widgets.wheel_guard import guard_wheel


class Control(Protocol):
    """What a form needs of a control, which is a QWidget besides."""

    @property
    def edited(self) -> SignalInstance: ...
    def get(self) -> Any:
        """The value shown."""

    def put(self, value: Any) -> None:
        """Show a value without emitting anything."""


class Choice(QComboBox):
    """One of a few values, each with a text."""

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        guard_wheel(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # Choices may be offered after the first show, as the groups of another data set are.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(3)
        self.offer(choices)
        self.activated.connect(self._report)

    def sizeHint(self) -> QSize:
        """Room for the longest choice; Qt forgets that the arrow grows with the text."""
        hint = super().sizeHint()
        advance = self.fontMetrics().horizontalAdvance
        widest = max((advance(self.itemText(i)) for i in range(self.count())), default=0)
        lacking = widest + 4 - self._room_for_text(QRect(QPoint(), hint))
        return QSize(hint.width() + max(lacking, 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Long choices are shortened by the style, so a narrow panel may squeeze the box."""
        hint = super().minimumSizeHint()
        narrow = self.fontMetrics().horizontalAdvance("x" * 9)
        return QSize(min(hint.width(), narrow), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ends a text that is too long in “…”; Qt would cut it."""
        # The stubs do not know the public fields of style options.
        option: Any = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = option.fontMetrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, self._room_for_text(self.rect())
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _room_for_text(self, rect: QRect) -> int:
        option: Any = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = rect
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(control, option, part, self).width()

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other values; the one chosen stays chosen where it is among them."""
        value = self.get()
        with QSignalBlocker(self):
            self.clear()
            for choice, text in choices:
                self.addItem(text, choice)
            self.setCurrentIndex(max(self._place(value), 0))

    def get(self) -> Any:
        return self.currentData()

    def put(self, value: Any) -> None:
        """Choose a value; one that is not on offer is added as it is."""
        with QSignalBlocker(self):
            if self._place(value) < 0:
                self.addItem(str(value), value)
            self.setCurrentIndex(self._place(value))

    def _place(self, value: Any) -> int:
        """Where `value` is on offer, or −1; None is a value like any other."""
        places = (i for i in range(self.count()) if self.itemData(i) == value)
        return next(places, -1)

    def _report(self, index: int) -> None:
        self.edited.emit()


class Switch(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._report)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        shortened = metrics.horizontalAdvance(self._text) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + shortened, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        narrow = self.fontMetrics().horizontalAdvance("x" * 9)
        return QSize(min(hint.width(), narrow), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A text too long for the line ends in “…”; the tooltip and the name have all of it."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        room = self.width() - (super().sizeHint().width() - metrics.horizontalAdvance(self.text()))
        self.setText(metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room))

    def get(self) -> bool:
        return self.isChecked()

    def put(self, value: bool) -> None:
        self.setChecked(value)

    def _report(self, checked: bool) -> None:
        self.edited.emit()


class Whole(QSpinBox):
    """A whole number; where the range is wide, steps grow with the number."""

    edited = Signal()

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        guard_wheel(self)
        self.setRange(low, high)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        if high - low > 100:
            self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.valueChanged.connect(self._report)

    def sizeHint(self) -> QSize:
        """As wide as its largest number, or as five digits and a separator, or its special text."""
        largest = f"{min(self.maximum(), 99_999):,}"
        widest = max(largest, self.specialValueText(), key=self.fontMetrics().horizontalAdvance)
        return _room_for(widest, self, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def get(self) -> int:
        return self.value()

    def put(self, value: int) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    def _report(self, value: int) -> None:
        self.edited.emit()


class Fraction(QDoubleSpinBox):
    """A number with decimals; a share of one is shown in per cent.

    A value with more decimals than are shown stays exact until the user changes it.
    """

    edited = Signal()

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        guard_wheel(self)
        share = low >= 0 and high <= 1
        self._factor = 100.0 if share else 1.0
        self._exact = low
        self.setKeyboardTracking(False)
        self.setDecimals(1 if share else 6)
        self.setRange(low * self._factor, high * self._factor)
        if share:
            self.setSuffix(" %")
            self.setSingleStep(max(10.0 ** ceil(log10(max(high - low, 1e-6)) + 0.2), 1.0) / 2)
        else:
            self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.valueChanged.connect(self._take)

    def get(self) -> float:
        return self._exact

    def put(self, value: float) -> None:
        with QSignalBlocker(self):
            self._exact = value
            self.setValue(value * self._factor)

    def textFromValue(self, value: float) -> str:
        """Without trailing zeros."""
        return f"{value:.{self.decimals()}f}".rstrip("0").rstrip(".") or "0"

    def sizeHint(self) -> QSize:
        """As wide as four digits; Qt would leave room for the longest number of all."""
        return _room_for("0" * 4 + self.suffix(), self, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _take(self, value: float) -> None:
        self._exact = round(value / self._factor, 9)
        self.edited.emit()


def _room_for(text: str, box: QAbstractSpinBox, usual: QSize) -> QSize:
    """A spin box as wide as a text with the paddings and arrows of the style sheet."""
    metrics = box.fontMetrics()
    room = metrics.horizontalAdvance(text) + round(2.6 * metrics.height())
    return QSize(min(usual.width(), room), usual.height())


class Line(QLineEdit):
    """A piece of text."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._report)
        self._reported = ""

    def get(self) -> str:
        return self.text()

    def put(self, value: str) -> None:
        self._reported = value
        self.setText(value)

    def _report(self) -> None:
        if self.text() != self._reported:
            self._reported = self.text()
            self.edited.emit()
