from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import spoilt
from tests.ui.views.looked_at_rows import (
    table_rows,
)
from visualiser.core.corruption.spare_columns import with_columns
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


@pytest.mark.parametrize(("title", "columns"), [("x", 0), ("sex", 1)])
def test_a_group_that_is_a_feature_too_has_one_column(title: str, columns: int) -> None:
    plain = table_rows(np.arange(6, dtype=np.float32))
    feature = plain.dataset_columns()[0]
    title = feature if title == "x" else title
    dataset = replace(plain.dataset, group_names=("f", "m"), group_title=title)
    groups = np.array([0, 1] * 3, dtype=np.int64)
    part = replace(plain.part, groups=groups)
    rows = Rows.of(dataset, part, part)
    assert rows.columns.count(title) == 1
    assert len(rows.columns) == len(plain.columns) + columns
    assert [rows.cell(row, len(rows.columns) - 1) for row in range(6)] == [
        plain.cell(row, len(plain.columns) - 1) for row in range(6)
    ]


def test_rows_of_a_dated_series_begin_with_their_day_and_are_sorted_by_it() -> None:
    dataset = load_dataset(DatasetConfig(name="bike_daily"), 0)
    part = part_of(dataset, np.array([30, 0, 365]))
    rows = Rows.of(dataset, part, part)
    assert rows.columns[:2] == ("day", "hires")
    assert [rows.cell(row, 0) for row in range(3)] == ["2011-02-14", "2011-01-15", "2012-01-15"]
    assert rows.sorted_by(0, descending=True).positions.tolist() == [2, 0, 1]


def test_columns_that_spoiling_fills_stand_first_and_say_what_they_were() -> None:
    clean, part, change = spoilt(DATASETS["prices"], "irrelevant_features", 2)
    dataset = with_columns(DATASETS["prices"], ("noise 1", "noise 2"))
    rows = Rows.of(dataset, part, clean, (change,))
    noise = rows.columns.index("noise 1")
    assert rows.columns[noise:] == (
        "noise 1", "noise 2", "height", "weight", "share", "colour",
    )  # fmt: skip
    first = float(part.features.numeric[0, 3])
    assert float(rows.cell(0, noise).replace("−", "-")) == pytest.approx(first, rel=0.01)
    assert rows.cell_before(0, noise) == "0" and rows.cell_before(0, noise + 2) is None
    assert rows.is_number(noise) and not rows.is_number(noise + 5)
    ordered = rows.sorted_by(noise + 1, descending=False).positions
    assert (np.diff(part.features.numeric[ordered, 4]) >= 0).all()


@pytest.mark.parametrize("name", ["pictures", "messages", "decisions", "points"])
def test_copies_of_the_test_are_told_and_have_their_own_truth(name: str) -> None:
    dataset = DATASETS[name]
    clean, part, change = spoilt(dataset, "test_contamination", 1.0)
    rows = Rows.of(dataset, part, clean, (change,))
    only = rows.chosen(None, changed_only=True)
    assert len(only) == 5 and all(only.is_foreign(row) for row in range(5))
    assert not rows.labels_changed
    for row in range(5):
        assert only.clean_text(row) == only.text(row)
        assert only.clean_label(row) == dataset.labels[part.rows[only.positions[row]]]
