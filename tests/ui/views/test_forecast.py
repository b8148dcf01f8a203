from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.data.series_tables import made
from tests.ui.views.conftest import show
from tests.ui.views.test_scatter import wheel
from visualiser.core.data.cadence import CADENCES, CadenceName
from visualiser.core.data.dataset import Table
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.tasks.forecasting import seasonal_naive
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.ui.main_window import MainWindow
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.forecast import ForecastView
from visualiser.ui.views.forecast_band import Band
from visualiser.ui.widgets.bar_rows import BarRow

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")
Trained = Callable[..., Snapshot]
CLEAN = Experiment(dataset=DatasetConfig(name="bike_daily"))
SPOILED = CLEAN.replace(
    spoiling=Spoiling(corruptions=(CorruptionConfig(name="target_noise", amount=1.0),))
)
SHOP = Experiment(dataset=DatasetConfig(name="retail_daily"))


@pytest.fixture
def view(open_view: Callable[[type[ForecastView]], ForecastView]) -> ForecastView:
    return open_view(ForecastView)


def watched_rows(snapshot: Snapshot) -> pd.DataFrame:
    """What is known of the watched validation rows and what is foretold, as pandas sees it."""
    info, predictions = snapshot.info, snapshot.predictions
    assert predictions is not None
    part = info.split.validation.take(info.watched)
    table, times = part.features, info.dataset.times
    assert times is not None
    assert isinstance(table, Table)
    twin = predictions.output if predictions.twin_output is None else predictions.twin_output
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(times[part.rows]),
            "true": part.labels,
            "student": predictions.output,
            "twin": twin,
            "naive": seasonal_naive(info.dataset, part),
        }
    )
    for column, name in enumerate(table.categorical_names):
        frame[name] = table.categorical[:, column]
    return frame


def mean_errors(frame: pd.DataFrame, answers: str, by: "pd.Series[Any]") -> "pd.Series[Any]":
    return (frame[answers] - frame["true"]).abs().groupby(by).mean()


def texts(rows: tuple[BarRow, ...]) -> dict[str, str]:
    return {row.title: row.text for row in rows}


def test_errors_by_weekday_are_those_of_a_groupby(view: ForecastView, trained: Trained) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    frame = watched_rows(snapshot)
    names = frame["day"].dt.day_name().str[:3]
    student, twin = mean_errors(frame, "student", names), mean_errors(frame, "twin", names)
    amount = snapshot.info.dataset.amount_text
    shown = texts(view.parts[0].rows)
    whole = (frame["student"] - frame["true"]).abs().mean()
    assert shown.pop("all days").startswith(amount(whole))
    assert shown == {day: f"{amount(student[day])} ({amount(twin[day])})" for day in student.index}
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


def test_the_day_under_the_pointer_tells_true_value_and_forecasts(
    view: ForecastView, trained: Trained
) -> None:
    snapshot = show(view, trained(SPOILED, steps=60))
    view.naive.click()
    row = watched_rows(snapshot).iloc[40]
    day = int(row["day"].to_datetime64().astype("datetime64[D]").astype(np.int64))
    text = view.plot.read(QPointF(view.plot.place_of(day).x(), view.plot.frame.box.center().y()))
    amount = snapshot.info.dataset.label_text
    assert text.startswith(f"{row['day'].day_name()} {row['day'].date()}")
    for title, name in (
        ("truly ", "true"),
        ("your model: ", "student"),
        ("clean twin: ", "twin"),
        ("a week before: ", "naive"),
    ):
        assert f"{title}{amount(row[name])}" in text


