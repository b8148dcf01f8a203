from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui.widgets.bar_rows import BarRow, BarRows

SHORT = [BarRow("9 as 4", 0.2, "20 %"), BarRow("5 as 3", 0.1, "10 %")]
LONG = [BarRow("approved as denied", 0.2, "20 %"), BarRow("denied as approved", 0.1, "10 %")]


@pytest.fixture
def bars(qtbot: QtBot) -> Iterator[BarRows]:
    window = QWidget()
    qtbot.addWidget(window)
    made = BarRows("Worst confusions")
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(made)
    layout.addStretch(1)
    window.resize(235, 400)
    window.show()
    qtbot.waitExposed(window)
    yield made


def height(bars: BarRows, rows: list[BarRow], qtbot: QtBot) -> int:
    bars.show_rows(rows)
    qtbot.wait(1)
    return bars.height()


def test_long_titles_stand_above_their_bars_and_are_read_whole(bars: BarRows, qtbot: QtBot) -> None:
    short, long = height(bars, SHORT, qtbot), height(bars, LONG, qtbot)
    assert long > 1.3 * short
    bars.window().resize(700, 400)
    assert height(bars, LONG, qtbot) == short


def test_titles_stand_above_where_their_texts_leave_no_room_for_bars(
    bars: BarRows, qtbot: QtBot
) -> None:
    text = "408 hires (395 of its clean twin)"
    wordy = [BarRow("Mon", 0.2, text), BarRow("Tue", 0.1, text)]
    assert height(bars, wordy, qtbot) > 1.3 * height(bars, SHORT, qtbot)


def test_the_first_bars_in_a_narrow_scrolled_column_have_the_height_they_need(
    qtbot: QtBot,
) -> None:
    column, page, made = QScrollArea(), QWidget(), BarRows("Worst confusions")
    qtbot.addWidget(column)
    layout = QVBoxLayout(page)
    layout.addWidget(made)
    layout.addStretch(1)
    column.setWidgetResizable(True)
    column.setWidget(page)
    column.resize(260, 400)
    column.show()
    qtbot.waitExposed(column)
    made.show_rows(LONG)
    qtbot.wait(1)
    assert made.bars.height() == made.bars.heightForWidth(made.bars.width())


def test_a_sentence_takes_the_place_of_bars_until_there_are_some(
    bars: BarRows, qtbot: QtBot
) -> None:
    bars.say("None worth naming.")
    assert bars.isVisible()
    assert (bars.note, bars.rows) == ("None worth naming.", ())
    bars.set_note("")
    bars.show_rows(SHORT)
    assert (bars.note, bars.rows) == ("", tuple(SHORT))
