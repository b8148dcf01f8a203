"""Forecasts of hours, weeks, months, quarters and years."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from tests.core.data.series_tables import made
from tests.ui.views.conftest import show
from tests.ui.views.foretold import CLEAN, Trained, mean_errors, texts, watched_rows
from visualiser.core.data.cadence import CADENCES, CadenceName
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.forecast import ForecastView

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def view(open_view: Callable[[type[ForecastView]], ForecastView]) -> ForecastView:
    return open_view(ForecastView)


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
