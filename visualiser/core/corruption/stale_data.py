"""Data from long ago: what came later was never added."""

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.retained import enough_to_train_on, removed_words
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class StaleDataOptions(Value):
    """`gap`: the newest share of the training rows that is lost before the rest is shortened.

    With it, as much time lies between what is learnt and what is asked, whatever is kept.
    """

    gap: Annotated[
        float,
        Field(
            ge=0,
            le=0.9,
            allow_inf_nan=False,
            title="Gap before now",
            description="Share of the training data, the newest, that is lost in any case.",
        ),
    ] = 0.0


def corrupt(
    part: Part,
    amount: float,
    options: StaleDataOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Keep the oldest share `amount` of the rows, of all but those in the gap.

    Rows of one time stay together: all of the last one that is needed are kept. Nothing is drawn.
    """
    times = _times(context)
    ordered = np.sort(times)
    wanted_rows = max(1, int(np.ceil(amount * (1 - options.gap) * len(ordered) - 1e-9)))
    until = ordered[wanted_rows - 1]
    wanted = times <= until
    age = np.argsort(np.argsort(times, kind="stable"), kind="stable").astype(np.float64)
    kept = enough_to_train_on(wanted, age, part.origin)
    many = noun_of(context.dataset).many
    verb = removed_words(wanted[part.origin], kept, many)
    change = Change(
        "stale_data",
        amount,
        int(np.count_nonzero(~kept)),
        len(part),
        many,
        f"{verb}, all after {_time_text(context.dataset, until)}",
        part.origin[~kept],
    )
    return part.take(np.flatnonzero(kept)), change


def _times(context: Context) -> NDArray[Any]:
    """(N,) of the rows of the clean part."""
    assert context.dataset.times is not None
    return context.dataset.times[context.clean.rows]


def _time_text(dataset: Dataset, time: Any) -> str:
    return str(time) if dataset.seasons is None else dataset.seasons.cadence.text(time)


def _refuse(dataset: Dataset) -> str | None:
    if dataset.times is not None:
        return None
    return f"nothing says when the {noun_of(dataset).many} are from"


CORRUPTION = Corruption(
    name="stale_data",
    flag="stale",
    title="Stale data",
    dimension="Freshness",
    touches="rows",
    story="Last year's catalogue: the data was collected once and never since, and the world went "
    "on.",
    source="Retained oldest share; temporal gap as of Vela et al., Temporal Quality Degradation in "
    "AI Models, 2022",
    amount=Amount("oldest_share", 1.0, 0.05, "retained"),
    options=StaleDataOptions,
    refuses=_refuse,
    corrupt=corrupt,
    training_only=True,
)
