from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from tests.ui.views.looked_at_rows import (
    DIGITS,
    HOUSES,
    POINTS,
    SPAM,
    shown,
    table_rows,
    wrong_labels,
)
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.split import Part, part_of
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.data_look import (
    DataLookView,
)
from visualiser.ui.views.data_look_browser import RowsBrowser
from visualiser.ui.views.data_look_rows import Rows

Trained = Callable[..., Snapshot]


@pytest.fixture
def view(open_view: Callable[[type[DataLookView]], DataLookView]) -> DataLookView:
    return open_view(DataLookView)


def test_a_click_on_a_header_sorts_up_then_down_then_not_at_all(
    view: DataLookView, trained: Trained
) -> None:
    snapshot = show(view, trained(HOUSES))
    header = view.browser.table.horizontalHeader()
    as_it_was = shown(view).positions.tolist()
    orders = []
    for _ in range(3):
        header.sectionClicked.emit(1)
        rows = shown(view)
        orders.append(rows.part.labels[rows.positions].tolist())
    assert orders[0] == sorted(snapshot.spoiled_train.labels.tolist())
    assert orders[1] == orders[0][::-1]
    assert shown(view).positions.tolist() == as_it_was


def test_categories_sort_by_their_names(view: DataLookView, trained: Trained) -> None:
    show(view, trained(HOUSES))
    column = shown(view).columns.index("kind of house")
    view.browser.sort_by(column)
    names = [shown(view).cell(row, column) for row in range(len(shown(view)))]
    assert names == sorted(names)


def test_the_point_under_the_pointer_is_read(view: DataLookView, trained: Trained) -> None:
    snapshot = show(view, trained(POINTS))
    wrong = int(np.flatnonzero(wrong_labels(snapshot))[0])
    points = view.browser.points
    read = points.read(points.place_of(wrong))
    assert read.split(":")[0] in {shown(view).label_text(row) for row in range(len(shown(view)))}
    assert points.read(QPointF(-99, -99)) == ""


def test_messages_and_pictures_are_reached_by_keyboard(
    view: DataLookView, trained: Trained
) -> None:
    for kind, browse in ((SPAM, view.browser.messages), (DIGITS, view.browser.pictures)):
        show(view, trained(kind))
        browse.setCurrentIndex(view.browser.model.index(0, 0))
        QTest.keyClick(browse, Qt.Key.Key_Down)
        assert browse.currentIndex().row() > 0
        assert browse.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_million_rows_are_asked_for_only_where_they_are_in_sight(qtbot: QtBot) -> None:
    rows = Counting(*long_table(1_000_000))
    browser = RowsBrowser()
    qtbot.addWidget(browser)
    browser.resize(600, 300)
    browser.start("table")
    browser.show()
    browser.show_rows(rows)
    browser.grab()
    assert browser.model.rowCount() == 1_000_000
    assert 0 < rows.asked < 5_000
    browser.table.scrollToBottom()
    browser.grab()
    assert rows.asked < 10_000


def test_a_wide_table_fits_its_first_columns_at_once_and_the_others_meanwhile(
    qtbot: QtBot,
) -> None:
    rows = Counting(*wide_table(rows=200, columns=2_000))
    browser = RowsBrowser()
    qtbot.addWidget(browser)
    browser.resize(600, 300)
    browser.start("table")
    browser.show()
    Counting.asked = 0
    browser.show_rows(rows)
    assert Counting.asked < 2_000
    last = browser.model.columnCount() - 1
    table, metrics = browser.table, browser.table.fontMetrics()
    qtbot.waitUntil(lambda: not browser.widths.pending)
    for column in (2, 100, last):
        title = browser.model.headerData(column, Qt.Orientation.Horizontal)
        texts = [title, *(rows.cell(row, column) for row in range(10))]
        needed = max(map(metrics.horizontalAdvance, texts))
        most = table.horizontalHeader().maximumSectionSize()
        assert min(needed + 1, most) <= table.columnWidth(column) <= most


def test_the_widths_of_a_table_that_is_gone_are_not_measured(qtbot: QtBot) -> None:
    browser = RowsBrowser()
    qtbot.addWidget(browser)
    browser.start("table")
    browser.show_rows(Rows(*wide_table(rows=20, columns=300)))
    browser.start("points")
    qtbot.waitUntil(lambda: not browser.widths.pending)
    browser.start("table")
    browser.show_rows(Rows(*wide_table(rows=20, columns=5)))
    assert not browser.widths.pending


def test_the_model_has_no_rows_below_a_row(view: DataLookView, trained: Trained) -> None:
    show(view, trained(HOUSES))
    model = view.browser.model
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None


class Counting(Rows):
    """Counts the cells that are asked for."""

    asked = 0

    def cell(self, row: int, column: int) -> str:
        type(self).asked += 1
        return super().cell(row, column)


def long_table(count: int) -> tuple[Dataset, Part, Part, np.ndarray, np.ndarray]:
    values = np.arange(count, dtype=np.float32)
    rows = table_rows(values)
    return rows.dataset, rows.part, rows.clean, rows.changed, rows.positions


def wide_table(rows: int, columns: int) -> tuple[Dataset, Part, Part, np.ndarray, np.ndarray]:
    of = table_rows(np.zeros(rows, dtype=np.float32))
    table = Table(
        numeric=np.random.default_rng(0).random((rows, columns), dtype=np.float32),
        numeric_names=tuple(f"{'measure ' * (n % 9)}{n}" for n in range(columns)),
        categorical=np.zeros((rows, 0), dtype=np.int32),
        categorical_names=(),
        categories=(),
    )
    dataset = replace(of.dataset, features=table, feature_names=table.names)
    part = part_of(dataset, np.arange(rows))
    return dataset, part, part, of.changed, of.positions
