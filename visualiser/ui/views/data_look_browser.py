"""Rows as suits their kind: a table, pictures side by side, messages, or points in the plane."""

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from visualiser.core.data.dataset import Modality
from visualiser.ui.palette import Palette
from visualiser.ui.views.data_look_delegates import (
    MessageDelegate,
    PictureDelegate,
    message_height,
)
from visualiser.ui.views.data_look_model import RowsModel
from visualiser.ui.views.data_look_points import PointsPicture
from visualiser.ui.views.data_look_rows import Rows
from visualiser.ui.views.data_look_widths import ColumnWidths
from visualiser.ui.views.hearing import Hearing


class RowsBrowser(QStackedWidget):
    """One of four ways of looking at rows; only what is in sight is painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsorted: Rows | None = None
        self._sorting: tuple[int, Qt.SortOrder] | None = None
        self.hearing = Hearing(self)
        self.model = RowsModel()
        self.table = self._table()
        self.widths = ColumnWidths(self.table, self.model)
        self._picture_delegate = PictureDelegate(self.model)
        self._message_delegate = MessageDelegate(self.model)
        self.pictures = self._pictures()
        self.messages = self._messages()
        self.points = PointsPicture()
        for widget in (self.table, self.pictures, self.messages, self.points):
            self.addWidget(widget)
        self._set_heights()

    @property
    def rows(self) -> Rows | None:
        """What is shown, in its order."""
        return self.model.rows

    def start(self, modality: Modality) -> None:
        """Choose the way of looking; forget the order that the last data was sorted in."""
        self._sorting = None
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        ways: dict[Modality, QWidget] = {
            "table": self.table,
            "series": self.table,
            "images": self.pictures,
            "sound": self.pictures,
            "text": self.messages,
            "purchases": self.messages,
            "characters": self.messages,
            "points": self.points,
        }
        for way in ways.values():
            if way is not ways[modality] and isinstance(way, QAbstractItemView):
                way.setModel(None)
        current = ways[modality]
        if isinstance(current, QAbstractItemView):
            current.setModel(self.model)
        self.setCurrentWidget(current)
        self.model.set_hint(self.hearing.hint(modality))
        self.model.show_rows(None)

    def show_rows(self, rows: Rows) -> None:
        """Show these rows, sorted as the last ones were; the place scrolled to stays."""
        self._unsorted = rows
        self._show()

    def hear(self, index: QModelIndex) -> None:
        """Play the clip at `index`; other examples make no sound."""
        rows = self.model.rows
        if rows is not None:
            self.hearing.play(rows.dataset, rows.example(index.row()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hearing.player.stop()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.model.apply_palette(palette)
        self._picture_delegate.apply_palette(palette)
        self._message_delegate.apply_palette(palette)
        self.points.apply_palette(palette)
        current = self.currentWidget()
        if isinstance(current, QAbstractItemView):
            current.viewport().update()

    def sort_by(self, column: int) -> None:
        """First up, then down, then in the order of the data again."""
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        header = self.table.horizontalHeader()
        if self._sorting == (column, down):
            self._sorting = None
            header.setSortIndicator(-1, up)
        else:
            order = down if self._sorting == (column, up) else up
            self._sorting = column, order
            header.setSortIndicator(column, order)
        self._show()

    def _show(self) -> None:
        rows = self._unsorted
        if rows is None:
            return
        if self._sorting is not None:
            column, order = self._sorting
            rows = rows.sorted_by(column, order == Qt.SortOrder.DescendingOrder)
        current = self.currentWidget()
        first = self.model.rows is None or self.model.rows.pairs != rows.pairs
        if isinstance(current, QAbstractItemView):
            place = current.verticalScrollBar().value()
            self.model.show_rows(rows)
            current.verticalScrollBar().setValue(place)
            if first and current is self.table:
                self.widths.fit_all()
            elif current is self.table:
                # A label that was changed is longer: “denied → approved”.
                self.widths.fit(1)
                self.widths.fit(0)  # and so is a copy: “12 (copy)”
        else:
            self.model.show_rows(rows)
            self.points.show_rows(rows)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: other heights of rows, other widths of columns."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._set_heights()
        if event.type() == QEvent.Type.FontChange and self.currentWidget() is self.table:
            self.widths.fit_all()

    def _set_heights(self) -> None:
        line = self.fontMetrics().height()
        self.table.verticalHeader().setDefaultSectionSize(round(1.6 * line))
        self.messages.verticalHeader().setDefaultSectionSize(message_height(self.fontMetrics()))

    def _table(self) -> QTableView:
        table = _long_table(self.tr("Rows of the data"))
        table.setAlternatingRowColors(True)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across = table.horizontalHeader()
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setMaximumSectionSize(260)
        across.setHighlightSections(False)
        across.sectionClicked.connect(self.sort_by)
        return table

    def _messages(self) -> QTableView:
        """A list would ask for a million messages before it shows one; a table does not."""
        messages = _long_table(self.tr("Messages of the data"))
        messages.setItemDelegate(self._message_delegate)
        messages.horizontalHeader().setVisible(False)
        messages.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return messages

    def _pictures(self) -> QListView:
        pictures = QListView()
        pictures.setAccessibleName(self.tr("Pictures of the data"))
        pictures.setItemDelegate(self._picture_delegate)
        pictures.clicked.connect(self.hear)
        pictures.activated.connect(self.hear)
        pictures.setUniformItemSizes(True)
        pictures.setFlow(QListView.Flow.LeftToRight)
        pictures.setWrapping(True)
        pictures.setResizeMode(QListView.ResizeMode.Adjust)
        pictures.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        pictures.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return pictures


def _long_table(name: str) -> QTableView:
    """All rows have one height, so that a million of them are laid out at once."""
    table = QTableView()
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    # Tab leaves the table instead of going through its cells.
    table.setTabKeyNavigation(False)
    return table
