import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.own_table_dates import DATE_FORMATS, date_format, parse_dates
from visualiser.core.data.own_table_numbers import parse_numbers
from visualiser.core.data.source import Cancelled, Progress


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["1", "-2.5", "+3", ".5", "1e3"], [1, -2.5, 3, 0.5, 1000]),
        (["1,234", "12,345.6"], [1234, 12345.6]),
        (["1,234", "0,5"], [1.234, 0.5]),
        (["1.234,5", "1.234.567,8"], [1234.5, 1234567.8]),
        (["1 234", "1 234 567"], [1234, 1234567]),
        (["1'234.5"], [1234.5]),
        (["$ 5", "$-6", "-$7"], [5, -6, -7]),
        (["12 %", "3%"], [12, 3]),
        (["5 €"], [5]),
        (["−4"], [-4]),
        (["five", "1-2", "1.2.3", "1,2,3", "", "--1", "0x10", "1_000", "inf"], [math.nan] * 9),
    ],
)
def test_numbers_are_read_as_people_mean_them(texts: list[str], values: list[float]) -> None:
    assert parse_numbers(texts).values.tolist() == pytest.approx(values, nan_ok=True)


class Impatient(Progress):
    def check(self) -> None:
        raise Cancelled


def test_cancel_is_heeded_while_numbers_are_read() -> None:
    with pytest.raises(Cancelled):
        parse_numbers(["1,234", "5"], progress=Impatient())


def test_a_comma_that_could_be_both_follows_the_delimiter_of_the_file() -> None:
    assert parse_numbers(["1,234"]).values.tolist() == [1234]
    assert parse_numbers(["1,234"], prefer_comma=True).values.tolist() == [1.234]


@settings(max_examples=100)
@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20))
def test_python_s_own_thousands_come_back(numbers: list[int]) -> None:
    assert parse_numbers([f"{n:,}" for n in numbers]).values.tolist() == numbers


@settings(max_examples=100)
@given(st.lists(st.floats(-1e38, 1e38), min_size=1, max_size=20))
def test_python_s_own_floats_come_back(numbers: list[float]) -> None:
    assert parse_numbers([repr(n) for n in numbers]).values.tolist() == numbers


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in DATE_FORMATS])
@pytest.mark.parametrize("count", [25, 700])
def test_dates_of_each_format_are_recognised_and_counted_in_days(pattern: str, count: int) -> None:
    days = [date(2021, 1, 1) + timedelta(days=n) for n in range(count)]
    texts = [day.strftime(pattern) for day in days]
    found = date_format(texts)
    assert found is not None
    assert found[0] == pattern
    assert not found[2]
    assert parse_dates(texts, found[0]).tolist() == [(d - date(1970, 1, 1)).days for d in days]


@pytest.mark.parametrize("texts", [["12"], ["item 3"], ["2024"], ["1.5"], ["99-99-2024"], []])
def test_what_is_no_date_is_no_date(texts: list[str]) -> None:
    assert date_format(texts) is None
