import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.own_table_dates import parse_dates
from visualiser.core.data.own_table_digits import AmountLayout, DateLayout
from visualiser.core.data.own_table_numbers import parse_numbers

PLAIN = AmountLayout(b"", b"", decimal_comma=False)
COMMA = AmountLayout(b"", b"", decimal_comma=True)
MOMENTS = st.datetimes(datetime(1800, 1, 2), datetime(2199, 12, 30))


def cells(texts: list[str]) -> np.ndarray:
    return np.array([text.encode() for text in texts], dtype="S40")


def amounts(texts: list[str], layout: AmountLayout = PLAIN) -> list[float]:
    values, read = layout.read(cells(texts))
    assert np.array_equal(read, ~np.isnan(values))
    return values.tolist()


@settings(max_examples=200)
@given(st.lists(st.decimals(-(10**9), 10**9, places=4), min_size=1, max_size=30))
def test_amounts_are_the_numbers_that_python_reads(numbers: list) -> None:
    plain, grouped = [f"{n:f}" for n in numbers], [f"{n:,f}" for n in numbers]
    expected = [float(text) for text in plain]
    assert amounts(plain) == amounts(grouped) == expected
    swapped = [text.translate(str.maketrans(",.", ".,")) for text in grouped]
    assert amounts(swapped, COMMA) == expected


@settings(max_examples=300)
@given(st.lists(st.text("01239,.-+ $%e", max_size=18), min_size=1, max_size=30))
@pytest.mark.parametrize("decimal_comma", [False, True])
def test_what_is_read_at_once_is_what_is_read_one_by_one(
    decimal_comma: bool, texts: list[str]
) -> None:
    layout = COMMA if decimal_comma else PLAIN
    witness = "0,5" if decimal_comma else "1,234,567"
    for text, value in zip(texts, amounts(texts, layout), strict=True):
        parsed = parse_numbers([witness, text])
        if not math.isnan(value) and parsed.decimal_comma == decimal_comma:
            assert value == parsed.values[1]


def test_signs_of_unit_stand_where_the_layout_says() -> None:
    dollars = AmountLayout(b"$ ", b"", decimal_comma=False)
    assert amounts(["$ 5", "-$ 1,234.5", "$ 0"], dollars) == [5, -1234.5, 0]
    assert all(map(math.isnan, amounts(["5", "$5", "$ ", "", "$ 1,23", "$ 5 %"], dollars)))
    euros = AmountLayout(b"", " €".encode(), decimal_comma=True)
    assert amounts(["1.234,5 €", "-2 €"], euros) == [1234.5, -2]
    assert all(map(math.isnan, amounts(["5", "€", " €", "2 $", "1.23 €"], euros)))


@settings(max_examples=100)
@given(st.lists(MOMENTS, min_size=1, max_size=20), st.integers(1, 6))
def test_dates_are_the_moments_that_python_reads(moments: list[datetime], digits: int) -> None:
    for pattern in ("%Y-%m-%d", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%f"):
        texts = [moment.strftime(pattern) for moment in moments]
        if pattern.endswith("%f"):
            texts = [text[: len(text) - 6 + digits] for text in texts]
        layout = DateLayout.of(texts[0], pattern)
        assert layout is not None
        days, read = layout.read(cells(texts))
        assert read.all()
        assert np.array_equal(days, parse_dates(texts, pattern))


def test_a_time_zone_counts() -> None:
    layout = DateLayout.of("2024-03-01T01:30:00+02:00", "%Y-%m-%dT%H:%M:%S%z")
    assert layout is not None
    days, read = layout.read(cells(["2024-03-01T01:30:00+02:00", "2024-03-01T01:30:00+01:00"]))
    expected = datetime(2024, 2, 29, 23, 30, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert days[0] == expected / timedelta(days=1)
    assert read.tolist() == [True, False]


@pytest.mark.parametrize(
    "text",
    ["2023-02-29 00:00", "1900-02-29 00:00", "2024-13-01 00:00", "2024-00-01 00:00", "",
     "2024-04-31 00:00", "2024-01-01 24:00", "2024-01-01 00:60", "2024-01-01T00:00",
     "2024-01-01 00:00 ", "2024-1-01 00:00", "1799-12-31 00:00", "2o24-01-01 00:00"],
)  # fmt: skip
def test_what_is_no_moment_is_not_read(text: str) -> None:
    layout = DateLayout.of("2024-01-01 00:00", "%Y-%m-%d %H:%M")
    assert layout is not None
    days, read = layout.read(cells([text, "2024-02-29 00:00", "2000-02-29 23:59"]))
    assert read.tolist() == [False, True, True] and math.isnan(days[0])


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("31-12-2024", "%d-%m-%Y"),
        ("2024-1-31", "%Y-%m-%d"),
        ("2024-01-31 1:05 PM", "%Y-%m-%d %I:%M %p"),
    ],
)
def test_other_dates_have_no_layout(text: str, pattern: str) -> None:
    assert DateLayout.of(text, pattern) is None
