"""How often a dated series has a value, and all that follows from it: a registry of cadences."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.datetime64]
Codes = NDArray[np.int32]
CadenceName = Literal["hourly", "daily", "weekly", "monthly", "quarterly", "yearly"]
HOURS = tuple(f"{hour:02}:00" for hour in range(24))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def hour_codes(times: Times) -> Codes:
    """(T,) 0 for midnight … 23."""
    return (times.astype("datetime64[h]").astype(np.int64) % 24).astype(np.int32)


def weekday_codes(times: Times) -> Codes:
    """(T,) 0 for Monday … 6 for Sunday."""
    # 1 January 1970 was a Thursday.
    return ((times.astype("datetime64[D]").astype(np.int64) + 3) % 7).astype(np.int32)


def month_codes(times: Times) -> Codes:
    """(T,) 0 for January … 11 for December."""
    return (times.astype("datetime64[M]").astype(np.int64) % 12).astype(np.int32)


def quarter_codes(times: Times) -> Codes:
    """(T,) 0 for January to March … 3."""
    return month_codes(times) // np.int32(3)


@dataclass(frozen=True)
class CalendarColumn:
    """What the date of a period alone says of it, as a category.

    Attributes:
        codes: (T,) datetime64 → (T,) int32 codes into `texts`.
    """

    title: str
    texts: tuple[str, ...]
    codes: Callable[[Times], Codes]


HOUR = CalendarColumn("hour", HOURS, hour_codes)
WEEKDAY = CalendarColumn("weekday", WEEKDAYS, weekday_codes)
MONTH = CalendarColumn("month", MONTHS, month_codes)
QUARTER = CalendarColumn("quarter", QUARTERS, quarter_codes)


@dataclass(frozen=True)
class Cadence:
    """The step of a dated series, such as a month.

    Attributes:
        name: key in options.
        one, many, a: what a period is called: “hour”, “hours”, “an hour”.
        unit, step: a period is `step` of NumPy's datetime64 `unit`; times are kept in that unit.
        season: periods after which the series repeats itself; 1 where it does not.
        season_before: how far back the seasonal naive forecast looks: “a week before”.
        further: a longer season. Its one value is an input where the series has it four times.
        past: how many of the last periods a model sees as a rule.
        pasts, aheads: the fewest and the most periods that may be seen and looked ahead.
        fewest: periods a series must have, to be trained on, validated and tested.
        calendar: what the date of a period says of it beforehand, columns of the inputs.
        parts: by which of them errors are told apart.
        written, spoken: how a period is named in cards and tables, and in a sentence; with the
            fields of str.format that `_filled` knows.
    """

    name: CadenceName
    one: str
    many: str
    a: str
    unit: Literal["h", "D", "M", "Y"]
    step: int
    season: int
    season_before: str
    past: int
    pasts: tuple[int, int]
    aheads: tuple[int, int]
    fewest: int
    calendar: tuple[CalendarColumn, ...]
    parts: tuple[CalendarColumn, ...]
    written: str
    spoken: str
    further: int | None = None

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the times of such a series."""
        return np.dtype(f"datetime64[{self.unit}]")

    def before(self, periods: int) -> str:
        """“the month before”, “12 months before”."""
        return f"the {self.one} before" if periods == 1 else f"{periods} {self.many} before"

    def count(self, periods: int) -> str:
        """“1 month”, “1,200 months”."""
        return f"{periods:,} {self.one if periods == 1 else self.many}"

    def text(self, time: np.datetime64) -> str:
        """A period in a card or a table: “2024-12-31”, “2024 Q4”."""
        return _filled(self.written, time)

    def sentence(self, time: np.datetime64) -> str:
        """A period in a sentence: “Tuesday 2024-12-31”, “December 2024”."""
        return _filled(self.spoken, time)

    def lags(self, past: int, ahead: int, periods: int) -> tuple[int, ...]:
        """How many periods back each input value lies, oldest first.

        The last `past` known ones, and in front of them single values of one season before and of
        the longer season. Of weeks a year would be 52 columns for some hundred rows, most of them
        noise to a model; one value of a year before says what repeats, and costs no more rows.

        Args:
            past: values one after the other, the newest `ahead` periods back.
            ahead: of the last known value.
            periods: of the series.
        """
        recent = range(past + ahead - 1, ahead - 1, -1)
        wanted = {self.naive_lag(ahead)}
        if self.further is not None and periods >= 4 * self.further:
            wanted.add(_whole_seasons(self.further, ahead))
        return (*sorted(wanted - {*recent}, reverse=True), *recent)

    def naive_lag(self, ahead: int) -> int:
        """Periods back to the newest known value of the same place in the season."""
        return _whole_seasons(self.season, ahead)


