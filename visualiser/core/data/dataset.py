"""A data set as a read-only value: examples, labels, groups and what is known about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cadence import Cadence
from visualiser.core.data.catalogue import Catalogue
from visualiser.core.data.cell_text import amount_text, category_text, date_text, number_text
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.scenes import Scenes

TaskName = Literal["classification", "regression", "forecasting", "ranking", "language"]
Modality = Literal[
    "points", "images", "text", "table", "series", "sound", "purchases", "characters"
]
IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float32]
Array = TypeVar("Array", bound=NDArray[Any])


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of a table, as numbers and category codes.

    Attributes:
        numeric: (N, D) float32; NaN where a value is missing.
        numeric_names: D column names.
        categorical: (N, C) int32 codes into `categories`; −1 where a value is missing.
        categorical_names: C column names.
        categories: for each categorical column its values, in code order.
        dates: names of numeric columns that are days since 1 January 1970, read as dates.
    """

    numeric: FloatArray
    numeric_names: tuple[str, ...]
    categorical: NDArray[np.int32]
    categorical_names: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    dates: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.numeric)

    def take(self, rows: IntArray) -> "Table":
        """The same columns with only the given rows, in the given order."""
        return self.with_values(self.numeric[rows], self.categorical[rows])

    def with_values(self, numeric: FloatArray, categorical: NDArray[np.int32]) -> "Table":
        """The same columns with other values."""
        return replace(self, numeric=read_only(numeric), categorical=read_only(categorical))

    @property
    def names(self) -> tuple[str, ...]:
        """Column names, numbers first."""
        return (*self.numeric_names, *self.categorical_names)

    def with_numbers(self, names: tuple[str, ...], numbers: FloatArray) -> "Table":
        """The same rows with further numeric columns (N, names) behind the numeric ones."""
        joined = read_only(np.concatenate((self.numeric, numbers), axis=1))
        return replace(self, numeric=joined, numeric_names=(*self.numeric_names, *names))

    def text(self, row: int, column: int) -> str:
        """A cell as the user reads it; columns are counted as in `names`."""
        numbers = len(self.numeric_names)
        if column >= numbers:
            code = int(self.categorical[row, column - numbers])
            return category_text(self.categories[column - numbers], code)
        value = float(self.numeric[row, column])
        is_date = self.numeric_names[column] in self.dates
        return date_text(value) if is_date else number_text(value)


Features = NDArray[Any] | Table
"""Examples before encoding.

points: (N, 2) float32 · images: (N, C, H, W) float32 in 0…1 · text: (N,) object array of str ·
table and series: a Table of N rows · sound: (N, samples) float32 in −1…1 ·
purchases: (N, 2) int64, customer and product · characters: (N, L + 1) int64 codes of characters
that follow each other.
"""


def take(features: Features, rows: IntArray) -> Features:
    """The examples at `rows`, in that order."""
    return features.take(rows) if isinstance(features, Table) else read_only(features[rows])


def joined(first: Features, second: Features) -> Features:
    """The examples of both, one after the other; of tables with the same columns."""
    if isinstance(first, Table) and isinstance(second, Table):
        return first.with_values(
            np.concatenate((first.numeric, second.numeric)),
            np.concatenate((first.categorical, second.categorical)),
        )
    return read_only(np.concatenate((np.asarray(first), np.asarray(second))))


def equal(first: Features, second: Features) -> bool:
    """Whether two lots of examples are equal in every value; a missing one equals another."""
    if isinstance(first, Table) and isinstance(second, Table):
        return np.array_equal(first.numeric, second.numeric, equal_nan=True) and np.array_equal(
            first.categorical, second.categorical
        )
    return bool(np.array_equal(np.asarray(first), np.asarray(second)))


def read_only(array: Array) -> Array:
    """The same array, marked so that nobody can write to it."""
    array.flags.writeable = False
    return array


@dataclass(frozen=True)
class DataCard:
    """What a user should know about a data set before training on it."""

    what: str
    source: str
    licence: str
    size: str
    weaknesses: Sequence[str] = ()


@dataclass(frozen=True)
class Seasons:
    """How the rows of a dated series hang together.

    Attributes:
        ahead: how many periods after the last known value the target lies.
        lags: how many periods before the target each of the leading numeric columns lies, oldest
            first: they are earlier values of the target.
        apart: how many of them stand alone in front of the others, which are one after the other.
        lowest_level: where values are learnt as shares of their level: the lowest level there
            is, above zero. None where they are learnt as differences from it.
    """

    cadence: Cadence
    ahead: int
    lags: tuple[int, ...]
    apart: int = 0
    lowest_level: float | None = None

    @property
    def past(self) -> int:
        """How many leading numeric columns are earlier values of the target."""
        return len(self.lags)

    @property
    def unbroken(self) -> int:
        """How many of them, the last ones, are one after the other."""
        return len(self.lags) - self.apart

    @property
    def naive(self) -> int:
        """Which of the earlier values is the seasonal naive forecast."""
        return self.lags.index(self.cadence.naive_lag(self.ahead))

    @property
    def naive_words(self) -> str:
        """When the seasonal naive forecast is the value of: “a week before”."""
        lag = self.lags[self.naive]
        return (
            self.cadence.season_before if lag == self.cadence.season else self.cadence.before(lag)
        )


