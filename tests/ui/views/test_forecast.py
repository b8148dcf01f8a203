from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from tests.ui.views.foretold import CLEAN, SPOILED, Trained, mean_errors, texts, watched_rows
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.training.snapshot import Predictions
from visualiser.ui.main_window import MainWindow
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.forecast import ForecastView
from visualiser.ui.views.forecast_band import Band

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def view(open_view: Callable[[type[ForecastView]], ForecastView]) -> ForecastView:
    return open_view(ForecastView)


SHOP = Experiment(dataset=DatasetConfig(name="retail_daily"))


def test_errors_by_weekday_are_those_of_a_groupby(view: ForecastView, trained: Trained) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    frame = watched_rows(snapshot)
    names = frame["day"].dt.day_name().str[:3]
    student, twin = mean_errors(frame, "student", names), mean_errors(frame, "twin", names)
    amount = snapshot.info.dataset.amount_text
    shown = texts(view.parts[0].rows)
    whole = (frame["student"] - frame["true"]).abs().mean()
    assert shown.pop("all days").startswith(amount(whole))
    assert shown == {day: f"{amount(student[day])} ({twin[day]:,.0f})" for day in student.index}
    longest = max(student.max(), twin.max())
    for row in view.parts[0].rows[1:]:
        assert row.share == pytest.approx(student[row.title] / longest)
        assert row.mark == pytest.approx(twin[row.title] / longest)


def test_errors_on_holidays_are_those_of_a_groupby(view: ForecastView, trained: Trained) -> None:
    snapshot = show(view, trained(CLEAN, steps=60))
    frame = watched_rows(snapshot)
    errors = mean_errors(frame, "student", frame["holiday"])
    amount = snapshot.info.dataset.amount_text
    assert texts(view.holidays.rows) == {"holiday": amount(errors[1]), "other": amount(errors[0])}


