"""What can be chosen about a dated series of the user's own."""

from typing import Annotated, Literal

from pydantic import Field

from visualiser.core.data.cadence import CADENCES, CadenceName
from visualiser.core.data.own_table_ways import WaysToRead
from visualiser.core.data.resampling import How

_PASTS = ", ".join(cadence.count(cadence.past) for cadence in CADENCES.values())


class OwnSeriesOptions(WaysToRead):
    """Which table, its columns of dates and values, and what is done with the others.

    Empty names let the program guess, and so does an empty cadence. With `extras` the other
    columns of numbers are inputs too, as they were in the last period whose value is known, so
    that none gives the answer away. `same_day` was named when there were days only; files of
    experiments have it.
    """

    path: str = ""
    date: Annotated[str, Field(title="When", description="Column of dates or periods.")] = ""
    order: Annotated[
        Literal["", "day_first", "month_first"],
        Field(
            title="Day and month",
            description="Which of the two is written first, where a date could be both.",
        ),
    ] = ""
    value: Annotated[str, Field(title="Value", description="Column that is foretold.")] = ""
    cadence: Annotated[
        CadenceName | Literal[""],
        Field(
            title="Taken together by",
            description="A value is foretold for each of these periods: those of the file, or "
            "longer ones.",
        ),
    ] = ""
    same_day: Annotated[
        How,
        Field(title="Taken together as", description="What becomes of several rows of a period."),
    ] = "sum"
    past: Annotated[
        int,
        Field(
            ge=0,
            le=max(cadence.pasts[1] for cadence in CADENCES.values()),
            title="Past (0: as usual)",
            description=f"How many periods before are seen; as usual are {_PASTS}.",
        ),
    ] = 0
    ahead: Annotated[
        int,
        Field(
            ge=1,
            le=max(cadence.aheads[1] for cadence in CADENCES.values()),
            title="Ahead",
            description="How many periods after the last known one is foretold.",
        ),
    ] = 1
    extras: Annotated[
        bool,
        Field(
            title="Use the other numbers too",
            description="As they were in the last period whose value is known.",
        ),
    ] = True
