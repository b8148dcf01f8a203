"""How well suspects were found, where it is known which rows are wrong."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.findings.spec import Suspects

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Score:
    """Of a finder.

    Attributes:
        flagged: how many rows it would call mistakes; `found` of them are, of `wrong` there are.
        average_precision: of the ranking of all rows; NaN where nothing or all is wrong.
        right_proposals: share of the labels proposed for mistakes found that are the true ones;
            NaN where none is proposed.
        recall, precision: curve of the ranking, (m,) each, from the top to the end.
    """

    flagged: int
    found: int
    wrong: int
    average_precision: float
    right_proposals: float
    curve_recall: Numbers
    curve_precision: Numbers

    @property
    def precision(self) -> float:
        """Share of the flagged rows that are wrong; NaN where none is flagged."""
        return self.found / self.flagged if self.flagged else float("nan")

    @property
    def recall(self) -> float:
        """Share of the wrong rows that are flagged; NaN where nothing is wrong."""
        return self.found / self.wrong if self.wrong else float("nan")


def score_of(suspects: Suspects, wrong: NDArray[np.bool_], true_labels: Numbers) -> Score:
    """Precision, recall and average precision of (n,) suspicions against (n,) the truth."""
    recall, precision, average = ranking(suspects.score, wrong)
    hits = suspects.flagged & wrong
    proposed = hits & np.isfinite(suspects.proposed)
    right = suspects.proposed[proposed] == true_labels[proposed]
    return Score(
        flagged=int(suspects.flagged.sum()),
        found=int(hits.sum()),
        wrong=int(wrong.sum()),
        average_precision=average,
        right_proposals=float(right.mean()) if len(right) else float("nan"),
        curve_recall=recall,
        curve_precision=precision,
    )


def ranking(score: NDArray[np.float64], wrong: NDArray[np.bool_]) -> tuple[Numbers, Numbers, float]:
    """Recall and precision after each place of a ranking, and the average precision.

    Of nothing wrong, or of nothing but wrong rows, there is none: any order would do as well.
    Average precision is the sum of precisions weighted by the gain of recall (Manning et al.,
    Introduction to Information Retrieval, 2008); rows with equal scores share a place.
    """
    total = int(wrong.sum())
    if not total or total == len(wrong):
        return np.zeros(0), np.zeros(0), float("nan")
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(wrong[order])
    ends = np.append(np.flatnonzero(np.diff(score[order])), len(order) - 1)
    recall, precision = hits[ends] / total, hits[ends] / (ends + 1)
    gains = np.diff(np.concatenate([[0.0], recall]))
    return recall, precision, float((gains * precision).sum())


def found_at(suspects: Suspects, wrong: NDArray[np.bool_], count: int) -> int:
    """How many mistakes are among the first `count` suspects, and then the rows that follow."""
    order = np.lexsort((-suspects.score, ~suspects.flagged))[:count]
    return int(wrong[order].sum())