def _whole_seasons(season: int, ahead: int) -> int:
    return season * -(-ahead // season)


def _filled(pattern: str, time: np.datetime64) -> str:
    # Not strftime: its names of days and months are in the language of the system.
    moment = time.astype("datetime64[s]").item()
    month = int(month_codes(np.array([time]))[0])
    return pattern.format(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        quarter=month // 3 + 1,
        month_name=MONTHS[month],
        weekday=WEEKDAYS[moment.weekday()],
    )


_DATE = "{year}-{month:02}-{day:02}"
HOURLY = Cadence(
    name="hourly",
    one="hour",
    many="hours",
    a="an hour",
    unit="h",
    step=1,
    season=24,
    season_before="a day before",
    further=168,
    past=24,
    pasts=(1, 168),
    aheads=(1, 168),
    fewest=168,
    calendar=(HOUR, WEEKDAY),
    parts=(HOUR, WEEKDAY),
    written=_DATE + " {hour:02}:00",
    spoken="{weekday} " + _DATE + " {hour:02}:00",
)
DAILY = Cadence(
    name="daily",
    one="day",
    many="days",
    a="a day",
    unit="D",
    step=1,
    season=7,
    season_before="a week before",
    past=14,
    pasts=(7, 56),
    aheads=(1, 28),
    fewest=60,
    calendar=(WEEKDAY, MONTH),
    parts=(WEEKDAY,),
    written=_DATE,
    spoken="{weekday} " + _DATE,
)
WEEKLY = Cadence(
    name="weekly",
    one="week",
    many="weeks",
    a="a week",
    unit="D",
    step=7,
    season=52,
    season_before="a year before",
    past=8,
    pasts=(1, 52),
    aheads=(1, 26),
    fewest=130,
    calendar=(MONTH,),
    parts=(MONTH,),
    written=_DATE,
    spoken="week of " + _DATE,
)
MONTHLY = Cadence(
    name="monthly",
    one="month",
    many="months",
    a="a month",
    unit="M",
    step=1,
    season=12,
    season_before="a year before",
    past=12,
    pasts=(1, 36),
    aheads=(1, 24),
    fewest=48,
    calendar=(MONTH,),
    parts=(MONTH,),
    written="{year}-{month:02}",
    spoken="{month_name} {year}",
)
QUARTERLY = Cadence(
    name="quarterly",
    one="quarter",
    many="quarters",
    a="a quarter",
    unit="M",
    step=3,
    season=4,
    season_before="a year before",
    past=4,
    pasts=(1, 16),
    aheads=(1, 8),
    fewest=32,
    calendar=(QUARTER,),
    parts=(QUARTER,),
    written="{year} Q{quarter}",
    spoken="{year} Q{quarter}",
)
YEARLY = Cadence(
    name="yearly",
    one="year",
    many="years",
    a="a year",
    unit="Y",
    step=1,
    season=1,
    season_before="the year before",
    past=3,
    pasts=(1, 20),
    aheads=(1, 10),
    fewest=25,
    calendar=(),
    parts=(),
    written="{year}",
    spoken="{year}",
)
CADENCES: dict[CadenceName, Cadence] = {
    cadence.name: cadence for cadence in (HOURLY, DAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY)
}
"""From the finest to the coarsest."""
