"""Which probabilities are shown where there is little room."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from visualiser.ui.tries.answer_bars import AnswerBars
from visualiser.ui.widgets.bar_rows import BarRow

DIGITS = tuple(BarRow(str(digit), digit / 45, f"{digit} %") for digit in range(10))


@pytest.fixture
def bars_in(qtbot: QtBot) -> Callable[..., AnswerBars]:
    def shown(lines: float, letters: int, rows: tuple[BarRow, ...] = DIGITS) -> AnswerBars:
        bars = AnswerBars()
        qtbot.addWidget(bars)
        metrics = bars.fontMetrics()
        bars.resize(letters * metrics.averageCharWidth(), round(lines * metrics.height()))
        bars.show_rows(rows, tuple(reversed(range(len(rows)))))
        bars.show()
        assert not bars.grab().isNull()
        return bars

    return shown


def titles(bars: AnswerBars) -> list[str]:
    return [row.title for row in bars.shown]


@pytest.mark.parametrize(("lines", "letters"), [(10.2, 20), (5.2, 50), (4.2, 80)])
def test_all_are_shown_in_as_many_columns_as_they_need(
    bars_in: Callable[..., AnswerBars], lines: float, letters: int
) -> None:
    assert bars_in(lines, letters).shown == DIGITS


def test_where_not_all_fit_the_probable_ones_stay_in_their_order(
    bars_in: Callable[..., AnswerBars],
) -> None:
    bars = bars_in(4.2, 20)
    assert titles(bars) == ["7", "8", "9", "7 others"]
    assert sum(row.share for row in bars.shown) == pytest.approx(1)
    assert bars.rows == DIGITS and "0 0 %" in bars.accessibleName()


def test_long_names_take_one_column_and_are_shortened(bars_in: Callable[..., AnswerBars]) -> None:
    rows = tuple(BarRow(f"a name as long as this, {i}", 0.25, "25 %") for i in range(4))
    assert bars_in(2.2, 40, rows).shown[1].title == "3 others"
    assert bars_in(4.2, 40, rows).shown == rows


def test_a_few_rows_always_have_their_place(bars_in: Callable[..., AnswerBars]) -> None:
    bars = bars_in(4.2, 20)
    assert bars.minimumSizeHint().height() == 3 * bars.fontMetrics().height()
    bars.show_rows((), ())
    assert bars.minimumSizeHint().height() == 0 and not bars.shown