@dataclass(frozen=True, eq=False)
class Dataset:
    """N labelled examples of one kind.

    Attributes:
        labels: classification: (N,) int64 codes into `class_names`; regression and forecasting:
            (N,) float64 in `unit`; language: (N,) int64 where in the text each window begins,
            since what follows each of its characters stands in the window itself; ranking: (N,)
            int64 codes of products in `catalogue`.
        target: name of what is predicted, as in “price”.
        unit: unit of a regression target, as in “$”; empty otherwise.
        target_is_date: whether the labels are days since 1 January 1970, read as dates.
        groups: (N,) int64 codes into `group_names` for bias experiments, or None.
        positive_class: the code of the favourable outcome where there is one (“approved”).
        blocks: (N,) int64 codes of what belongs together, such as pictures of one thing: a split
            never tears a block apart. None where each row stands for itself.
        lots: (N,) float64 in 0…1, the lot of each row: it alone decides which part the row falls
            in, so that rows that come or go move no other row. None where the split draws.
        times: (N,) when each row happened, in any order-keeping unit: a split then trains on the
            oldest rows and tests on the newest. None where time plays no part. Of a dated series
            it is when its period begins, in the unit of its cadence.
        seasons: of a dated series.
        sample_rate: samples of sound a second; None of other data.
        alphabet: of a text in windows, the character of each code; empty otherwise.
        catalogue: of purchases, the names of customers and products; None of other data.
        spare_columns: of a table, names of its last numeric columns that hold 0 in all rows, until
            a way of spoiling fills them; empty where there are none.
        captions: a few words on each example that the model does not see, such as what is said in
            a clip; empty where there are none.
        scenes: of pictures that were put together of a thing and a ground; None of others.
        content: fingerprint of the user's own file or folder; empty for other data.
        notes: what was done when the data was read, one sentence each, shown to the user.
    """

    name: str
    title: str
    card: DataCard
    modality: Modality
    task: TaskName
    features: Features
    labels: NDArray[Any]
    target: str
    class_names: tuple[str, ...] = ()
    unit: str = ""
    target_is_date: bool = False
    groups: IntArray | None = None
    group_names: tuple[str, ...] = ()
    group_title: str = ""
    positive_class: int | None = None
    blocks: IntArray | None = None
    lots: NDArray[np.float64] | None = None
    times: NDArray[Any] | None = None
    seasons: Seasons | None = None
    sample_rate: int | None = None
    alphabet: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    catalogue: Catalogue | None = None
    feature_names: tuple[str, ...] = ()
    spare_columns: tuple[str, ...] = ()
    scenes: Scenes | None = None
    content: str = ""
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        rows = len(self.features)
        columns = (self.labels, self.groups, self.blocks, self.lots, self.times)
        if any(column is not None and len(column) != rows for column in columns):
            raise ValueError("features, labels and what else a row has must be equally many")
        if self.captions and len(self.captions) != rows:
            raise ValueError("there must be a caption for each row, or none at all")
        if (self.sample_rate is not None) != (self.modality == "sound"):
            raise ValueError("sound has a sample rate, and nothing else has")
        if self.predicts_classes and len(self.class_names) < 2:
            raise ValueError("a classification data set needs two classes or more")
        if bool(self.alphabet) != (self.modality == "characters"):
            raise ValueError("windows of a text have an alphabet, and nothing else has")
        if (self.catalogue is not None) != (self.modality == "purchases"):
            raise ValueError("purchases have a catalogue, and nothing else has")
        for array in (*columns, self.features):
            if isinstance(array, np.ndarray):
                read_only(array)

    def __len__(self) -> int:
        return len(self.labels)

    def with_notes(self, notes: tuple[str, ...]) -> "Dataset":
        """The same data with other notes."""
        return replace(self, notes=notes)

    @property
    def class_count(self) -> int:
        """Number of classes; 0 where the target is a number."""
        return len(self.class_names)

    @property
    def predicts_classes(self) -> bool:
        """Whether labels are codes into `class_names`."""
        return self.task == "classification"

    @property
    def predicts_amounts(self) -> bool:
        """Whether labels are numbers in `unit`."""
        return self.task in ("regression", "forecasting")

    @property
    def target_text(self) -> str:
        """The target as a title, with its unit where that is another word: “riders (thousand)”."""
        return self.target if self.unit in ("", self.target) else f"{self.target} ({self.unit})"

    def label_text(self, label: float) -> str:
        """A label as it may stand in a sentence: “spam”, “7”, “$ 212,000”, “2024-12-31”."""
        if self.predicts_classes:
            return isolated(self.class_names[int(label)])
        if self.task == "language":
            return f"{int(label) + 1:,}"
        if self.catalogue is not None:
            return isolated(self.catalogue.products[int(label)])
        return date_text(label) if self.target_is_date else self.amount_text(label)

    def text_of(self, codes: NDArray[np.integer[Any]]) -> str:
        """Codes of characters that follow each other, as text."""
        return "".join(self.alphabet[code] for code in codes.tolist())

    def amount_text(self, amount: float) -> str:
        """An error or a difference of a regression: “$ 3,100”, “12 days”."""
        return amount_text(amount, self.unit)
