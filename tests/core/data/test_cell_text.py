import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.data.own_tables import load, people, written
from visualiser.core.data.cell_text import amount_text, date_text, number_text
from visualiser.core.data.dataset import Table


@pytest.mark.parametrize(
    ("value", "text"),
    [(1240, "1,240"), (-0.42, "−0.42"), (1234.56, "1,234.6"), (math.nan, "–"), (3.4e38, "3.4e38")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(allow_nan=False))
def test_no_number_is_too_long_for_a_narrow_column(value: float) -> None:
    assert len(number_text(value)) <= 12
    assert len(amount_text(value, "$")) <= 14


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.27e29, "$\xa01.27e29"), (-5000, "$\xa0−5,000"), (999_999_999.6, "$\xa01e9"),
     (999.7, "$\xa01,000"), (math.inf, "$\xa0∞")],
)  # fmt: skip
def test_amounts_beyond_a_milliard_are_short(value: float, text: str) -> None:
    assert amount_text(value, "$") == text


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "1970-01-01"), (19_723, "2024-01-01"), (19_723.99, "2024-01-01"), (-0.5, "1969-12-31"),
     (math.nan, "–"), (1e30, "1e30")],
)  # fmt: skip
def test_days_are_read_as_dates(days: float, text: str) -> None:
    assert date_text(days) == text


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (212_000, "$", "$\xa0212,000"),
        (12, "%", "12\xa0%"),
        (3.14159, "days", "3.14\xa0days"),
        (5, "", "5"),
    ],
)
def test_only_currencies_stand_before_the_number(amount: float, unit: str, text: str) -> None:
    assert amount_text(amount, unit) == text


def test_a_table_shows_dates_as_dates_whatever_rows_are_taken(tmp_path: Path) -> None:
    table = load(written(tmp_path, people())).features
    assert isinstance(table, Table)
    assert table.dates == {"date"}
    column = table.names.index("date")
    assert table.text(0, column) == "2024-01-01"
    assert table.take(np.array([13, 0])).text(0, column) == "2024-02-14"
    assert table.text(0, table.names.index("age")) == "20"
    assert table.text(0, table.names.index("city")) == "Delft"


def test_a_target_of_dates_is_read_as_a_date_and_its_errors_in_days(tmp_path: Path) -> None:
    dataset = load(written(tmp_path, people()), target="date")
    assert dataset.label_text(dataset.labels[0]) == "2024-01-01"
    assert dataset.amount_text(3.5) == "3.5\xa0days"


def test_classes_made_of_dates_are_called_by_their_date(tmp_path: Path) -> None:
    text = "day,x\n" + "2024-01-01 10:00,1\n2024-01-01 12:00,2\n2024-03-05 08:00,3\n" * 10
    dataset = load(written(tmp_path, text), target="day", task="classification")
    assert dataset.class_names == ("2024-01-01", "2024-03-05")
