import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.views.looked_at_rows import (
    table_rows,
)
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import part_of
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.views.data_look_rows import Rows


@given(
    st.lists(st.floats(-1e6, 1e6, width=32) | st.just(float("nan")), min_size=10, max_size=30),
    st.booleans(),
)
def test_sorting_keeps_every_row_once(values: list[float], descending: bool) -> None:
    rows = table_rows(np.array(values, dtype=np.float32))
    ordered = rows.sorted_by(len(rows.columns) - 1, descending)
    assert sorted(ordered.positions.tolist()) == list(range(len(values)))
    last = ordered.positions[len(values) - np.count_nonzero(np.isnan(values)) :]
    assert np.isnan(np.array(values)[last]).all()
    known = [v for v in np.array(values, np.float32)[ordered.positions] if not np.isnan(v)]
    assert known == sorted(known, reverse=descending)


def test_rows_of_a_dated_series_begin_with_their_day_and_are_sorted_by_it() -> None:
    dataset = load_dataset(DatasetConfig(name="bike_daily"), 0)
    part = part_of(dataset, np.array([30, 0, 365]))
    rows = Rows.of(dataset, part, part)
    assert rows.columns[:2] == ("day", "hires")
    assert [rows.cell(row, 0) for row in range(3)] == ["2011-02-14", "2011-01-15", "2012-01-15"]
    assert rows.sorted_by(0, descending=True).positions.tolist() == [2, 0, 1]
