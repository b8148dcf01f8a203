"""Values that were lost, at random or not."""

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.feature_noise import refuse_without_numbers
from visualiser.core.corruption.lookup import first_other_column
from visualiser.core.corruption.spare_columns import columns_without
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset, Features, FloatArray, Table
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

_SLOPE = 6.0
"""Logarithm of the odds of losing the highest value against those of the lowest one: where a
quarter of the values is lost, 1 in 100 of the lowest and 78 in 100 of the highest."""
_GAP = {
    "mean": ("the mean of the training data", "no category"),
    "median": ("the median of the training data", "the most frequent category"),
    "zero": ("zero", "no category"),
}
"""What the model sees instead of a number and of a category."""


class MissingValuesOptions(Value):
    """Which values are lost more often, and what stands in their place.

    `mechanism`, by Rubin: “mcar”, each alike; “mar”, those of rows in which another column is
    high; “mnar”, those that are high themselves (of categories, those late in their order).
    `by_column`: the other column; empty means the first one. It loses nothing itself.
    `imputation`: “mean”, the gap stays, and the model sees the mean of the training data or no
    category; “median”, the median or the most frequent category is put there; “zero”, as some
    machines write what they do not know.
    """

    mechanism: Annotated[
        Literal["mcar", "mar", "mnar"],
        Field(
            title="Which are lost",
            description="Any, those of rows where another column is high, or those that are high.",
        ),
    ] = "mcar"
    by_column: Annotated[
        str,
        Field(
            max_length=200,
            title="Other column",
            description="The column that decides where another column does; it loses nothing.",
        ),
    ] = ""
    imputation: Annotated[
        Literal["mean", "median", "zero"],
        Field(
            title="What stands there",
            description="The mean by which the model reads a gap, the median of the clean "
            "training data, or zero.",
        ),
    ] = "mean"


