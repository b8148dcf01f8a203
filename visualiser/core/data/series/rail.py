"""Riders of a day at one station of Chicago's elevated railway, with weather and games."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.cadence import DAILY, Times
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.dated_series import (
    NO_YES,
    DatedSeries,
    WeatherOptions,
    series_dataset,
)
from visualiser.core.data.source import Defaults, Progress, Source

_WEATHER = {
    "temp": "temperature (°F)",
    "percip_max": "most rain in an hour (in)",
    "weather_snow": "hours with snow (share)",
    "weather_storm": "hours with storm (share)",
    "wind": "wind (mph)",
}
_GAMES = {
    "Bulls_Home": "Bulls at home",
    "Blackhawks_Home": "Blackhawks at home",
    "Bears_Home": "Bears at home",
    "WhiteSox_Home": "White Sox at home",
    "Cubs_Home": "Cubs at home",
}


CARD = DataCard(
    what="People who entered the station Clark/Lake of Chicago's elevated railway each day, in "
    "thousands, with the weather and the home games of five teams.",
    source="City of Chicago and Chicago Transit Authority, prepared by Max Kuhn and Kjell Johnson "
    "for “Feature Engineering and Selection” (2019); the table “Chicago” of the R package "
    "modeldata 1.1.0.",
    licence="MIT (modeldata)",
    size="5,698 days from January 2001 to August 2016, of which 5,684 have two weeks before them",
    weaknesses=(
        "Holidays are the federal ones, from the calendar; the days around them are not marked.",
        "Weekdays and weekends differ so much that knowing the day of the week is most of it.",
        "The weather is what was measured, not what was forecast: real forecasts would be worse.",
        "Fifteen years in which the city changed; the oldest days say little of the newest.",
    ),
)


def load(options: WeatherOptions, seed: int, progress: Progress) -> Dataset:
    """A row a day: riders of the days before, the calendar, weather, games.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = read_columns("chicago_rail.csv.gz")
    days = columns["date"].astype("datetime64[D]")
    games = {
        title: (columns[name].astype(np.float64).astype(np.int32), NO_YES)
        for name, title in _GAMES.items()
    }
    series = DatedSeries(
        cadence=DAILY,
        times=days,
        values=columns["ridership"].astype(np.float64),
        numeric={
            title: columns[name].astype(np.float64)
            for name, title in _WEATHER.items()
            if options.weather
        },
        categorical={"holiday": (_holidays(days), NO_YES), **games},
    )
    return series_dataset(
        SOURCE, CARD, (series,), "riders", options.past, options.ahead, unit="thousand"
    )


def _holidays(days: Times) -> NDArray[np.int32]:
    """(T,) 1 on federal holidays of the United States, on the day they are kept."""
    from pandas.tseries.holiday import USFederalHolidayCalendar

    kept = USFederalHolidayCalendar().holidays(days.min(), days.max())
    return np.isin(days, kept.to_numpy().astype("datetime64[D]")).astype(np.int32)


SOURCE = Source(
    name="chicago_rail",
    title="Railway riders",
    summary="15 years of riders at a station in Chicago; those of the next day are to be foretold.",
    job="Demand forecasting",
    modality="series",
    task="forecasting",
    options=WeatherOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (64, 32)), ("dropout", 0.1)),
        batch_size=128,
        learning_rate=0.003,
        epochs=40,
    ),
)
