"""Dated series of the user's own, in each cadence: recognised, taken together, or refused."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.core.data.series_tables import FREQUENCIES, made, values_of, written
from tests.core.data.test_own_kinds import series
from visualiser.core.data import own_series_columns
from visualiser.core.data.cadence import CADENCES, CadenceName
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.own_kind import Survey
from visualiser.core.data.own_kinds import recognised
from visualiser.core.data.own_series import KIND
from visualiser.core.data.own_series_options import OwnSeriesOptions
from visualiser.core.data.own_table import OwnTableOptions, read_columns
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.source import Progress
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Experiment, SplitConfig
from visualiser.core.tasks.forecasting import seasonal_naive
from visualiser.core.tasks.registry import task_of


def load(path: Path, **options: object) -> Dataset:
    config = {"name": "own_series", "options": {"path": str(path), **options}}
    return load_dataset(DatasetConfig.model_validate(config), 0)


def survey(path: Path, **options: object) -> Survey:
    return KIND.survey(OwnSeriesOptions.model_validate({"path": str(path), **options}), Progress())


def notes(dataset: Dataset) -> str:
    return " ".join(dataset.notes)


@pytest.mark.parametrize("cadence", FREQUENCIES)
def test_each_cadence_is_recognised_and_read(tmp_path: Path, cadence: CadenceName) -> None:
    path, known = made(tmp_path, cadence), CADENCES[cadence]
    values = values_of(cadence, 2 * known.fewest)
    assert recognised(path)[0].name == "own_series"
    found = survey(path)
    assert not found.refusal
    assert known.count(len(values)) in found.facts[1]
    dataset = load(path)
    assert dataset.seasons is not None and dataset.times is not None
    assert dataset.seasons.cadence is known
    reach = max(dataset.seasons.lags)
    assert len(dataset) == len(values) - reach
    np.testing.assert_array_equal(dataset.labels, values.to_numpy()[reach:])
    times = values.index.to_numpy().astype(known.dtype)
    assert np.array_equal(dataset.times, times[reach:])
    assert known.count(len(values)) in dataset.card.size


@pytest.mark.parametrize("cadence", FREQUENCIES)
def test_the_naive_forecast_is_the_value_of_a_season_before(
    tmp_path: Path, cadence: CadenceName
) -> None:
    dataset, known = load(made(tmp_path, cadence)), CADENCES[cadence]
    split = split_dataset(dataset, SplitConfig(), 0)
    oracle = values_of(cadence, 2 * known.fewest).shift(known.season).to_numpy()
    expected = oracle[-len(dataset) :][split.test.rows]
    np.testing.assert_allclose(seasonal_naive(dataset, split.test), expected, rtol=1e-6)
    base = task_of(dataset).baseline(dataset, split.train, split.test)
    assert base.words == f"always answering the value of {known.season_before}"


@pytest.mark.parametrize("pattern", ["%Y-%m", "%b %Y", "%YM%m", "%d-%m-%Y", "%Y%m"])
def test_months_may_be_written_in_any_usual_way(tmp_path: Path, pattern: str) -> None:
    values = values_of("monthly", 60)
    path = written(tmp_path, values, pattern)
    assert recognised(path)[0].name == "own_series"
    dataset = load(path)
    assert dataset.card.size == "60 months, 2001-01 to 2005-12"
    assert np.array_equal(dataset.labels, values.to_numpy()[12:])


def test_years_are_numbers_too(tmp_path: Path) -> None:
    path = written(tmp_path, values_of("yearly", 40), "%Y")
    assert recognised(path)[0].name == "own_series"
    dataset = load(path)
    assert dataset.card.size == "40 years, 2001 to 2040"
    assert dataset.feature_names == ("3 years before", "2 years before", "the year before")


def test_a_line_of_totals_below_the_months_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, values_of("monthly", 60), "%b %Y")
    with path.open("a", encoding="utf-8") as file:
        file.write("total,99999\n")
    dataset = load(path)
    assert "“total” is none and counts as missing" in notes(dataset)
    assert dataset.labels.max() < 1_000


@pytest.mark.parametrize(
    ("cadence", "frequency"), [("weekly", "W-SUN"), ("monthly", "M"), ("quarterly", "Q")]
)
def test_days_can_be_taken_together(tmp_path: Path, cadence: CadenceName, frequency: str) -> None:
    values = values_of("daily", 4_000)
    path = written(tmp_path, values)
    offered = dict(survey(path).choices["cadence"])
    assert offered[""] == "Recognise (day)"
    assert list(offered)[1:] == ["weekly", "monthly", "quarterly", "yearly"]
    dataset = load(path, cadence=cadence)
    assert dataset.seasons is not None
    periods = pd.DatetimeIndex(values.index).to_period(frequency)
    # The series begins with a whole period and ends within one.
    oracle = values.groupby(periods).sum()[:-1]
    reach = max(dataset.seasons.lags)
    np.testing.assert_allclose(dataset.labels, oracle.to_numpy()[reach:])
    one = CADENCES[cadence].one
    assert f"The days of a {one} are taken together: their sum counts." in dataset.notes
    assert f"1 {one} at the ends is not whole and is left out." in dataset.notes


def test_a_mean_and_extras_are_taken_together_too(tmp_path: Path) -> None:
    index = pd.date_range("2010-01-01", "2019-12-31", freq="D")
    count = np.arange(len(index))
    frame = pd.DataFrame({"sold": count % 11, "price": count}, index)
    path = tmp_path / "sales.csv"
    frame.to_csv(path, index_label="day")
    dataset = load(path, cadence="monthly", same_day="mean")
    oracle = frame.groupby(index.to_period("M")).mean()
    np.testing.assert_allclose(dataset.labels, oracle["sold"][12:])
    assert isinstance(dataset.features, Table)
    assert dataset.features.numeric_names[-1] == "price, the month before"
    np.testing.assert_allclose(dataset.features.numeric[:, -1], oracle["price"][11:-1], rtol=1e-6)


def test_an_experiment_from_before_there_were_cadences_opens_as_it_was(tmp_path: Path) -> None:
    options = {"path": str(series(tmp_path)), "past": 9, "ahead": 2, "same_day": "mean"}
    config = {"name": "own_series", "options": options}
    experiment = Experiment.model_validate({"dataset": config})
    dataset = load_dataset(experiment.dataset, 0)
    assert dataset.seasons is not None
    assert dataset.seasons.lags == tuple(range(10, 1, -1))
    plain = load(series(tmp_path))
    assert plain.seasons is not None and plain.seasons.lags == tuple(range(14, 0, -1))


@pytest.mark.parametrize(
    ("options", "sentence", "hint"),
    [
        ({"cadence": "daily"}, "a value for each month, and not for each day", "by months or"),
        ({"cadence": "yearly"}, "has 6 years, too few", "25 are the fewest"),
        ({"past": 40}, "The past is 40 months", "1 to 36"),
        ({"ahead": 30}, "What lies ahead is 30 months", "1 to 24"),
        ({"ahead": 24}, "has 72 months, too few", "are the fewest"),
    ],
)
def test_what_cannot_be_done_with_months_is_said_in_a_sentence(
    tmp_path: Path, options: dict[str, object], sentence: str, hint: str
) -> None:
    path = made(tmp_path, "monthly", 72)
    with pytest.raises(UserError, match=sentence) as caught:
        load(path, **options)
    assert hint in caught.value.hint
    assert sentence in survey(path, **options).refusal


def test_dates_without_any_cadence_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    years = [1801, 1802, 1950, 1951, 2100, 2101]
    path.write_text("\n".join(["when,sold", *(f"{y}-01-01,{y}" for y in years)]), encoding="utf-8")
    with pytest.raises(UserError, match="has no regular dates") as caught:
        load(path)
    assert "Give it a row for each of them, or open it as a table." in caught.value.hint


def test_too_few_months_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has 40 months, too few to train, validate and test"):
        load(made(tmp_path, "monthly", 40))


def test_the_extras_of_a_series_are_those_of_the_day_before(tmp_path: Path) -> None:
    dataset = load(series(tmp_path), past=7)
    assert isinstance(dataset.features, Table)
    assert dataset.features.numeric_names[-1] == "price, the day before"
    assert dataset.features.numeric[0, -1] == 2 + 6 % 3
    assert dataset.labels[0] == 100
    assert dataset.times is not None
    assert str(dataset.times[0]) == "2023-01-08"
    without = load(series(tmp_path), past=7, extras=False)
    assert "price, the day before" not in without.feature_names


def test_gaps_of_a_series_are_filled_and_rows_of_a_day_taken_together(tmp_path: Path) -> None:
    path = series(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    del lines[10:12]
    lines.append(lines[-1])
    path.write_text("\n".join(lines), encoding="utf-8")
    dataset = load(path, past=7, same_day="sum")
    assert "2 days without a value lie" in notes(dataset)
    assert "Rows of one day are taken together: their sum counts" in notes(dataset)
    assert dataset.labels[-1] == 2 * (100 + 119 % 7)


@pytest.mark.parametrize("pattern", ["%d.%m.%Y", "%d %B %Y", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"])
def test_days_may_be_written_in_any_usual_way(tmp_path: Path, pattern: str) -> None:
    days = pd.date_range("2022-01-01", periods=400).strftime(pattern)
    lines = ["Datum;Preis;Wetter", *(f"{day};{n % 7 + 20},50;sun" for n, day in enumerate(days))]
    path = tmp_path / "sales.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert recognised(path)[0].name == "own_series"
    assert load(path).card.size == "400 days, 2022-01-01 to 2023-02-04"


def test_dates_in_three_formats_are_refused_as_what_they_are(tmp_path: Path) -> None:
    patterns = ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"]
    days = [pd.Timestamp("2022-01-01") + pd.Timedelta(days=n) for n in range(300)]
    lines = [f"{day.strftime(patterns[n % 3])},{n % 7}" for n, day in enumerate(days)]
    path = tmp_path / "mixed.csv"
    path.write_text("\n".join(["date,sold", *lines]), encoding="utf-8")
    kinds = [kind.name for kind in recognised(path)]
    assert kinds[0] == "own_table" and "own_series" in kinds
    reason = "the dates of “date” are written in several ways"
    assert reason in survey(path).refusal and "2024-12-31" in survey(path).refusal
    with pytest.raises(UserError, match=reason):
        load(path, date="date")


def test_what_becomes_of_the_other_columns_is_said_when_opened_and_after(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    lines = series(tmp_path).read_text(encoding="utf-8").splitlines()
    skies = ["weather", *(("sun", "rain", "snow")[n % 3] for n in range(len(lines) - 1))]
    path.write_text("\n".join(map(",".join, zip(lines, skies, strict=True))), encoding="utf-8")
    for said in (survey(path).facts, load(path).notes):
        assert "Seen too, as last known: “price”." in said
        assert "Left out, since only numbers are seen: “weather”." in said
    assert not any("weather" in fact for fact in survey(path, extras=False).facts)


def test_a_survey_reads_the_columns_once_as_long_as_the_last_one_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = series(tmp_path), list[frozenset[str] | None]()

    def counted(options: OwnTableOptions, progress: Progress, only: frozenset[str] | None) -> Any:
        read.append(only)
        return read_columns(options, progress, only)

    monkeypatch.setattr(own_series_columns, "read_columns", counted)
    held = survey(path)
    held = survey(path, cadence="weekly")
    again = survey(path, ahead=2)
    assert len(read) == 1 and again.holds is held.holds
    held = again = survey(path, value="price")
    assert len(read) == 2
    path.write_text(path.read_text(encoding="utf-8") + "2023-05-01,9,9\n", encoding="utf-8")
    held = survey(path, value="price")
    assert len(read) == 3 and held.facts != again.facts
    del held, again
    survey(path, value="price")
    assert len(read) == 4


def test_columns_named_from_the_right_do_not_turn_sentences_around(tmp_path: Path) -> None:
    path = tmp_path / "a\u202egnp.csv"
    lines = series(tmp_path).read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(["يوم,كم,سعر", *lines[1:]]), encoding="utf-8")
    said = survey(path).facts
    assert "“\u2068يوم\u2069” is when, “\u2068كم\u2069” is foretold." in said
    assert "Seen too, as last known: “\u2068سعر\u2069”." in said
    assert survey(path, cadence="hourly").refusal.startswith(f"\u2068{path.name}\u2069 has a value")
    assert load(path).target == "كم"


def test_the_order_of_day_and_month_is_chosen_where_dates_could_be_both(tmp_path: Path) -> None:
    days = [date(2024, month, day) for month in range(1, 13) for day in range(1, 13)]
    lines = [f"{day:%m/%d/%Y},{n % 7 + 1}\n" for n, day in enumerate(days)]
    path = tmp_path / "sales.csv"
    path.write_text("day,sold\n" + "".join(lines), encoding="utf-8")
    read = {}
    for order in ("", "day_first", "month_first"):
        options = OwnSeriesOptions(path=str(path), order=order)
        assert dict(KIND.survey(options, Progress()).choices["order"]).keys() >= {"month_first"}
        column = own_series_columns.date_and_value(options, "day", "sold", Progress()).by_name[
            "day"
        ]
        assert column.values is not None
        read[order] = column.values[:2].tolist()
    assert read["day_first"] == read[""]
    assert read["month_first"][1] - read["month_first"][0] == 1
    assert read["day_first"][1] - read["day_first"][0] == 31
