"""A period of a dated series to begin with, such as a day."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.data.dataset import Features, IntArray, Table, take
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.forecast_periods import SERIES, cadence_of, series_names
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.plain_slider import PlainSlider


class TakePeriod(QWidget):
    """A slider over the validation part, from the first to the last, below the one it is at.

    Signals:
        taken: another one is to be used.
    """

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._order = np.zeros(0, dtype=np.int64)
        self.words = ElidedLabel(parent=self)
        self.slider = PlainSlider(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.words)
        layout.addWidget(self.slider)
        self.slider.valueChanged.connect(self._moved)

    def start_run(self, info: RunInfo) -> None:
        """Begin with the first one of the validation part."""
        assert info.dataset.times is not None and info.dataset.seasons is not None
        cadence, ahead = info.dataset.seasons.cadence, info.dataset.seasons.ahead
        self.slider.setAccessibleName(
            self.tr("{period} to foretell").format(period=cadence.one.capitalize())
        )
        tip = self.tr("{period} of the validation part, with what was known {before}.")
        period = cadence.a.capitalize()
        self.slider.setToolTip(tip.format(period=period, before=cadence.before(ahead)))
        self._info = info
        times = info.dataset.times[info.split.validation.rows]
        self._order = np.argsort(times, kind="stable").astype(np.int64)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(len(self._order) - 1, 0))
            self.slider.setValue(0)
        self._say()

    def features(self) -> Features:
        """The one example of that period."""
        assert self._info is not None
        return take(self._info.split.validation.features, self._position())

    def label_text(self) -> str:
        """What came about."""
        assert self._info is not None
        label = self._info.split.validation.labels[self._position()[0]]
        return self._info.dataset.label_text(float(label))

    def _position(self) -> IntArray:
        place = self.slider.value()
        return self._order[place : place + 1]

    def _moved(self, place: int) -> None:
        self._say()
        self.taken.emit()

    def _say(self) -> None:
        assert self._info is not None
        row, dataset = self._info.split.validation.rows[self._position()[0]], self._info.dataset
        assert dataset.times is not None
        words = [cadence_of(dataset).sentence(dataset.times[row])]
        names = series_names(dataset)
        features = self.features()
        if names and isinstance(features, Table):
            words.append(features.text(0, features.names.index(SERIES)))
        self.words.setText(" · ".join(words))
