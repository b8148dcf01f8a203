"""The people in a training part, as a list whose texts are made when they are in sight."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from visualiser.core.data.dataset import Features, IntArray, Table
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.people import people_of, person_text
from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.example_text import example_text

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 80
"""Characters of an example."""


class PeopleList(QAbstractListModel):
    """Those with most rows first, and last of all those whose rows were all removed."""

    def __init__(self) -> None:
        super().__init__()
        self._info: RunInfo | None = None
        self._people: IntArray = np.zeros(0, dtype=np.int64)
        self._first: IntArray = np.zeros(0, dtype=np.int64)
        self._counts: IntArray = np.zeros(0, dtype=np.int64)
        self._there: NDArray[np.bool_] = np.zeros(0, dtype=np.bool_)
        self._part: Part | None = None
        self._columns: tuple[int, ...] = ()

    def start_run(self, info: RunInfo) -> None:
        """The people of another run."""
        self.beginResetModel()
        self._info, self._part = info, None
        people, first, counts = np.unique(
            people_of(info.dataset, info.split.train.rows), return_index=True, return_counts=True
        )
        order = np.argsort(-counts, kind="stable")
        self._people, self._first, self._counts = people[order], first[order], counts[order]
        self._there = np.ones(len(people), dtype=np.bool_)
        self._columns = _telling_columns(info.split.train.features)
        self.endResetModel()

    def follow(self, part: Part) -> bool:
        """Who is in the training part as it is now; whether the list is in another order then."""
        if self._info is None or part is self._part:
            return False
        self._part = part
        there = np.isin(self._people, people_of(self._info.dataset, part.rows))
        if np.array_equal(there, self._there):
            return False
        self.beginResetModel()
        order = np.lexsort((self._people, -self._counts, ~there))
        for name in ("_people", "_first", "_counts"):
            setattr(self, name, getattr(self, name)[order])
        self._there = there[order]
        self.endResetModel()
        return True

    def person_at(self, place: int) -> int:
        """Who stands there."""
        return int(self._people[place])

    def place_of(self, person: int | None) -> int | None:
        """Where a person stands; None where there is none such."""
        if person is None:
            return None
        found = np.flatnonzero(self._people == person)
        return int(found[0]) if len(found) else None

    def is_there(self, person: int) -> bool:
        """Whether a row of theirs is in the training."""
        place = self.place_of(person)
        return place is not None and bool(self._there[place])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = 0) -> Any:
        if self._info is None or not index.isValid():
            return None
        roles = Qt.ItemDataRole
        if role == roles.DisplayRole:
            return "\n".join(self._lines(index.row(), self._info))
        if role in (roles.AccessibleTextRole, roles.ToolTipRole):
            return self._text(index.row(), self._info)
        return None

    def _lines(self, place: int, info: RunInfo) -> tuple[str, str]:
        """Two short ones: who, and what tells them from the others."""
        who = " · ".join(self._who(place, info))
        if not self._there[place]:
            return who, QCoreApplication.translate("PeopleList", "not in the training")
        return who, self._short(place, info)

    def _short(self, place: int, info: RunInfo) -> str:
        """“22 · third · male”, what differs most first; or the beginning of a text."""
        dataset, first = info.dataset, int(self._first[place])
        features = info.split.train.features
        if isinstance(features, Table):
            return " · ".join(features.text(first, at) for at in self._columns)
        if dataset.blocks is not None or dataset.catalogue is not None:
            return noun_of(dataset).counted(int(self._counts[place]))
        return example_text(dataset, features, first)[:_LONGEST]

    def _who(self, place: int, info: RunInfo) -> list[str]:
        """“row 120”, “died”."""
        dataset, first = info.dataset, int(self._first[place])
        pieces = [person_text(dataset, int(self._people[place]))]
        if dataset.predicts_classes or dataset.predicts_amounts:
            pieces.append(dataset.label_text(float(info.split.train.labels[first])))
        return pieces

    def _text(self, place: int, info: RunInfo) -> str:
        """“block 3 · mammal · 12 pictures”, “message 120 · spam · Free entry in …”."""
        dataset, first = info.dataset, int(self._first[place])
        pieces = self._who(place, info)
        count = int(self._counts[place])
        if count > 1 or dataset.blocks is not None or dataset.catalogue is not None:
            pieces.append(noun_of(dataset).counted(count))
        if dataset.catalogue is None:
            pieces.append(example_text(dataset, info.split.train.features, first)[:_LONGEST])
        if not self._there[place]:
            pieces.append(QCoreApplication.translate("PeopleList", "not in the training"))
        return " · ".join(filter(None, pieces))


def _telling_columns(features: Features) -> tuple[int, ...]:
    """Columns of a table by how well they tell rows apart, the most different values first."""
    if not isinstance(features, Table):
        return ()
    columns = (*features.numeric.T, *features.categorical.T)
    different = [len(np.unique(column)) for column in columns]
    return tuple(np.argsort(-np.array(different), kind="stable").tolist())
