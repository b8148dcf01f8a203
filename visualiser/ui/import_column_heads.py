"""Heads of the columns of a table: its name, and below it a choice of what the column is."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from visualiser.core.data.own_table_notes import OF_NO_USE
from visualiser.core.data.own_table_preview import ColumnPreview, TablePreview
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.plain_tip import plain_tip

RECOGNISE, LEAVE_OUT = "", "leave_out"
_GAP = 4
_WIDEST_CHOICE = 28
"""Characters of a choice; a longer one ends in “…”."""


class ColumnHeads(QHeaderView):
    """Every guess about a column can be changed in its head.

    Attributes:
        choices: one for each of the columns that are shown, by their names.

    Signals:
        edited: name of a column, and its type, RECOGNISE or LEAVE_OUT.
    """

    edited = Signal(str, str)

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = parent
        self.choices: dict[str, Choice] = {}
        self.setSectionsClickable(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sectionResized.connect(self._place)
        parent.horizontalScrollBar().valueChanged.connect(self._place)

    def offer(self, found: TablePreview, shown: int) -> None:
        """Offer what the first `shown` columns could be; what was offered before goes."""
        for choice in self.choices.values():
            choice.hide()
            choice.deleteLater()
        self.choices = {}
        for column, kind in zip(found.columns[:shown], found.recognised, strict=False):
            choice = Choice(self._offers(column, kind), self.viewport())
            choice.setObjectName(column.name)
            choice.setAccessibleName(self.tr("Type of “{name}”").format(name=column.name[:60]))
            choice.edited.connect(self._report)
            choice.installEventFilter(self)
            choice.show()
            self.choices[column.name] = choice
        self.headerDataChanged(self.orientation(), 0, max(0, self.count() - 1))

    def show_types(self, found: TablePreview, types: Mapping[str, str], target: str) -> None:
        """Show what the columns are now; LEAVE_OUT is one of the types."""
        for name, choice in self.choices.items():
            column = found.column(name)
            place = choice.findData(LEAVE_OUT)
            if name == target and place >= 0:
                choice.removeItem(place)
            elif name != target and place < 0:
                choice.addItem(self.tr("Leave out"), LEAVE_OUT)
            choice.put(types.get(name, RECOGNISE))
            tip = self.tr("What this column is: choose another type if it is one.")
            choice.setToolTip(plain_tip(f"{column.remark}\n\n{tip}" if column.remark else tip))

    def _offers(self, column: ColumnPreview, recognised: str) -> list[tuple[str, str]]:
        guess = self.tr("Recognise ({kind})").format(kind=recognised)
        if recognised in OF_NO_USE:
            guess = self.tr("Recognise (not used: {kind})").format(kind=recognised)
        offers = [
            (RECOGNISE, guess),
            ("number", self.tr("Number")),
            ("category", self.tr("Category")),
            ("date", self.tr("Date")),
        ]
        if column.is_either_way:
            offers += [
                ("date_day_first", self.tr("Date, day first")),
                ("date_month_first", self.tr("Date, month first")),
            ]
        return [*offers, ("text", self.tr("Text")), (LEAVE_OUT, self.tr("Leave out"))]

    def sizeHint(self) -> QSize:
        """Room for the names, and for the choices below them."""
        hint = super().sizeHint()
        choice = next(iter(self.choices.values()), None)
        below = choice.sizeHint().height() + _GAP if choice is not None else 0
        return QSize(hint.width(), hint.height() + below)

    def sectionSizeFromContents(self, place: int) -> QSize:
        """Room for the longest of the choices, within reason."""
        hint = super().sectionSizeFromContents(place)
        choices = list(self.choices.values())
        if place >= len(choices):
            return hint
        most = _WIDEST_CHOICE * self.fontMetrics().averageCharWidth()
        wanted = min(choices[place].sizeHint().width(), most) + 2 * _GAP
        return QSize(max(hint.width(), wanted), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The choices stand below the names, at the lower edge."""
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A choice that the keyboard comes to is scrolled into view."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Choice):
            place = list(self.choices.values()).index(watched)
            self._table.scrollTo(self.model().index(0, place))
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        for place, choice in enumerate(self.choices.values()):
            height = choice.sizeHint().height()
            choice.setGeometry(
                self.sectionViewportPosition(place) + _GAP // 2,
                self.height() - height - _GAP // 2,
                max(0, self.sectionSize(place) - _GAP),
                height,
            )

    def _report(self) -> None:
        choice = self.sender()
        if isinstance(choice, Choice):
            self.edited.emit(choice.objectName(), choice.get())
