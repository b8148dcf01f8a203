"""Which column of a table moves the answers, and how."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class ColumnImportance:
    """How much worse the answers get when the values of a column are dealt out anew.

    Attributes:
        names: of C columns, as in Table.names.
        rise: (C,) how much the task's first metric gets worse, in its unit; below zero it got
            better by chance. NaN before the first round: of a wide table a look measures some
            columns, in turn, and figures are those of the last round that was finished.
        measured_at: (C,) the step that a figure is of. −1 before the first round.
        twin_rise: as `rise`, of the twin, or None without a round of its own.
        rows: validation rows that were answered.
        turns: columns that had their turn in the round under way; all of them where none is.
    """

    names: tuple[str, ...]
    rise: NDArray[np.float64]
    measured_at: IntArray
    twin_rise: NDArray[np.float64] | None
    rows: int
    turns: int

    @property
    def measured(self) -> bool:
        """Whether a round was finished."""
        return bool((self.measured_at >= 0).all())


@dataclass(frozen=True)
class Importance(Question[ColumnImportance]):
    """Permutation importance (Breiman 2001) on watched validation rows of a table."""


IMPORTANCE = Importance()


@dataclass(frozen=True, eq=False)
class DependenceCurve:
    """The mean answer for every row, had it this value.

    Attributes:
        values: (G,) values of a column of numbers, or codes of categories.
        output: (G, K) mean class probabilities, or (G, 1) mean answers in the target's unit.
        twin_output: the same of the twin, or None without one.
        rows: validation rows that were answered for each value.
    """

    values: NDArray[np.float64]
    output: FloatArray
    twin_output: FloatArray | None
    rows: int


@dataclass(frozen=True)
class Dependence(Question[DependenceCurve]):
    """Partial dependence (Friedman 2001) of the answers on one column.

    Attributes:
        column: counted as in Table.names.
    """

    column: int
