"""Which box a key leads to."""

import pytest
from PySide6.QtCore import QRectF, Qt

from visualiser.ui.views.walked_boxes import step

KEY = Qt.Key
GRID = [QRectF(60 * (place % 3), 50 * (place // 3), 50, 40) for place in range(8)]


@pytest.mark.parametrize(
    ("place", "key", "there"),
    [
        (0, KEY.Key_Right, 1),
        (2, KEY.Key_Right, 3),
        (0, KEY.Key_Left, 0),
        (1, KEY.Key_Down, 4),
        (4, KEY.Key_Up, 1),
        (1, KEY.Key_Up, 1),
        (5, KEY.Key_Down, 5),
        (7, KEY.Key_Right, 7),
        (5, KEY.Key_Home, 0),
        (0, KEY.Key_End, 7),
        (0, KEY.Key_PageDown, None),
        (0, KEY.Key_A, None),
    ],
)
def test_arrows_go_along_rows_and_across_them(place: int, key: Qt.Key, there: int | None) -> None:
    assert step(GRID, place, key) == there


def test_below_each_other_up_and_down_go_to_the_neighbour() -> None:
    column = [QRectF(0, 50 * place, 300, 40) for place in range(4)]
    assert step(column, 1, KEY.Key_Down) == 2
    assert step(column, 1, KEY.Key_Up) == 0


def test_there_is_nowhere_to_go_without_boxes() -> None:
    assert step([], 0, KEY.Key_End) is None
