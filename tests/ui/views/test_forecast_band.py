"""The band around forecasts comes from errors before it, and is judged by those after it."""

import numpy as np

from visualiser.ui.views.forecast_band import Band


def test_later_errors_do_not_move_the_band_and_are_counted() -> None:
    errors = np.random.default_rng(0).normal(size=100)
    wild = errors.copy()
    wild[50:] *= 1000
    band, other = (Band.of(made, np.zeros(100)) for made in (errors, wild))
    assert band is not None and other is not None
    assert (band.low, band.high, band.begins, band.later) == (other.low, other.high, 50, 50)
    assert other.inside < 5 < band.inside


def test_of_errors_in_order_of_chance_it_holds_about_the_share_it_is_named_for() -> None:
    rng = np.random.default_rng(1)
    bands = [Band.of(rng.gumbel(size=108), np.zeros(108)) for _ in range(400)]
    held = [band.inside / band.later for band in bands if band is not None]
    assert len(held) == 400
    assert 0.78 <= np.mean(held) <= 0.84


def test_too_few_periods_have_no_band() -> None:
    assert Band.of(np.arange(17.0), np.zeros(17)) is None
    band = Band.of(np.arange(18.0), np.zeros(18))
    assert band is not None
    assert (band.low, band.high) == (0.0, 8.0)


def test_of_a_long_series_the_first_errors_are_enough() -> None:
    band = Band.of(np.arange(1000.0), np.zeros(1000))
    assert band is not None
    assert (band.begins, band.later) == (60, 940)
