"""A row of a table, or a period of a series, that the user changes column by column."""

from typing import Protocol

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.data.dataset import Features, Table
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.tries.column_control import CategoryControl, NumberControl
from visualiser.ui.tries.period import TakePeriod
from visualiser.ui.tries.spec import Maker
from visualiser.ui.tries.taken import TakeAnother
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_SEARCHED = 12
"""From so many columns on there is a field to find one."""
_BESIDE, _LEAST_LINES = 26, 5
"""Letters of width for names beside their controls, and lines of them in sight at least."""


class _Taken(Protocol):
    taken: SignalInstance

    def start_run(self, info: RunInfo) -> None: ...
    def features(self) -> Features: ...
    def label_text(self) -> str: ...


class RowMaker(Fitted, Maker):
    """A control for each column, beginning with a row of the validation part."""

    def __init__(self, take: _Taken, parent: QWidget | None = None) -> None:
        """`take` is a widget that offers rows to begin with."""
        super().__init__(parent)
        self.take = take
        self._row: Table | None = None
        self._controls: list[NumberControl | CategoryControl] = []
        self._labels: dict[int, QLabel] = {}
        self._grid = QGridLayout()
        self._above = False
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Find a column …"))
        self.search.setAccessibleName(self.tr("Find a column"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self._page = QScrollArea(self)
        self._page.setWidgetResizable(True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        assert isinstance(take, QWidget)
        layout.addWidget(take)
        layout.addWidget(self.search)
        layout.addWidget(self._page, 1)
        take.taken.connect(self._take)

    def start_run(self, info: RunInfo) -> None:
        """Controls for these columns, showing a row of the data."""
        columns = info.split.train.features
        assert isinstance(columns, Table)
        self.take.start_run(info)
        past = 0 if info.dataset.seasons is None else info.dataset.seasons.past
        self._build(columns, past)
        self._show_taken()

    def example(self) -> Features:
        """A Table of one row."""
        assert self._row is not None
        numbers = len(self._row.numeric_names)
        values = [control.get() for control in self._controls]
        return self._row.with_values(
            np.array([values[:numbers]], dtype=np.float32).reshape(1, numbers),
            np.array([values[numbers:]], dtype=np.int32).reshape(1, len(values) - numbers),
        )

    def truth(self) -> str:
        """Known as long as the row is as it was in the data."""
        return self.take.label_text() if self.is_as_taken else ""

    @property
    def is_as_taken(self) -> bool:
        """Whether no column was changed."""
        return _same(self.example(), self._row)

    def _build(self, columns: Table, past: int) -> None:
        """What is known of a period comes first, then the `past` columns of those before it."""
        page = QWidget()
        page.setProperty("role", "page")
        grid = self._grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        self._labels = {}
        controls: list[NumberControl | CategoryControl] = [
            NumberControl(name, columns.numeric[:, i], name in columns.dates)
            for i, name in enumerate(columns.numeric_names)
        ]
        for name, categories in zip(columns.categorical_names, columns.categories, strict=True):
            controls.append(CategoryControl(name, categories))
        order = [*range(past, len(controls)), *range(past)]
        for column in order:
            label = _column_label(columns.names[column])
            controls[column].edited.connect(self.changed)
            self._labels[column] = label
        grid.setRowStretch(2 * len(controls), 1)
        self._controls = controls
        self._place_controls()
        self._page.setWidget(page)
        with QSignalBlocker(self.search):
            self.search.clear()
        self.search.setVisible(len(controls) >= _SEARCHED)

    def fit(self) -> None:
        """Names beside their controls, or above them, where some stay in sight."""
        metrics = self.fontMetrics()
        above = self.width() < _BESIDE * metrics.averageCharWidth()
        self._page.setMinimumHeight(_LEAST_LINES * metrics.height() if above else 0)
        if above != self._above:
            self._above = above
            self._place_controls()

    def _place_controls(self) -> None:
        for line, (column, label) in enumerate(self._labels.items()):
            down, across = (1, 0) if self._above else (0, 1)
            self._grid.addWidget(label, 2 * line, 0)
            self._grid.addWidget(self._controls[column], 2 * line + down, across)
        for column, stretch in enumerate((1, 0) if self._above else (2, 3)):
            self._grid.setColumnStretch(column, stretch)

    def _take(self) -> None:
        self._show_taken()
        self.changed.emit()

    def _show_taken(self) -> None:
        row = self.take.features()
        assert isinstance(row, Table)
        self._row = row
        values = (*row.numeric[0].tolist(), *row.categorical[0].tolist())
        for control, value in zip(self._controls, values, strict=True):
            control.put(value)

    def _find(self, text: str) -> None:
        for column, label in self._labels.items():
            found = text.casefold() in label.text().casefold()
            label.setVisible(found)
            self._controls[column].setVisible(found)


class PeriodMaker(RowMaker):
    """A period of a dated series; above it is told when it was changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._period = TakePeriod()
        super().__init__(self._period, parent)
        self.changed.connect(self._tell)

    def _tell(self) -> None:
        self._period.say_changed(not self.is_as_taken)


def _column_label(name: str) -> QLabel:
    """Words wrap where they do not fit; a name of one word is shortened."""
    if " " not in name:
        return ElidedLabel(name)
    label = paragraph()
    label.setText(name)
    return label


def _same(made: Features, taken: Table | None) -> bool:
    assert isinstance(made, Table) and taken is not None
    return np.array_equal(made.numeric, taken.numeric, equal_nan=True) and np.array_equal(
        made.categorical, taken.categorical
    )


def table_maker() -> Maker:
    """Of a table: any row to begin with."""
    return RowMaker(TakeAnother())


def period_maker() -> Maker:
    """Of a dated series: a period to begin with, and what was known of it to be changed."""
    return PeriodMaker()
