from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from visualiser.ui.columns import Columns
from visualiser.ui.middle import Middle


@pytest.fixture
def columns(qtbot: QtBot) -> Iterator[Columns]:
    made = Columns(QLabel(), QLabel(), QLabel(), QLabel())
    qtbot.addWidget(made)
    made.resize(1264, 700)
    made.show()
    yield made


def test_the_middle_has_most_of_the_room(columns: Columns) -> None:
    left, middle, right = columns.sizes()
    assert middle > 2 * max(left, right)


def move_borders(columns: Columns, *places: int) -> None:
    for number, place in enumerate(places, start=1):
        columns.moveSplitter(place, number)


def test_moved_borders_come_back(columns: Columns, qtbot: QtBot) -> None:
    move_borders(columns, 400, 900)
    kept = columns.places()
    assert kept["columns"][0] == 400
    other = Columns(QLabel(), QLabel(), QLabel(), QLabel())
    qtbot.addWidget(other)
    other.resize(columns.size())
    other.show()
    other.restore(kept)
    assert other.places() == kept


@pytest.mark.parametrize(
    "places",
    [{}, {"columns": (1, 2)}, {"columns": (0, 0, 0)}, {"elsewhere": (1, 2, 3)}, {"middle": ()}],
)
def test_places_that_do_not_fit_change_nothing(
    columns: Columns, places: dict[str, tuple[int, ...]]
) -> None:
    before = columns.places()
    columns.restore(places)
    assert columns.places() == before


def test_a_small_window_leaves_most_to_the_middle(columns: Columns) -> None:
    columns.resize(1008, 560)
    left, middle, right = columns.sizes()
    assert middle > 1.1 * (left + right)


def test_borders_that_were_not_moved_fit_themselves_to_the_next_window(columns: Columns) -> None:
    usual = columns.sizes()
    assert "columns" not in columns.places()
    columns.resize(1008, 560)
    columns.resize(1264, 700)
    assert columns.sizes() == usual


def test_moved_borders_stay_where_they_are(columns: Columns) -> None:
    move_borders(columns, 400)
    columns.resize(1400, 700)
    assert columns.sizes()[0] == 400


def test_no_column_can_be_lost(columns: Columns) -> None:
    columns.setSizes([0, 5000, 0])
    assert all(size > 150 for size in columns.sizes())


def test_side_columns_grow_with_the_text(columns: Columns) -> None:
    columns.setSizes([0, 5000, 0])
    before = columns.sizes()
    columns.set_text_scale(2.0)
    columns.setSizes([0, 5000, 0])
    after = columns.sizes()
    assert after[0] > before[0]
    assert after[2] > before[2]


@pytest.mark.parametrize("width", [100, 700])
def test_the_middle_is_never_narrower_than_what_is_in_it(qtbot: QtBot, width: int) -> None:
    content = QLabel()
    content.setMinimumWidth(width)
    made = Columns(QLabel(), content, QLabel(), QLabel())
    qtbot.addWidget(made)
    made.resize(made.minimumSizeHint())
    made.show()
    assert content.visibleRegion().boundingRect().width() == content.width() >= width


def test_the_middle_grows_when_its_content_does(columns: Columns, qtbot: QtBot) -> None:
    before = columns.minimumSizeHint().width()
    columns.widget(1).findChild(QLabel).setMinimumWidth(900)
    qtbot.waitUntil(lambda: columns.minimumSizeHint().width() > before)


@pytest.mark.parametrize(("scale", "height"), [(1.0, 360), (1.0, 700), (1.5, 560), (2.0, 700)])
def test_half_of_a_low_window_is_enough_for_the_views_and_they_are_in_sight(
    qtbot: QtBot, scale: float, height: int
) -> None:
    high, views = QLabel(), QLabel()
    high.setMinimumHeight(2000)
    made = Columns(QLabel(), high, views, QLabel())
    qtbot.addWidget(made)
    made.set_text_scale(scale)
    made.resize(1264, height)
    made.show()
    QApplication.processEvents()
    assert views.height() > min(180 * scale, 0.5 * height) - 12
    assert views.visibleRegion().boundingRect().height() == views.height()


def test_a_border_moved_above_the_views_stays_where_it_is(columns: Columns) -> None:
    middle = columns.widget(1)
    assert isinstance(middle, Middle)
    middle.border.moveSplitter(600, 1)
    kept = columns.places()["middle"]
    columns.resize(1300, 700)
    assert columns.places()["middle"] == kept
    assert kept[1] < 180


def test_curves_have_what_they_need_before_the_views_have_more_than_enough(qtbot: QtBot) -> None:
    curves, views = QLabel(), QLabel()
    made = Columns(QLabel(), curves, views, QLabel())
    qtbot.addWidget(made)
    made.resize(1264, 700)
    made.show()
    usual = views.height()
    curves.setMinimumHeight(480)
    made.set_text_scale(1.0)
    QApplication.processEvents()
    assert 180 < views.height() < usual
    assert curves.visibleRegion().boundingRect().height() == curves.height()
