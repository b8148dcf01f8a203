"""How fast a run goes: from a step a second to as fast as it can."""

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None)
"""Positions of the slider in steps a second; None is as fast as it goes."""


class SpeedControl(QWidget):
    """A slider, and what it is set to in words.

    Signals:
        changed: steps a second, or None for full speed.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(SPEEDS) - 1)
        self.slider.setValue(len(SPEEDS) - 1)
        self.slider.setPageStep(2)
        self.slider.setMinimumWidth(70)
        self.slider.setMaximumWidth(160)
        self.slider.setAccessibleName(self.tr("Speed"))
        self.slider.valueChanged.connect(self._change)
        self.text = QLabel()
        self.text.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.text)
        self._show()

    @property
    def steps_per_second(self) -> float | None:
        """The speed asked for."""
        return SPEEDS[self.slider.value()]

    def choose(self, steps_per_second: float | None) -> None:
        """Choose the speed nearest to one, or full speed."""
        if steps_per_second is None:
            place = SPEEDS.index(None)
        else:
            speeds = [math.inf if speed is None else speed for speed in SPEEDS]
            place = min(range(len(SPEEDS)), key=lambda i: abs(speeds[i] - steps_per_second))
        self.slider.setValue(place)

    def sizeHint(self) -> QSize:
        """A short slider will do."""
        return self.minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Room for the longest words in larger text too."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._show()

    def _change(self) -> None:
        self._show()
        self.changed.emit(self.steps_per_second)

    def _show(self) -> None:
        speed = self.steps_per_second
        if speed is None:
            text = self.tr("full speed")
        elif speed == 1:
            text = self.tr("1 step/s")
        else:
            text = self.tr("{count} steps/s").format(count=f"{speed:,.0f}")
        self.text.setText(text)
        widest = self.text.fontMetrics().horizontalAdvance(self.tr("1,000 steps/s"))
        self.text.setMinimumWidth(widest)
        self.slider.setToolTip(self.tr("Speed of training: {speed}.").format(speed=text))