def test_what_is_drawn_are_the_days_and_forecasts_of_the_run(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    frame, drawn = watched_rows(snapshot).sort_values("day"), view.plot.forecasts
    assert drawn is not None
    assert drawn.twin is not None
    days = drawn.series.watched.astype("datetime64[D]")
    assert (frame["day"].to_numpy().astype("datetime64[D]") == days).all()
    for name, values in (("student", drawn.student), ("twin", drawn.twin)):
        np.testing.assert_allclose(frame[name], values)
    np.testing.assert_allclose(frame["naive"], drawn.series.naive)
    errors = (frame["true"] - frame["student"]).to_numpy()
    assert drawn.band == Band.of(errors, np.zeros_like(errors))


def test_the_days_of_the_sealed_test_part_are_not_drawn(
    view: ForecastView, trained: Trained
) -> None:
    info = show(view, trained(CLEAN, steps=60)).info
    assert view.plot.forecasts is not None
    assert info.dataset.times is not None
    first_test_day = info.dataset.times[info.split.test.rows].min()
    assert view.plot.forecasts.series.times.max() < first_test_day.astype(np.int64)


def test_of_several_series_the_first_is_shown_and_all_can_be_summed(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = show(view, trained(SHOP, steps=20))
    frame = watched_rows(snapshot)
    first = frame[frame["series"] == 0].sort_values("day")
    assert view.plot.forecasts is not None
    np.testing.assert_allclose(view.plot.forecasts.student, first["student"])
    view.series.setCurrentIndex(view.series.count() - 1)
    view.series.activated.emit(view.series.count() - 1)
    summed = frame.groupby("day")[["true", "student"]].sum()
    np.testing.assert_allclose(view.plot.forecasts.student, summed["student"])
    # Whole days are watched, so that the sums are those of the line behind them.
    series = view.plot.forecasts.series
    at = np.searchsorted(series.times, series.watched)
    np.testing.assert_allclose(series.true[at], summed["true"])
    assert f"{len(summed)} of " in view.words.text()
    assert "drawn by chance" in view.words.text()


def test_of_a_long_series_the_first_days_are_shown_and_the_others_are_told_of(
    view: ForecastView, trained: Trained
) -> None:
    show(view, trained(Experiment(dataset=DatasetConfig(name="chicago_rail")), steps=5))
    assert view.plot.forecasts is not None
    series = view.plot.forecasts.series
    low, high = view.plot.frame.x
    assert low < series.begins < high < series.times[-1]
    assert view.words.text().startswith(f"{len(series.watched)} validation days. Drag")


def test_one_series_offers_no_choice(view: ForecastView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    assert view.series.isHidden()
    assert view.words.text().startswith("108 validation days. In the band: ")


def test_the_legend_names_what_is_drawn_and_says_what_the_band_is(
    view: ForecastView, trained: Trained
) -> None:
    show(view, trained(SPOILED, steps=60))
    named = [entry.text for entry in view.legend.entries]
    assert named == ["true", "your model", "80 % band", "clean twin"]
    assert "10 % and the 90 % quantile" in view.legend.entries[2].tip
    assert "first 54 periods" in view.legend.entries[2].tip
    assert view.plot.forecasts is not None and view.plot.forecasts.band is not None
    assert f"In the band: {view.plot.forecasts.band.inside} of the later 54" in view.words.text()
    view.naive.click()
    assert view.legend.entries[-1].text == "a week before"
    show(view, trained(CLEAN, steps=60))
    assert "clean twin" not in [entry.text for entry in view.legend.entries]


def test_words_stand_below_forecasts_that_they_would_squeeze(view: ForecastView) -> None:
    view.show()
    for width in (900, 260):
        view.resize(width, 400)
        QApplication.processEvents()
        assert (view.plot.width() == view.width()) is (width == 260)


def test_it_says_what_will_come_before_the_first_predictions_in_both_themes(
    view: ForecastView, trained: Trained
) -> None:
    view.start_run(trained(CLEAN, steps=60).info)
    for palette in (LIGHT, DARK):
        view.apply_palette(palette)
        assert not view.grab().isNull()
    assert view.legend.entries == ()
    assert view.plot.forecasts is None


def test_forecasts_that_are_no_numbers_are_said_to_be_none(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = trained(CLEAN, steps=60)
    assert snapshot.predictions is not None
    lost = Predictions(snapshot.predictions.output * np.nan, None)
    show(view, replace(snapshot, predictions=lost))
    assert view.plot.forecasts is None
    assert view.parts[0].isHidden()


def test_forecasts_far_away_are_counted_and_do_not_stretch_the_axis(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = show(view, trained(CLEAN, steps=60))
    assert snapshot.predictions is not None
    before = view.plot.frame
    far = np.where(np.arange(len(snapshot.predictions.output)) == 3, 1e30, 5000.0)
    show(view, replace(snapshot, predictions=Predictions(far, None)))
    assert view.plot.frame == before
    assert "1 outside the axes" in view.words.text()
    assert not view.grab().isNull()


def test_it_is_drawn_in_the_colours_of_the_theme(view: ForecastView, trained: Trained) -> None:
    show(view, trained(SPOILED, steps=60))
    for palette, other in ((LIGHT, DARK), (DARK, LIGHT)):
        view.apply_palette(palette)
        image = view.plot.grab().toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }
        assert palette.spoiled in colours
        assert other.spoiled not in colours


def test_a_picture_of_it_can_be_saved(view: ForecastView, trained: Trained, tmp_path: Path) -> None:
    show(view, trained(SPOILED, steps=60))
    for suffix in ("png", "svg"):
        view.saving.save(suffix, tmp_path / f"forecast.{suffix}")
        assert (tmp_path / f"forecast.{suffix}").stat().st_size > 1000


def test_the_window_turns_to_it_when_a_series_is_opened(
    window: MainWindow, trained: Trained, qtbot: QtBot
) -> None:
    snapshot = trained(CLEAN, steps=60)
    window.start_run(snapshot.info)
    window.show_snapshot(snapshot)
    view = window.findChild(ForecastView)
    assert isinstance(view, ForecastView)
    qtbot.waitUntil(view.isVisible)
    assert view.plot.forecasts is not None
    assert len(view.parts[0].rows) == 8


def test_forecasts_that_are_mostly_too_high_are_in_sight_and_the_axis_stays_when_they_are_not(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = trained(SPOILED, steps=3)
    show(view, snapshot)
    before, predictions = view.plot.frame.y, snapshot.predictions
    assert predictions is not None
    span = before[1] - before[0]
    raised = replace(predictions, output=predictions.output + 0.6 * span)
    show(view, replace(snapshot, predictions=raised))
    after = view.plot.frame.y
    assert after[1] > before[1] and after[0] == pytest.approx(before[0], abs=0.2 * span)
    assert view.plot.outside() <= 0.05 * len(raised.output)
    absurd = replace(predictions, output=predictions.output + 1e6 * span)
    show(view, replace(snapshot, predictions=absurd))
    assert view.plot.frame.y[1] < before[1] + 5 * span
    show(view, snapshot)
    assert view.plot.frame.y == pytest.approx(before)
