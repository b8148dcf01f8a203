"""Rows that were selected by what they look like: another distribution of a feature."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from visualiser.core.corruption.measures import (
    Values,
    automatic_measure,
    measured,
    refuse_unmeasured,
)
from visualiser.core.corruption.retained import FEWEST_ROWS, enough_to_train_on
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

MOST_SHIFT = 2.0
"""In standard deviations."""
_STAYING = 0.02
"""Share of the clean training rows that is expected to stay, at the least."""
_HALVINGS = 60


class CovariateShiftOptions(Value):
    """What the rows are selected by, and which end of it is preferred.

    `column`: what is measured of a row, as in “missing_region”; empty means what tells most of the
    target.
    """

    column: Annotated[
        str,
        Field(title="Selected by", description="What decides which rows got in."),
    ] = ""
    direction: Annotated[
        Literal["up", "down"],
        Field(title="Mean moves", description="Whether high values are preferred, or low ones."),
    ] = "up"


def corrupt(
    part: Part,
    amount: float,
    options: CovariateShiftOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Select rows until the mean of a feature has moved by `amount` standard deviations.

    A row is kept where a draw of its own in 0 … 1 lies below exp(θ · min(z − m, 0)), z being its
    value in standard deviations of the clean training rows: exponential tilting, as sample
    selection bias is made in Gretton et al., “Covariate Shift by Kernel Mean Matching” (2009). θ
    grows with the amount and is the one that moves the expected mean so far. Rows beyond m are all
    kept: pure tilting would leave hardly any rows of a feature with a long tail. A row without a
    value counts as the mean.

    Raises:
        UserError: there is no such feature, or it has one value only.
    """
    name = options.column or automatic_measure(context)
    sign = 1.0 if options.direction == "up" else -1.0
    centre, spread = _moments(context, name)
    seen = _standard(measured(context.dataset, context.reference.features, name), centre, spread)
    values = _standard(measured(context.dataset, context.clean.features, name), centre, spread)
    edge = _edge(sign * seen)
    last = _steepness_survived(sign * values, edge, generator.random(len(values)))
    steepness = _steepness(sign * seen, edge, amount)
    kept = enough_to_train_on(last > steepness, -last, part.origin)
    gone = part.origin[~kept]
    change = Change(
        "covariate_shift",
        amount,
        len(gone),
        len(part),
        noun_of(context.dataset).many,
        _removed(name, values[part.origin[kept]], values[part.origin]),
        gone,
    )
    return part.take(np.flatnonzero(kept)), change


def _moments(context: Context, name: str) -> tuple[float, float]:
    """Mean and standard deviation of a measure of the clean training rows."""
    values = measured(context.dataset, context.reference.features, name)
    known = values[np.isfinite(values)]
    if not len(known) or known.std() == 0:
        raise UserError(
            f"Selection bias: “{isolated(name)}” has one value only, so no rows can be preferred.",
            "Choose another one.",
        )
    return float(known.mean()), float(known.std())


def _standard(values: Values, centre: float, spread: float) -> Values:
    """In standard deviations from the mean; what is missing counts as the mean."""
    return np.where(np.isfinite(values), (values - centre) / spread, 0.0)


def _edge(seen: Values) -> float:
    """m: the rows beyond have a mean of MOST_SHIFT, or are as few as have to stay where none have.

    So as many rows are kept as such a shift allows.
    """
    ordered = np.sort(seen)[::-1]
    means = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    fewest = int(np.ceil(max(_STAYING * len(ordered), min(FEWEST_ROWS, len(ordered)))))
    beyond = int(np.count_nonzero(means >= min(MOST_SHIFT, float(means[fewest - 1]))))
    return float(ordered[beyond - 1])


def _steepness(seen: Values, edge: float, shift: float) -> float:
    """θ for which the expected mean of what is kept of `seen` is `shift`.

    Where that would leave too few rows, the one that leaves just enough.
    """
    below = np.minimum(seen - edge, 0)
    fewest = _STAYING * len(seen)
    if shift == 0:
        return 0.0

    def too_steep(steepness: float) -> bool:
        share = np.exp(steepness * below)
        return bool(share @ seen > shift * share.sum() or share.sum() < fewest)

    low, high = 0.0, 1.0
    while not too_steep(high) and high < 2**40:
        low, high = high, 2 * high
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if too_steep(middle) else (middle, high)
    return low


def _steepness_survived(values: Values, edge: float, dice: Values) -> Values:
    """(N,) θ up to which each row is kept, since its draw lies below its share until there."""
    below = np.minimum(values - edge, 0)
    survived = np.full(len(values), np.inf)
    inside = below < 0
    # A draw may be 0, and is then never the higher one.
    survived[inside] = np.log(np.maximum(dice[inside], 1e-300)) / below[inside]
    return survived


def _removed(name: str, kept: Values, before: Values) -> str:
    """“removed; the mean of “area” moved by 0.98 sd”."""
    moved = float(kept.mean() - before.mean()) if len(kept) else 0.0
    text = f"{moved:.2f}".replace("-", "−")
    return f"removed; the mean of “{isolated(name)}” moved by {text} sd"


CORRUPTION = Corruption(
    name="covariate_shift",
    flag="selection-bias",
    title="Selection bias",
    dimension="Coverage",
    touches="rows",
    story="Only those who came to the shop were asked: rows got in by what they look like, and the "
    "model later meets the others too. 1 sd is how far values usually lie from their mean.",
    source="Exponential tilting of a feature's distribution; Gretton et al., Covariate Shift by "
    "Kernel Mean Matching, 2009",
    amount=Amount("shift_std", 0.0, MOST_SHIFT, "sd"),
    options=CovariateShiftOptions,
    refuses=refuse_unmeasured,
    corrupt=corrupt,
)
