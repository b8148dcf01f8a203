"""Tables of users with a dated series of any cadence."""

from pathlib import Path

import numpy as np
import pandas as pd

from visualiser.core.data.cadence import CADENCES, CadenceName

FREQUENCIES: dict[CadenceName, str] = {
    "hourly": "h",
    "daily": "D",
    "weekly": "W-FRI",
    "monthly": "MS",
    "quarterly": "QS",
    "yearly": "YS",
}


def values_of(cadence: CadenceName, periods: int) -> pd.Series:
    """A seasonal series that rises, a value a period."""
    index = pd.date_range("2001-01-01", periods=periods, freq=FREQUENCIES[cadence])
    season = CADENCES[cadence].season
    noise = np.random.default_rng(3).normal(size=periods)
    wave = 10 * np.sin(2 * np.pi * np.arange(periods) / max(season, 5))
    return pd.Series(np.round(100 + np.arange(periods) / 10 + wave + noise, 3), index=index)


def written(folder: Path, values: pd.Series, pattern: str = "%Y-%m-%d") -> Path:
    """A table with a column of dates and one of values."""
    path = folder / "sales.csv"
    times = pd.DatetimeIndex(values.index).strftime(pattern)
    rows = [f"{time},{value}" for time, value in zip(times, values, strict=True)]
    path.write_text("\n".join(["when,sold", *rows]) + "\n", encoding="utf-8")
    return path


def made(folder: Path, cadence: CadenceName, periods: int = 0) -> Path:
    """A table of that cadence, twice as long as it must be."""
    values = values_of(cadence, periods or 2 * CADENCES[cadence].fewest)
    return written(folder, values, "%Y-%m-%d %H:%M" if cadence == "hourly" else "%Y-%m-%d")
