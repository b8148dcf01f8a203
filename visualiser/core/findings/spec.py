"""What finders are given, and what they answer: about rows, and about the data as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.questions.row_record import RowRecord

Mistake = Literal["label", "values", "copy"]
"""What can be wrong with a row: its label, its values, or that it is there once more."""

Need = Literal["foretold", "record", "neighbours"]
"""What a finder needs beyond the rows: it is gathered once for all finders."""

Weight = Literal["serious", "look", "fine"]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Foretold:
    """What a quick model says of each row that it has not been shown.

    Attributes:
        output: (n, K) class probabilities, or (n,) targets in their unit.
        how: which model, in words.
    """

    output: NDArray[Any]
    how: str


@dataclass(frozen=True, eq=False)
class Neighbours:
    """The rows nearest to each row, of those with other values than its own copies have.

    Attributes:
        distance: (n, k) distances, the nearest first.
        position: (n, k) positions of those rows.
        first_copy: (n,) position of the first row with exactly the same values; its own if none.
        dimension: in how many directions rows really spread (Facco et al. 2017).
    """

    distance: FloatArray
    position: IntArray
    first_copy: IntArray
    dimension: float


@dataclass(frozen=True, eq=False)
class Evidence:
    """What finders are given: nothing of it knows which rows were spoiled.

    Attributes:
        part: n training rows as the student sees them.
        validation: clean validation rows, as they are.
        vectors: (n, D) what a row is made of as numbers (see vectors.py).
        validation_vectors: (V, D) the same of the validation rows.
        vector_names: what each of D numbers is; empty of pictures and sounds.
        record: what training itself has seen; None without it.
        test: test rows without their labels, to look for copies only; None where out of reach.
    """

    dataset: Dataset
    part: Part
    validation: Part
    vectors: FloatArray
    validation_vectors: FloatArray
    vector_names: tuple[str, ...]
    seed: int
    foretold: Foretold | None = None
    neighbours: Neighbours | None = None
    record: RowRecord | None = None
    test: Features | None = None


@dataclass(frozen=True, eq=False)
class Suspects:
    """What a finder makes of every one of n rows.

    Attributes:
        score: (n,) how suspicious a row is, 0 … 1; only its order has a meaning between finders.
        flagged: (n,) whether the finder would call it a mistake.
        proposed: (n,) the label that a row should get; NaN proposes to leave it out.
        related: (n,) position of the row that it repeats, −1 without one.
        reasons: position → why, for every row that is flagged.
    """

    score: Numbers
    flagged: NDArray[np.bool_]
    proposed: Numbers
    related: IntArray
    reasons: Mapping[int, str]

    @property
    def ranked(self) -> IntArray:
        """Positions of the rows that are flagged, the most suspicious first."""
        found = np.flatnonzero(self.flagged)
        return found[np.argsort(-self.score[found], kind="stable")]


def suspects(
    score: NDArray[Any],
    flagged: NDArray[np.bool_],
    reason: Callable[[int], str],
    proposed: NDArray[Any] | None = None,
    related: IntArray | None = None,
) -> Suspects:
    """Checked and read-only; without proposals rows are to be left out.

    Raises:
        ValueError: a score is no number in 0 … 1.
    """
    values = np.array(score, dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("scores of suspicion lie between 0 and 1")
    rows = len(values)
    labels = np.full(rows, np.nan) if proposed is None else np.array(proposed, dtype=np.float64)
    others = np.full(rows, -1, dtype=np.int64) if related is None else related
    return Suspects(
        score=read_only(values),
        flagged=read_only(np.array(flagged, dtype=np.bool_)),
        proposed=read_only(labels),
        related=read_only(np.array(others, dtype=np.int64)),
        reasons={int(place): reason(int(place)) for place in np.flatnonzero(flagged)},
    )


@dataclass(frozen=True)
class RowFinder:
    """A way of finding rows that look wrong.

    Attributes:
        title: as the user reads it; `story` is one sentence on how it looks.
        source: paper or convention that it follows.
        looks_for: the kind of mistake it is scored by.
        needs: what has to be gathered first.
        refuses: data set → why it has nothing to look at there, or None.
        find: pure; the evidence has what it needs.
    """

    name: str
    title: str
    story: str
    source: str
    looks_for: Mistake
    needs: frozenset[Need]
    refuses: Callable[[Dataset], str | None]
    find: Callable[[Evidence], Suspects]


@dataclass(frozen=True)
class Finding:
    """Something about a column, about a group of rows, or about all of the data.

    Attributes:
        kind: name of its finder.
        title: a few words; `sentence` is the evidence and `advice` what to do.
        weight: how serious it is; “fine” where nothing was found.
        figures: the numbers behind the sentence, for files.
        about: names of the columns, classes or groups it is about; empty where it is about all.
    """

    kind: str
    title: str
    sentence: str
    advice: str
    weight: Weight
    figures: Mapping[str, float] = field(default_factory=dict)
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataFinder:
    """A way of finding what is wrong with columns or with the data as a whole.

    Attributes:
        find: pure; the most serious first, and one that is “fine” where there is nothing.
    """

    name: str
    title: str
    story: str
    refuses: Callable[[Dataset], str | None]
    find: Callable[[Evidence], tuple[Finding, ...]]


def any_data(dataset: Dataset) -> str | None:
    """For finders that refuse nothing."""
    return None


def only_classes(dataset: Dataset) -> str | None:
    """For finders that look at class labels."""
    return None if dataset.predicts_classes else "class labels are looked at, and there are none"


def only_amounts(dataset: Dataset) -> str | None:
    """For finders that look at targets that are amounts."""
    return None if dataset.predicts_amounts else "amounts are looked at, and the labels are none"


def only_labels(dataset: Dataset) -> str | None:
    """For finders that look at one class or one amount a row."""
    if dataset.predicts_classes or dataset.predicts_amounts:
        return None
    return "rows have no label of their own here"


def squashed(excess: NDArray[Any], threshold: float) -> Numbers:
    """How far something is out, 0 … 1: one half where it reaches the threshold."""
    size = np.maximum(np.nan_to_num(excess, nan=0.0, posinf=1e9), 0.0)
    return np.asarray(size / (size + threshold), dtype=np.float64)
