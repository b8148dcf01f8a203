import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from visualiser.core.data.dataset import Table
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.views.tile_values import ValueGrid


@pytest.mark.parametrize(("width", "columns"), [(60, 1), (240, 1), (700, 2), (1600, 5)])
def test_values_stand_in_as_many_columns_as_there_is_room_for(
    qapp: QApplication, width: int, columns: int
) -> None:
    metrics = QFontMetrics(qapp.font())
    table = load_dataset(DatasetConfig(name="mortgage_hmda"), 0).features
    assert isinstance(table, Table)
    grid = ValueGrid(table, metrics, width)
    assert grid.columns >= columns if columns > 1 else grid.columns == 1
    assert grid.columns * grid.lines >= len(table.names) > grid.columns * (grid.lines - 1)
    assert grid.height == grid.lines * (metrics.height() + 1)
