"""One way of writing numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.numerals import numeral
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
