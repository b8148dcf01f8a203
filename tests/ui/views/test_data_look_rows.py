import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.views.looked_at_rows import (
    table_rows,
)


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
