"""One column of a table as a control: a slider over its values, or a list of its categories."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from visualiser.core.data.cell_text import MISSING, date_text, number_text
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.plain_slider import PlainSlider

_PLACES = 200
_DIGITS = 9
"""That have room beside a slider."""
_LIKELY = (0.01, 0.99)
"""Quantiles that a slider spans: a few far-off values would take all of its length."""


class NumberControl(Fitted, QWidget):
    """A slider from low to high values of the training rows, with the value beside it.

    Signals:
        edited: the user moved it.
    """

    edited = Signal()

    def __init__(
        self, name: str, values: NDArray[np.float32], is_date: bool, parent: QWidget | None = None
    ) -> None:
        """`values` (n,) are the column's training values; NaN where missing."""
        super().__init__(parent)
        known = values[np.isfinite(values)].astype(np.float64)
        self._low, self._step, places = _span(known)
        self._text = date_text if is_date else number_text
        self._value = math.nan
        self.slider = PlainSlider(self)
        self.slider.setRange(0, places)
        self.slider.setPageStep(max(places // 10, 1))
        self.slider.setAccessibleName(name)
        self.slider.valueChanged.connect(self._moved)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.words)

    def fit(self) -> None:
        """Sliders below each other are equally long."""
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance("0" * _DIGITS))

    def get(self) -> float:
        """The value; NaN as long as it is missing."""
        return self._value

    def put(self, value: float) -> None:
        """Show a value of a row exactly, also one beyond the ends of the slider."""
        self._value = value
        with QSignalBlocker(self.slider):
            place = 0 if math.isnan(value) else round((value - self._low) / self._step)
            self.slider.setValue(min(max(place, 0), self.slider.maximum()))
        self._say()

    def _moved(self, place: int) -> None:
        self._value = self._low + place * self._step
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        self.words.setText(self._text(self._value))


def _span(known: NDArray[np.float64]) -> tuple[float, float, int]:
    """Lowest value, step and number of steps of a slider over (n,) finite values."""
    if not len(known):
        return 0.0, 1.0, 1
    low, high = (float(bound) for bound in np.quantile(known, _LIKELY))
    if low == high:
        low, high = float(known.min()), float(known.max())
    if bool((known == np.round(known)).all()):
        low, high = math.floor(low), math.ceil(high)
        step = float(max(1, math.ceil((high - low) / _PLACES)))
        return float(low), step, max(1, math.ceil((high - low) / step))
    step = (high - low) / _PLACES or 1.0
    return low, step, _PLACES


class CategoryControl(Choice):
    """A list of the categories of a column, and “–” where the value is missing."""

    def __init__(
        self, name: str, categories: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(((-1, MISSING), *enumerate(categories)), parent)
        self.setAccessibleName(name)