def corrupt(
    part: Part,
    amount: float,
    options: MissingValuesOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Lose the share `amount` of the known values of a table, by one of Rubin's mechanisms.

    Rubin, “Inference and Missing Data” (1976). Where a value decides, its rank does: the chance of
    a loss rises with it as a logistic curve does, whose mean is `amount`, as of Schouten, Lugtig &
    Vink, “Generating missing values for simulation purposes” (2018).

    Raises:
        UserError: the other column is unknown, or there is none.
    """
    own = _own_numbers(context.dataset)
    clean = _cells(context.clean.features, own)
    dice, lot = generator.random((2, *clean.shape))
    chance = np.full(clean.shape, amount)
    able = ~np.isnan(clean)
    if options.mechanism == "mnar":
        for column in range(clean.shape[1]):
            chance[:, column] = loss_rates(amount, _ranks(clean[:, column], lot[:, column]))
    elif options.mechanism == "mar":
        other = _other_column(options, context)
        chance[:] = loss_rates(amount, _ranks(clean[:, other], lot[:, other]))[:, None]
        able[:, other] = False
    table = part.features
    assert isinstance(table, Table)
    able = able[part.origin] & ~np.isnan(_cells(table, own))
    lost = able & (dice < chance)[part.origin]
    features = _without(table, lost, options, context)
    differs = lost & _differs(_cells(table, own), _cells(features, own))
    change = Change(
        "missing_values",
        amount,
        int(np.count_nonzero(lost)),
        int(np.count_nonzero(able)),
        "values",
        _words(options, context),
        part.origin[differs.any(axis=1)],
    )
    return part.with_values(features=features), change


def loss_rates(mean: float, rank: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) chances of a loss for ranks in 0 … 1, with that mean over all ranks; each rises with it.

    The integral of 1 / (1 + e^−(a + s r)) over ranks r is `mean` where
    e^a = (e^(s mean) − 1) / (e^s − e^(s mean)), with the slope s.
    """
    odds = np.expm1(_SLOPE * mean) / (np.exp(_SLOPE) - np.exp(_SLOPE * mean))
    odds = odds * np.exp(_SLOPE * rank)
    return np.asarray(odds / (1 + odds))


def _other_column(options: MissingValuesOptions, context: Context) -> int:
    dataset = context.dataset
    names = columns_without(dataset)
    if len(names) < 2:
        raise UserError(
            f"{isolated(dataset.title)} has one column alone: no other one can decide what is "
            "missing.",
            "Choose values lost at random, or those that are high themselves.",
        )
    name = options.by_column or first_other_column(dataset)
    if name not in names:
        raise UserError(
            f"{isolated(dataset.title)} has no column called “{isolated(name)}”.",
            f"Choose one of: {', '.join(map(isolated, names[:12]))}.",
        )
    return names.index(name)


def _own_numbers(dataset: Dataset) -> int:
    """How many numeric columns came with the data: those that spoiling fills lose nothing."""
    assert isinstance(dataset.features, Table)
    return len(dataset.features.numeric_names) - len(dataset.spare_columns)


def _cells(features: Features, own: int) -> NDArray[np.float64]:
    """(n, columns) the `own` first numbers and category codes, NaN where there is none."""
    assert isinstance(features, Table)
    codes = np.where(features.categorical < 0, np.nan, features.categorical)
    return np.concatenate([features.numeric[:, :own].astype(np.float64), codes], axis=1)


def _ranks(values: NDArray[np.float64], lot: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) 0 … 1, evenly; equal values are put in order by lot, and unknown ones anywhere."""
    ranks = lot.copy()
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.lexsort((lot[known], values[known]))]
    ranks[order] = (np.arange(len(order)) + 0.5) / max(len(order), 1)
    return ranks


def _without(
    table: Table, lost: NDArray[np.bool_], options: MissingValuesOptions, context: Context
) -> Table:
    """The table with something else in the cells (n, columns) that are lost."""
    own = _own_numbers(context.dataset)
    number, code = np.float32(0 if options.imputation == "zero" else np.nan), np.int32(-1)
    put: tuple[Any, Any] = number, code
    if options.imputation == "median":
        put = _usual(context.reference, own)
    numeric = table.numeric.copy()
    numeric[:, :own] = np.where(lost[:, :own], put[0], numeric[:, :own])
    return table.with_values(numeric, np.where(lost[:, own:], put[1], table.categorical))


def _usual(reference: Part, own: int) -> tuple[FloatArray, NDArray[np.int32]]:
    """Median of each column of numbers, most frequent category of each other; none if unknown."""
    table = reference.features
    assert isinstance(table, Table)
    medians = [
        np.median(c[~np.isnan(c)]) if (~np.isnan(c)).any() else np.nan
        for c in table.numeric.T[:own]
    ]
    often = [np.bincount(c[c >= 0]).argmax() if (c >= 0).any() else -1 for c in table.categorical.T]
    return np.array(medians, dtype=np.float32), np.array(often, dtype=np.int32)


def _differs(old: NDArray[np.float64], new: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(n, columns) where the content of a cell is another one, a gap being one."""
    return np.asarray((old != new) & ~(np.isnan(old) & np.isnan(new)))


def _words(options: MissingValuesOptions, context: Context) -> str:
    """“lost, more where “age” is high; the model sees the mean of the training data instead”."""
    table = context.dataset.features
    assert isinstance(table, Table)
    more = ""
    if options.mechanism == "mar":
        name = options.by_column or first_other_column(context.dataset)
        more = f", more where “{isolated(name)}” is high"
    elif options.mechanism == "mnar":
        more = ", more of those that are high"
    kinds = table.numeric_names[: _own_numbers(context.dataset)], table.categorical_names
    seen = [word for word, names in zip(_GAP[options.imputation], kinds, strict=True) if names]
    return f"lost{more}, and the model sees {' or '.join(seen)} instead"


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "table":
        return None
    if dataset.modality == "images":
        return "pictures have no columns; there are bad pictures instead"
    return refuse_without_numbers(dataset) or "it needs a table; there are outliers instead"


CORRUPTION = Corruption(
    name="missing_values",
    flag="missing-values",
    title="Missing values",
    dimension="Noise",
    touches="features",
    story="Questions left unanswered, measurements not taken: some at random, some just because "
    "of what the answer would have been, as of those who earn much.",
    source="Missing completely at random, at random and not at random (MCAR, MAR, MNAR); Rubin, "
    "1976",
    amount=Amount("missing_share", 0.0, 0.8, "share"),
    options=MissingValuesOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
