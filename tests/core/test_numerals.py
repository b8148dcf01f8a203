"""One way of writing numbers, and one of writing shares."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.numerals import compact, numeral, probability_text, share_text
from visualiser.ui.widgets.scale import ladder_scale


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1400.0, "1,400"),
        (0.1 + 0.2, "0.3"),
        (-0.5, "−0.5"),
        (3e-5, "0.00003"),
        (1e-10, "1e−10"),
        (2e7, "2e7"),
        (1.25e29, "1.25e29"),
    ],
)
def test_decimals_in_the_usual_range_and_short_exponents_outside(value: float, text: str) -> None:
    assert numeral(value) == text


def test_it_is_rounded_to_so_many_digits() -> None:
    assert [numeral(v, 2) for v in (0.0316, 9.96e6, 1.27e29, 123.0)] == [
        "0.032",
        "1e7",
        "1.3e29",
        "120",
    ]


@given(st.floats(1e-300, 1e300) | st.floats(-1e300, -1e-300))
def test_what_is_written_is_the_number(value: float) -> None:
    read = float(numeral(value).replace("−", "-").replace(",", ""))
    assert read == pytest.approx(value, rel=1e-8)


def test_learning_rates_are_written_as_beside_their_slider() -> None:
    ladder = ladder_scale()
    assert [numeral(rate) for rate in ladder.values] == [ladder.text(r) for r in ladder.values]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0 %"),
        (1e-9, "< 0.1 %"),
        (0.004, "0.4 %"),
        (0.08, "8 %"),
        (0.992, "99.2 %"),
        (1 - 1e-9, "> 99.9 %"),
        (1.0, "100 %"),
        (math.nan, "–"),
    ],
)
def test_a_share_reads_as_a_percentage_without_a_place_to_break(share: float, text: str) -> None:
    assert share_text(share) == text.replace(" ", "\u00a0")


@given(st.floats(0, 1))
def test_two_shares_of_a_whole_never_contradict_each_other(share: float) -> None:
    texts = [share_text(each).replace("\u00a0%", "") for each in (share, 1 - share)]
    assert (texts[0] == "0") == (share == 0) and (texts[0] == "100") == (share == 1)
    if texts[0].startswith(("<", ">")) and 0 < 1 - share < 1:
        assert sorted(texts) == ["<\u00a00.1", ">\u00a099.9"]
    elif texts[0][0].isdigit() and texts[1][0].isdigit():
        assert sum(map(float, texts)) == pytest.approx(100, abs=1)


def test_a_probability_that_floats_rounded_is_neither_none_nor_all() -> None:
    assert probability_text(1.0) == share_text(1 - 1e-9)
    assert probability_text(0.0) == share_text(1e-9)
    assert probability_text(math.nan) == "–"


def test_a_compact_number_has_three_digits_and_a_letter() -> None:
    values = (150_000.0, 1_234_567.0, -42.0, 999.9, 0.0, 2.5e9)
    assert [compact(value) for value in values] == ["150k", "1.23M", "−42", "1k", "0", "2.5G"]
