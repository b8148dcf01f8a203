"""Rows of a part of the data, in the order and the choice that the user looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.corruption.spec import Change
from visualiser.core.data.cell_text import MISSING
from visualiser.core.data.dataset import Dataset, IntArray, Table
from visualiser.core.data.split import Part
from visualiser.ui.views.example_picture import is_picture
from visualiser.ui.views.example_text import example_text

Mask = NDArray[np.bool_]

_LOOKED_AT = 20
"""Examples that are compared with what they were, to know whether any is another now."""


@dataclass(frozen=True, eq=False)
class Rows:
    """What there is to look at: a part, the clean part it was made from, and a choice of it.

    Attributes:
        changed: (n,) of the part's rows, whether anything about them was changed, or whether they
            were copied from elsewhere.
        positions: (m,) positions in `part` of the rows shown, in their order.
        gaps: for each feature of a table what the model reads where it is missing.
        pairs: examples are to be shown as they were before, too.
    """

    dataset: Dataset
    part: Part
    clean: Part
    changed: Mask
    positions: IntArray
    gaps: tuple[str, ...] = ()
    pairs: bool = False

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        part: Part,
        clean: Part,
        changes: Sequence[Change] = (),
        gaps: tuple[str, ...] = (),
    ) -> "Rows":
        """All rows of `part`; `changes` says what was done to `clean` to make it."""
        touched = np.zeros(len(clean), dtype=bool)
        for change in changes:
            touched[change.rows] = True
        positions = np.arange(len(part), dtype=np.int64)
        changed = touched[part.origin] | part.foreign_to(clean)
        return cls(dataset, part, clean, changed, positions, gaps)

    def __len__(self) -> int:
        return len(self.positions)

    def chosen(self, label: int | None, changed_only: bool) -> "Rows":
        """The rows of a class, or all; where asked for, only what was changed, in pairs."""
        mask = np.ones(len(self.part), dtype=bool)
        if label is not None:
            mask &= self.part.labels == label
        if changed_only:
            mask &= self.changed
        return replace(self, positions=np.flatnonzero(mask), pairs=changed_only)

    def sorted_by(self, column: int, descending: bool) -> "Rows":
        """The same rows in the order of a column; equal ones keep theirs, missing ones are last."""
        keys = self._keys(column)[self.positions]
        if descending:
            # Sorted backwards and turned around, so that equal rows do not change places.
            order = len(keys) - 1 - np.argsort(keys[::-1], kind="stable")[::-1]
            order = np.roll(order, -np.count_nonzero(keys != keys))
        else:
            order = np.argsort(keys, kind="stable")
        return replace(self, positions=self.positions[order])

    @cached_property
    def wrong(self) -> Mask:
        """(n,) of the part's rows, whether the label is another than the true one."""
        return np.asarray(self.part.labels != self.dataset.labels[self.part.rows])

    @property
    def labels_changed(self) -> bool:
        """Whether any label of the part is another than the true one."""
        return bool(self.wrong.any())

    @property
    def is_table(self) -> bool:
        """Whether the examples have columns of their own."""
        return isinstance(self.part.features, Table)

    @property
    def columns(self) -> tuple[str, ...]:
        """Titles of a table: row or period, target, group where it is no feature, features."""
        return (*self._fixed_columns(), *self.dataset_columns())

    def dataset_columns(self) -> tuple[str, ...]:
        """Names of the features, numbers first, and of those the columns that spoiling fills."""
        features = self.part.features
        if isinstance(features, Table):
            return tuple(features.names[feature] for feature in self._order)
        return self.dataset.feature_names

    @cached_property
    def _order(self) -> tuple[int, ...]:
        """Features of a table as they are shown: first those that are there to be spoiled."""
        assert isinstance(self.part.features, Table)
        spare, names = frozenset(self.dataset.spare_columns), self.part.features.names
        return tuple(sorted(range(len(names)), key=lambda feature: names[feature] not in spare))

    def label(self, row: int) -> float:
        """The label as the model sees it, of one of the rows shown."""
        return float(self.part.labels[self.positions[row]])

    def clean_label(self, row: int) -> float:
        """The true label of one of the rows shown."""
        return float(self.dataset.labels[self.part.rows[self.positions[row]]])

    def is_changed(self, row: int) -> bool:
        """Whether anything about one of the rows shown was changed."""
        return bool(self.changed[self.positions[row]])

    @cached_property
    def foreign(self) -> Mask:
        """(n,) of the part's rows, whether they were copied from elsewhere, as from the test."""
        return self.part.foreign_to(self.clean)

    def is_foreign(self, row: int) -> bool:
        """Whether one of the rows shown was copied from elsewhere."""
        return bool(self.foreign[self.positions[row]])

    def is_copy(self, row: int) -> bool:
        """Whether one of the rows shown is there besides the first of its kind."""
        return bool(self._copies[self.positions[row]])

    @cached_property
    def _copies(self) -> Mask:
        first = np.zeros(len(self.part), dtype=bool)
        first[np.unique(self.part.rows, return_index=True)[1]] = True
        return ~first

    def label_text(self, row: int) -> str:
        """“spam”, or “ham → spam” where it was changed."""
        now, before = self.label(row), self.clean_label(row)
        text = self.dataset.label_text(now)
        return text if now == before else f"{self.dataset.label_text(before)} → {text}"

    def text(self, row: int) -> str:
        """The example in one line; empty for a picture."""
        position = int(self.positions[row])
        if self.dataset.captions:
            return self.dataset.captions[int(self.part.rows[position])]
        return example_text(self.dataset, self.part.features, position)

    def clean_text(self, row: int) -> str:
        """The example before anything was done to it."""
        if self.dataset.captions:
            return self.text(row)
        truly = int(self.part.rows[self.positions[row]])
        return example_text(self.dataset, self.dataset.features, truly)

    def example(self, row: int) -> NDArray[Any]:
        """The picture or the clip of one of the rows shown."""
        return np.asarray(self.part.features[self.positions[row]])  # type: ignore[index]

    def clean_example(self, row: int) -> NDArray[Any]:
        """The same before anything was done to it."""
        truly = int(self.part.rows[self.positions[row]])
        return np.asarray(self.dataset.features[truly])  # type: ignore[index]

    @cached_property
    def shows_before(self) -> bool:
        """Whether pictures or clips are shown beside what they were: where some are others now."""
        shown = self.pairs and is_picture(self.dataset)
        some = range(min(len(self), _LOOKED_AT)) if shown else ()
        return any(not np.array_equal(self.example(i), self.clean_example(i)) for i in some)

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell of the table."""
        position = int(self.positions[row])
        fixed = len(self._fixed_columns())
        if column == 0:
            which = self._row_text(int(self.part.rows[position]))
            return copy_text(which) if self.is_copy(row) else which
        if column == 1:
            return self.label_text(row)
        if column < fixed:
            assert self.part.groups is not None
            return self.dataset.group_names[int(self.part.groups[position])]
        return _feature_text(self.part.features, position, self._order[column - fixed])

    def read_as(self, row: int, column: int) -> str:
        """What the model reads in a feature's cell from which spoiling took the value, or empty."""
        if not self.gaps or self.cell_before(row, column) is None:
            return ""
        feature = self._order[column - len(self._fixed_columns())]
        return self.gaps[feature] if self.cell(row, column) == MISSING else ""

    def cell_before(self, row: int, column: int) -> str | None:
        """What stood in a feature's cell where it was changed, else None."""
        feature = column - len(self._fixed_columns())
        if feature < 0 or not self.is_changed(row):
            return None
        truly = int(self.part.rows[self.positions[row]])
        before = _feature_text(self.dataset.features, truly, self._order[feature])
        return None if before == self.cell(row, column) else before

    def is_number(self, column: int) -> bool:
        """Whether a column holds numbers, which are set to the right."""
        if column == 0:
            return True
        if column == 1:
            return self.dataset.predicts_amounts
        feature = column - len(self._fixed_columns())
        features = self.part.features
        if not isinstance(features, Table) or feature < 0:
            return False
        return self._order[feature] < len(features.numeric_names)

    @property
    def _times(self) -> NDArray[Any] | None:
        """(N,) when each row of the data set is, where it is a dated series."""
        return None if self.dataset.seasons is None else self.dataset.times

    def _row_text(self, row: int) -> str:
        """The period of a row of a dated series; of other data which row it is."""
        if self._times is None or self.dataset.seasons is None:
            return f"{row + 1:,}"
        return self.dataset.seasons.cadence.text(self._times[row])

    def _fixed_columns(self) -> tuple[str, ...]:
        seasons = self.dataset.seasons
        names = ("row" if seasons is None else seasons.cadence.one, self.dataset.target)
        group = self.dataset.group_title
        # A group that the model sees too has its column among the features.
        among = self.part.groups is None or group in self.dataset_columns()
        return names if among else (*names, group)

    def _keys(self, column: int) -> NDArray[Any]:
        fixed = len(self._fixed_columns())
        if column == 0:
            return self.part.rows if self._times is None else self._times[self.part.rows]
        if column == 1:
            return self.part.labels
        if column < fixed:
            return np.asarray(self.part.groups)
        features = self.part.features
        if not isinstance(features, Table):
            return self.part.rows
        feature = self._order[column - fixed]
        numbers = features.numeric.shape[1]
        if feature < numbers:
            return features.numeric[:, feature]
        # Codes follow the alphabet in some data sets and their frequency in others.
        names = np.array(features.categories[feature - numbers])
        ranks = np.array([*np.argsort(np.argsort(names)), np.nan])
        return ranks[features.categorical[:, feature - numbers]]


def copy_text(text: str) -> str:
    """“12 (copy)”, of what is there more than once."""
    return QCoreApplication.translate("DataLookView", "{} (copy)").format(text)


def _feature_text(features: Any, position: int, feature: int) -> str:
    assert isinstance(features, Table)
    return features.text(position, feature)
