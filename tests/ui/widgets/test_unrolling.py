from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui.widgets.fitted import Unsqueezed
from visualiser.ui.widgets.one_page import OnePage
from visualiser.ui.widgets.paragraph import Phrase, paragraph
from visualiser.ui.widgets.unrolling import UnrollingArea, height_in_sight

WORDS = "Some words that take more than a line where they have little room. " * 3


class Squeezable(Unsqueezed, QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.words = paragraph()
        QVBoxLayout(self).addWidget(self.words)


@pytest.fixture
def area(qtbot: QtBot) -> Iterator[UnrollingArea]:
    made = UnrollingArea()
    made.words = paragraph()  # type: ignore[attr-defined]
    made.words.setText(WORDS)  # type: ignore[attr-defined]
    made.column.addWidget(made.words)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(200, 40)
    made.show()
    QApplication.processEvents()
    yield made


def test_it_scrolls_until_it_is_unrolled_and_again_afterwards(area: UnrollingArea) -> None:
    assert area.verticalScrollBar().maximum() > 0
    area.unroll(True)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0 and area.height() >= area.page.height()
    area.unroll(False)
    area.resize(200, 40)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() > 0


def test_unrolled_it_follows_its_words(area: UnrollingArea) -> None:
    area.unroll(True)
    before = area.minimumHeight()
    area.words.setText(2 * WORDS)  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert area.minimumHeight() > before
    area.words.setText("")  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert area.minimumHeight() < before


def test_the_height_in_sight_is_that_of_the_place_that_scrolls(area: UnrollingArea) -> None:
    assert height_in_sight(area.page) == area.viewport().height()
    assert height_in_sight(area) == area.height()


def test_pages_that_are_not_in_sight_ask_for_no_room(qtbot: QtBot) -> None:
    pages, small, large = OnePage(), QLabel("a"), QLabel("a")
    qtbot.addWidget(pages)
    large.setMinimumSize(500, 400)
    for page in (small, large):
        pages.addWidget(page)
    assert pages.minimumSizeHint().width() < 500
    pages.setCurrentWidget(large)
    assert pages.minimumSizeHint().toTuple() == (500, 400)


def test_lines_that_wrap_are_not_squeezed(qtbot: QtBot) -> None:
    view = Squeezable()
    qtbot.addWidget(view)
    view.resize(200, 30)
    view.show()
    view.words.setText(WORDS)
    QApplication.processEvents()
    assert view.words.height() >= view.words.heightForWidth(view.words.width())


def test_a_phrase_would_like_one_line_and_wraps_where_there_is_none(qtbot: QtBot) -> None:
    phrase = Phrase("a few words")
    qtbot.addWidget(phrase)
    assert phrase.sizeHint().height() < 2 * phrase.fontMetrics().height()
    assert phrase.minimumSizeHint().width() < phrase.sizeHint().width()
    assert phrase.heightForWidth(phrase.minimumSizeHint().width()) > phrase.sizeHint().height()
