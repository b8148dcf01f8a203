"""The validation clips as a list: what each one is, and what the model takes it for."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QStyledItemDelegate

from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.changed_label import changed_label
from visualiser.ui.views.example_answers import Answers

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_TEXT_MARGIN = 6
"""Pixels left free beside a text in a list, with those that the style takes."""


class ClipList(QAbstractListModel):
    """Row i is the i-th of the watched validation rows; their order never changes in a run."""

    def __init__(self) -> None:
        super().__init__()
        self._info: RunInfo | None = None
        self._answers: Answers | None = None
        self._palette = LIGHT

    def start_run(self, info: RunInfo | None) -> None:
        """The clips of a run, not answered yet."""
        self.beginResetModel()
        self._info, self._answers = info, None
        self.endResetModel()

    def show_answers(self, answers: Answers | None) -> None:
        """Take other answers, or none."""
        self._answers = answers
        self.dataChanged.emit(self.index(0), self.index(max(self.rowCount() - 1, 0)))

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._info is None or parent.isValid() else len(self._info.watched)

    def data(self, index: Index, role: int = 0) -> Any:
        if self._info is None or not index.isValid():
            return None
        row = index.row()
        if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole):
            return self._text(row)
        if role == _ROLE.ToolTipRole:
            return self.caption(row) or None
        if role == _ROLE.ForegroundRole and self._wrong(row):
            return QColor(self._palette.spoiled)
        return None

    def caption(self, row: int) -> str:
        """What is known of the clip besides its label; may be empty."""
        assert self._info is not None
        captions = self._info.dataset.captions
        if not captions:
            return ""
        return captions[int(self._info.split.validation.rows[self._info.watched[row]])]

    def true(self, row: int) -> str:
        """The clip's label."""
        assert self._info is not None
        label = self._info.split.validation.labels[self._info.watched[row]]
        return self._info.dataset.label_text(label)

    def _wrong(self, row: int) -> bool:
        answers = self._answers
        return answers is not None and bool(answers.predicted[row] != answers.true[row])

    def _text(self, row: int) -> str:
        """“3  tom”, or “3  tom → snare” where the answer is another."""
        text = f"{self._number(row)}{self.true(row)}"
        return f"{text} → {self.answer(row)}" if self._wrong(row) else text

    def text_within(self, row: int, metrics: QFontMetrics, room: float) -> str:
        """The text of a clip in so many pixels; a wrong answer stays whole."""
        number = self._number(row)
        if not self._wrong(row):
            return metrics.elidedText(self._text(row), Qt.TextElideMode.ElideRight, int(room))
        room -= metrics.horizontalAdvance(number)
        return number + changed_label(self.true(row), self.answer(row), metrics, room)

    def answer(self, row: int) -> str:
        """What the model takes the clip for, once it has answered."""
        assert self._answers is not None and self._info is not None
        return self._info.dataset.class_names[int(self._answers.predicted[row])]

    @staticmethod
    def _number(row: int) -> str:
        return f"{row + 1:,}  "


class ClipDelegate(QStyledItemDelegate):
    """Shortens what a clip is, not what the model takes it for.

    Style options are Any here, since the stubs do not know their public fields.
    """

    def __init__(self, clips: ClipList) -> None:
        super().__init__(clips)
        self._clips = clips

    def initStyleOption(self, option: Any, index: Index) -> None:
        super().initStyleOption(option, index)
        room = option.rect.width() - 2 * _TEXT_MARGIN
        if room > 0 and index.isValid():
            option.text = self._clips.text_within(index.row(), option.fontMetrics, room)
