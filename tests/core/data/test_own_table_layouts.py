"""Columns read by their layout are what they would be if all their texts were looked at."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.data.own_tables import load, notes, numeric, written
from visualiser.core.data import own_table_layouts
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.own_table_cells import AmountColumn, DateColumn
from visualiser.core.data.own_table_file import inspect_file
from visualiser.core.data.own_table_reading import Wanted, read_table
from visualiser.core.data.source import Progress

ROWS = 400
AMOUNTS = [f"{n * 37.25:,.2f}" for n in range(ROWS)]
EUROS = [f"€ {n},{n % 10}" for n in range(ROWS)]
SHARES = [f"{n % 50}.5%" for n in range(ROWS)]
TIMES = [str(np.datetime64("2024-01-01T00:00:00") + n * 4000) for n in range(ROWS)]


def table(path: Path, *columns: list[str], delimiter: str = ";") -> Path:
    names = delimiter.join(f"c{n}" for n in range(len(columns)))
    rows = [delimiter.join(cells) for cells in zip(*columns, strict=True)]
    goals = [str(n % 2) for n in range(len(rows))]
    lines = [f"{row}{delimiter}{goal}" for row, goal in zip(rows, goals, strict=True)]
    return written(path, "\n".join([f"{names}{delimiter}goal", *lines]))


def read_both_ways(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Dataset, Dataset]:
    by_layout = load(path, target="goal")
    with monkeypatch.context() as patched:
        patched.setattr(own_table_layouts, "recognise_layout", lambda *_, **__: None)
        return by_layout, load(path, target="goal")


def same(first: Dataset, second: Dataset) -> bool:
    a, b = first.features, second.features
    assert isinstance(a, Table) and isinstance(b, Table)
    return (
        first.notes == second.notes
        and a.numeric_names == b.numeric_names
        and a.categories == b.categories
        and np.array_equal(a.numeric, b.numeric, equal_nan=True)
        and np.array_equal(a.categorical, b.categorical)
    )


def test_amounts_and_dates_need_no_texts(tmp_path: Path) -> None:
    path = table(tmp_path, AMOUNTS, EUROS, SHARES, TIMES, delimiter="\t")
    columns = read_table(inspect_file(path), Wanted(), Progress())
    kinds = [type(column) for column in columns[:4]]
    assert kinds == [AmountColumn, AmountColumn, AmountColumn, DateColumn]


@pytest.mark.parametrize(
    "late",
    [
        [""], ["NA", " ? "], ["none"], ["none"] * 3, ["many"] * 9, ["1,234"], ["1,23"], ["1.5"],
        ["$ 3"], ["3 %"], ["-4"], ["€ -4"], ["- 4"], [" 7 "], ["1e3"], ["x" * 60], ["12345"],
        ["1,234", "1,2"], ["9" * 20], ["1" + "0" * 39], ["2024-01-01"], ["2024-02-30T00:00:00"],
        ["1700-01-01T00:00:00"], ["2024-01-01T00:00:00 "], ["é"], ["0,5"], ["a", "b", "c"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_what_comes_late_is_understood_as_if_all_were_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: list[str], delimiter: str
) -> None:
    columns = [[*column, *late] for column in (AMOUNTS, EUROS, SHARES, TIMES)]
    path = table(tmp_path, *columns, delimiter=delimiter)
    assert same(*read_both_ways(path, monkeypatch))


@pytest.mark.parametrize("cell", ["5 %", "2024-05-06", "1,234.5"])
def test_a_column_that_is_always_the_same_is_constant_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str
) -> None:
    path = table(tmp_path, [cell] * ROWS, AMOUNTS, delimiter="\t")
    by_layout, by_text = read_both_ways(path, monkeypatch)
    assert same(by_layout, by_text)
    assert f"“c0” is always “{cell}”" in notes(by_layout)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.lists(st.from_regex(r"-?[$€]? ?\d{1,3}([,.]\d{1,3}){0,2} ?[%€]?", fullmatch=True),
             min_size=1, max_size=4),
    st.lists(st.sampled_from(["1,5", "1,234", "1.5", "12", "$ 3", "NA", "", "x", "1.234,5"]),
             max_size=4),
    st.sampled_from([";", "\t"]),
)  # fmt: skip
def test_any_mixture_of_amounts_is_read_as_its_texts_would_be(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: list[str],
    late: list[str],
    delimiter: str,
) -> None:
    cells = [first[n % len(first)] for n in range(220)] + late
    other = [str(n) for n in range(len(cells))]
    path = table(tmp_path, cells, other, delimiter=delimiter)
    assert same(*read_both_ways(path, monkeypatch))


def test_bytes_that_are_no_utf_8_among_amounts_are_noticed(tmp_path: Path) -> None:
    path = table(tmp_path, AMOUNTS, TIMES, delimiter="\t")
    path.write_bytes(path.read_bytes() + f"\n£ 5\t{TIMES[0]}\t1".encode("cp1252"))
    dataset = load(path, target="goal")
    assert "Windows-1252" in notes(dataset)
    assert numeric(dataset, "c0")[-1] == 5