def test_a_training_day_is_said_to_be_one(view: ForecastView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    box = view.plot.frame.box
    assert "a training day" in view.plot.read(QPointF(box.left() + 2, box.center().y()))
    assert view.plot.read(QPointF(0, 0)) == ""
    assert view.plot.time is None


def test_arrow_keys_go_from_foretold_day_to_day(view: ForecastView, trained: Trained) -> None:
    show(view, trained(CLEAN, steps=60))
    assert view.plot.forecasts is not None
    watched = view.plot.forecasts.series.watched
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.plot.time == watched[0]
    assert view.row.text() == view.plot.forecasts.sentence(int(watched[0]), naive=False)
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.plot.time == watched[1]
    for _ in range(2):
        QTest.keyClick(view.plot, Qt.Key.Key_Left)
    assert view.plot.time == watched[-1]


def test_the_wheel_zooms_dragging_moves_and_a_double_click_fits(
    view: ForecastView, trained: Trained
) -> None:
    show(view, trained(CLEAN, steps=60))
    before = view.plot.frame
    middle = before.box.center()
    QApplication.sendEvent(view.plot, wheel(middle, 480))
    zoomed = view.plot.frame
    assert zoomed.x[1] - zoomed.x[0] < before.x[1] - before.x[0]
    QTest.mousePress(view.plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    QTest.mouseMove(view.plot, (middle + QPointF(40, 0)).toPoint())
    QTest.mouseRelease(view.plot, Qt.MouseButton.LeftButton)
    assert view.plot.frame.x[0] < zoomed.x[0]
    QTest.mouseDClick(view.plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert view.plot.frame == before
    assert view.plot.forecasts is not None
    for _ in range(20):
        QApplication.sendEvent(view.plot, wheel(middle, -480))
    days = view.plot.forecasts.series.times
    assert view.plot.frame.x == (days[0], days[-1])


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


def own_series(folder: Path, cadence: CadenceName, **options: object) -> Experiment:
    config = {"name": "own_series", "options": {"path": str(made(folder, cadence)), **options}}
    return CLEAN.replace(dataset=DatasetConfig.model_validate(config))


def test_errors_of_months_are_told_by_month_of_the_year(
    view: ForecastView, trained: Trained, tmp_path: Path
) -> None:
    snapshot = show(view, trained(own_series(tmp_path, "monthly"), steps=40))
    frame = watched_rows(snapshot)
    errors = mean_errors(frame, "student", frame["day"].dt.month_name().str[:3])
    shown = texts(view.parts[0].rows)
    assert shown.pop("all months").startswith(
        snapshot.info.dataset.amount_text((frame["student"] - frame["true"]).abs().mean())
    )
    amount = snapshot.info.dataset.amount_text
    assert shown == {month: amount(errors[month]) for month in errors.index}
    assert view.parts[1].isHidden() and view.holidays.isHidden()
    assert view.words.text().startswith(f"{len(frame)} validation months.")


def test_a_month_is_named_and_found_under_the_pointer(
    view: ForecastView, trained: Trained, tmp_path: Path
) -> None:
    snapshot = show(view, trained(own_series(tmp_path, "monthly"), steps=40))
    QTest.keyClick(view.plot, Qt.Key.Key_Right)
    first = watched_rows(snapshot)["day"].min()
    assert view.row.text().startswith(f"{first:%B %Y}\n")
    assert view.plot.time is not None
    place = view.plot.place_of(view.plot.time)
    told = view.plot.read(QPointF(place.x(), view.plot.frame.box.center().y()))
    assert told == view.row.text()
    left = QPointF(view.plot.frame.box.left() + 1, view.plot.frame.box.center().y())
    assert ", a training month" in view.plot.read(left)
    # A whole year leads up to what is foretold.
    assert view.plot.forecasts is not None
    assert view.plot.frame.x[0] == view.plot.forecasts.series.begins - 12


def test_errors_of_hours_are_told_by_hour_and_by_weekday(
    view: ForecastView, trained: Trained, tmp_path: Path
) -> None:
    snapshot = show(view, trained(own_series(tmp_path, "hourly"), steps=40))
    frame = watched_rows(snapshot)
    hours = mean_errors(frame, "student", frame["day"].dt.strftime("%H:00"))
    days = mean_errors(frame, "student", frame["day"].dt.day_name().str[:3])
    amount = snapshot.info.dataset.amount_text
    shown = texts(view.parts[0].rows)
    del shown["all hours"]
    assert shown == {hour: amount(hours[hour]) for hour in hours.index}
    assert texts(view.parts[1].rows) == {day: amount(days[day]) for day in days.index}


@pytest.mark.parametrize("cadence", ["weekly", "quarterly", "yearly"])
def test_every_cadence_is_drawn_in_both_themes(
    view: ForecastView, trained: Trained, tmp_path: Path, cadence: CadenceName
) -> None:
    snapshot = show(view, trained(own_series(tmp_path, cadence), steps=20))
    for palette in (LIGHT, DARK):
        view.apply_palette(palette)
        assert not view.grab().isNull()
    known = CADENCES[cadence]
    assert view.parts[0].rows[0].title == f"all {known.many}"
    view.naive.click()
    assert view.legend.entries[-1].text == known.season_before
    assert snapshot.info.dataset.times is not None
    QTest.keyClick(view.plot, Qt.Key.Key_Left)
    last = snapshot.info.dataset.times[snapshot.info.split.validation.rows].max()
    assert view.row.text().startswith(known.sentence(last))
