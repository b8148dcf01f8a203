from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui.widgets.flow_layout import FlowLayout


class Block(QWidget):
    """As wide as it is told; it may be squeezed to half of that."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width

    def sizeHint(self) -> QSize:
        return QSize(self._width, 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width // 2, 20)


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    FlowLayout(made, gap=10, line_gap=5)
    qtbot.addWidget(made)
    yield made


def flow(page: QWidget) -> FlowLayout:
    layout = page.layout()
    assert isinstance(layout, FlowLayout)
    return layout


def lay_out(page: QWidget, width: int) -> None:
    page.resize(width, flow(page).heightForWidth(width))
    page.show()
    flow(page).activate()


def test_what_does_not_fit_goes_on_below(page: QWidget) -> None:
    blocks = [Block(100) for _ in range(3)]
    for block in blocks:
        flow(page).addWidget(block)
    lay_out(page, 215)
    assert [(b.x(), b.y()) for b in blocks] == [(0, 0), (110, 0), (0, 25)]


def test_the_right_one_stands_at_the_end_of_its_line(page: QWidget) -> None:
    left, right = Block(100), Block(50)
    flow(page).addWidget(left)
    flow(page).add_right(right)
    lay_out(page, 300)
    assert (right.x(), right.y()) == (250, 0)
    lay_out(page, 120)
    assert (right.x(), right.y()) == (70, 25)


def test_what_has_a_line_to_itself_shares_it_with_nothing(page: QWidget) -> None:
    before, alone, after = Block(50), Block(50), Block(50)
    flow(page).addWidget(before)
    flow(page).add_line(alone)
    flow(page).addWidget(after)
    lay_out(page, 300)
    assert [b.y() for b in (before, alone, after)] == [0, 25, 50]
    assert alone.width() == 300


def test_a_pair_that_is_too_wide_for_a_line_becomes_higher(page: QWidget) -> None:
    pair = QWidget()
    pair.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    inner = FlowLayout(pair, gap=10, line_gap=0)
    inner.addWidget(Block(100))
    inner.addWidget(Block(100))
    below = QLabel("below")
    flow(page).addWidget(pair)
    flow(page).addWidget(below)
    lay_out(page, 400)
    assert pair.height() == 20
    lay_out(page, 150)
    assert pair.height() == 40
    assert below.y() >= pair.geometry().bottom()


def test_the_end_stays_on_the_first_line_while_others_go_on_below(page: QWidget) -> None:
    title, number, button = Block(100), Block(80), Block(20)
    number.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for block in (title, number):
        flow(page).addWidget(block)
    flow(page).add_end(button)
    lay_out(page, 240)
    assert (button.x(), button.y()) == (220, 0)
    assert (number.y(), number.geometry().right() + 1) == (0, 210)
    lay_out(page, 200)
    assert (button.x(), button.y()) == (180, 0)
    assert (number.y(), number.geometry().right() + 1) == (25, 200)
    button.hide()
    lay_out(page, 200)
    assert number.geometry().right() + 1 == 200
    assert number.y() == 0


def test_the_end_takes_its_room_from_the_first_line_only(page: QWidget) -> None:
    first, button = Block(100), Block(30)
    flow(page).addWidget(first)
    flow(page).add_end(button)
    assert flow(page).sizeHint().width() == 140
    assert flow(page).minimumSize().width() == 90
    lay_out(page, 120)
    assert first.geometry().right() < button.x()
