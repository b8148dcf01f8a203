"""A period of a dated series to begin with, such as a day."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from visualiser.core.data.cadence import Cadence
from visualiser.core.data.dataset import Features, IntArray, Table, take
from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.forecast_periods import SERIES, cadence_of, series_names
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.plain_slider import PlainSlider

_GAP = 6
_QT_LETTERS = 17
"""Letters “x” that a QLineEdit asks to be wide."""
_CURSOR = 4
"""Pixels of the cursor behind the last letter."""


class DateField(QLineEdit):
    """A line as wide as the date in it, or as the example of one that it shows when empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint, advance = super().sizeHint(), self.fontMetrics().horizontalAdvance
        frame = hint.width() - _QT_LETTERS * advance("x")
        widest = max(advance(text) for text in (self.text(), self.placeholderText()))
        return QSize(widest + frame + _CURSOR, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class TakePeriod(QWidget):
    """A slider over the training and the validation part, beside the date, which may be typed.

    Signals:
        taken: another one is to be used.
    """

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._order = np.zeros(0, dtype=np.int64)
        self._times = np.zeros(0, dtype="datetime64[D]")
        self.date = DateField(self)
        self.words = ElidedLabel(parent=self)
        self.slider = PlainSlider(self)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(self.slider, 1)
        line.addWidget(self.date)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.words)
        layout.addLayout(line)
        self.slider.valueChanged.connect(self._moved)
        self.slider.typed.connect(self._begin_typing)
        self.date.editingFinished.connect(self._find)

    def start_run(self, info: RunInfo) -> None:
        """Begin with the first one of the validation part."""
        dataset, split = info.dataset, info.split
        assert dataset.times is not None
        self._info = info
        rows = np.concatenate([split.train.rows, split.validation.rows])
        self._order = np.argsort(dataset.times[rows], kind="stable").astype(np.int64)
        self._times = dataset.times[rows[self._order]]
        self._name()
        first = int(np.flatnonzero(self._order >= len(split.train))[0])
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(self._order) - 1)
            self.slider.setValue(first)
        self._say()

    def features(self) -> Features:
        """The one example of that period."""
        part, position = self._place()
        return take(part.features, position)

    def label_text(self) -> str:
        """What came about."""
        assert self._info is not None
        part, position = self._place()
        return self._info.dataset.label_text(float(part.labels[position[0]]))

    def say_changed(self, changed: bool) -> None:
        """Whether the example is no longer what was known of this period."""
        self._say(self.tr("changed") if changed else "")

    @property
    def _cadence(self) -> Cadence:
        assert self._info is not None
        return cadence_of(self._info.dataset)

    def _name(self) -> None:
        """What the controls are called and do."""
        assert self._info is not None and self._info.dataset.seasons is not None
        cadence, ahead = self._cadence, self._info.dataset.seasons.ahead
        name = self.tr("{period} to foretell").format(period=cadence.one.capitalize())
        tip = self.tr(
            "{period} of the training or the validation part, with what was known {before}."
        ).format(period=cadence.a.capitalize(), before=cadence.before(ahead))
        written = self.tr("Type one from {first} to {last}.").format(
            first=cadence.text(self._times[0]), last=cadence.text(self._times[-1])
        )
        self.slider.setAccessibleName(name)
        self.slider.setToolTip(tip)
        self.date.setPlaceholderText(cadence.text(self._times[-1]))
        self.date.updateGeometry()
        self.date.setAccessibleName(self.tr("{name}, typed").format(name=name))
        self.date.setToolTip(f"{tip} {written}")

    def _place(self) -> tuple[Part, IntArray]:
        """The part that the period belongs to, and (1,) its position there."""
        assert self._info is not None
        split, place = self._info.split, self.slider.value()
        position, before = self._order[place : place + 1], len(self._info.split.train)
        if position[0] < before:
            return split.train, position
        return split.validation, position - before

    def _moved(self, place: int) -> None:
        self._say()
        self.taken.emit()

    def _begin_typing(self, digit: str) -> None:
        self.date.setFocus()
        self.date.setText(digit)

    def _find(self) -> None:
        """Go to the period that was typed, of the same series where there are several."""
        typed, cadence = self.date.text().strip(), self._cadence
        if typed == cadence.text(self._times[self.slider.value()]):
            return
        found = [place for place, time in enumerate(self._times) if cadence.text(time) == typed]
        if not found:
            text = self.tr("Known are {first} to {last}.")
            first, last = cadence.text(self._times[0]), cadence.text(self._times[-1])
            self.words.setText(text.format(first=first, last=last))
            return
        series = self._series()
        with QSignalBlocker(self.slider):
            for place in reversed(found):
                self.slider.setValue(place)
                if self._series() == series:
                    break
        self._moved(self.slider.value())

    def _series(self) -> str:
        """Which of several series; empty where there is one."""
        assert self._info is not None
        features = self.features()
        if not series_names(self._info.dataset) or not isinstance(features, Table):
            return ""
        return features.text(0, features.names.index(SERIES))

    def _say(self, note: str = "") -> None:
        assert self._info is not None
        time, cadence = self._times[self.slider.value()], self._cadence
        learnt = ""
        if self._place()[0] is self._info.split.train:
            learnt = self.tr("this {period} was learnt from").format(period=cadence.one)
        # Of a period that was changed the weekday may be another.
        when = f"{cadence.text(time)}, {note}" if note else cadence.sentence(time)
        self.date.setText(cadence.text(time))
        self.words.setText(" · ".join(part for part in (when, self._series(), learnt) if part))
