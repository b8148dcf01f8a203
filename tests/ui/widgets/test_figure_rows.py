import pytest
from pytestqt.qtbot import QtBot

from visualiser.ui.theme import Theme
from visualiser.ui.widgets.figure_rows import FigureRows

ROWS = (("lowest validation loss so far", "0.649 at step 16"), ("loss", "0.1"))


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme) -> FigureRows:
    made = FigureRows()
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    return made


def test_a_figure_goes_below_its_name_where_the_column_is_narrow(rows: FigureRows) -> None:
    line = rows.fontMetrics().height() + 1
    assert rows.heightForWidth(1000) == 2 * line
    assert rows.heightForWidth(rows.fontMetrics().horizontalAdvance(ROWS[0][0]) + 4) == 3 * line - 1
    assert rows.heightForWidth(70) > 3 * line
    assert rows.minimumSizeHint().width() == 0


def test_names_and_figures_are_heard_together(rows: FigureRows) -> None:
    assert rows.accessibleName() == "lowest validation loss so far: 0.649 at step 16; loss: 0.1"


def test_other_figures_are_painted(rows: FigureRows) -> None:
    rows.resize(300, 60)
    before = rows.grab().toImage()
    rows.show_rows((ROWS[0], ("loss", "0.2")))
    assert rows.grab().toImage() != before
