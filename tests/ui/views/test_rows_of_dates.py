"""Dates of a table are dates wherever its rows are shown."""

from pathlib import Path

import numpy as np

from tests.core.data.own_tables import load, people, written
from visualiser.core.data.split import part_of
from visualiser.ui.strips.table import row_cells
from visualiser.ui.views.data_look_rows import Rows
from visualiser.ui.views.example_text import example_text


def test_dates_are_dates_in_the_data_tab_in_examples_and_in_the_left_column(tmp_path: Path):
    dataset = load(written(tmp_path, people()))
    part = part_of(dataset, np.arange(len(dataset)))
    rows = Rows.of(dataset, part, part)
    assert rows.cell(0, rows.columns.index("date")) == "2024-01-01"
    assert "date 2024-01-01" in example_text(dataset, dataset.features, 0)
    assert "2024-01-01" in row_cells(dataset, dataset.features, 0)
