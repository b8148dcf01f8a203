"""The people in a training part, as a list whose texts are made when they are in sight."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.people import people_of, person_text
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.example_text import example_text

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 80
"""Characters of an example."""


class PeopleList(QAbstractListModel):
    """Those with most rows first."""

    def __init__(self) -> None:
        super().__init__()
        self._info: RunInfo | None = None
        self._people: IntArray = np.zeros(0, dtype=np.int64)
        self._first: IntArray = np.zeros(0, dtype=np.int64)
        self._counts: IntArray = np.zeros(0, dtype=np.int64)

    def start_run(self, info: RunInfo) -> None:
        """The people of another run."""
        self.beginResetModel()
        self._info = info
        people, first, counts = np.unique(
            people_of(info.dataset, info.split.train.rows), return_index=True, return_counts=True
        )
        order = np.argsort(-counts, kind="stable")
        self._people, self._first, self._counts = people[order], first[order], counts[order]
        self.endResetModel()

    def person_at(self, place: int) -> int:
        """Who stands there."""
        return int(self._people[place])

    def place_of(self, person: int | None) -> int | None:
        """Where a person stands; None where there is none such."""
        if person is None:
            return None
        found = np.flatnonzero(self._people == person)
        return int(found[0]) if len(found) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = 0) -> Any:
        if self._info is None or not index.isValid():
            return None
        roles = Qt.ItemDataRole
        if role in (roles.DisplayRole, roles.AccessibleTextRole, roles.ToolTipRole):
            return self._text(index.row(), self._info)
        return None

    def _text(self, place: int, info: RunInfo) -> str:
        """“block 3 · 12 pictures · mammal”, “message 120 · spam · Free entry in …”."""
        dataset, first = info.dataset, int(self._first[place])
        pieces = [person_text(dataset, int(self._people[place]))]
        count = int(self._counts[place])
        if count > 1 or dataset.blocks is not None or dataset.catalogue is not None:
            pieces.append(noun_of(dataset).counted(count))
        if dataset.predicts_classes:
            pieces.append(dataset.label_text(float(info.split.train.labels[first])))
        if dataset.catalogue is None:
            pieces.append(example_text(dataset, info.split.train.features, first)[:_LONGEST])
        return " · ".join(filter(None, pieces))
