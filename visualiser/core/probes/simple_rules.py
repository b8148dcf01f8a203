"""How far one column or one word alone tells the target: a rule as simple as a look-up table.

What predicts the target nearly by itself has often been written after the fact (Kaufman et al.
2012, “Leakage in Data Mining”, who look for it among single features first).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray

_BINS = 20
"""Of a column of numbers, with equally many rows each."""
_CONSTANT = 1e-4
"""Of the largest deviation: a number that varies less is the same in all rows but for rounding."""


def cells_of(values: FloatArray) -> IntArray:
    """(n,) which cell of the look-up table each row is in, for the (n, w) numbers of a column."""
    binary = bool(((values == 0) | (values == 1)).all())
    if not binary:
        first = values[:, 0]
        edges = np.unique(np.quantile(first, np.linspace(0, 1, _BINS + 1)[1:-1]))
        binned = np.searchsorted(edges, first, side="right")
        marked = values[:, 1] != 0 if values.shape[1] > 1 else np.zeros(len(values), dtype=bool)
        return np.where(marked, _BINS + 1, binned).astype(np.int64)
    if values.shape[1] == 1:
        return values[:, 0].astype(np.int64)
    return np.where(values.any(axis=1), values.argmax(axis=1) + 1, 0).astype(np.int64)


def rule_skill(
    cells: IntArray, targets: NDArray[np.float64 | np.int64], known: NDArray[np.bool_], classes: int
) -> float:
    """Skill on the rows that are not `known` of a rule made from those that are, (n,) each.

    It answers the most frequent class of a cell, or the mean target where `classes` is 0; as
    Reliance has it, 1 is perfect and 0 as good as one answer to all.
    """
    count = int(cells.max(initial=0)) + 1
    if classes:
        table = np.bincount(cells[known] * classes + targets[known].astype(np.int64),
                            minlength=count * classes).reshape(count, classes)  # fmt: skip
        overall = int(table.sum(axis=0).argmax())
        answers = np.where(table.any(axis=1), table.argmax(axis=1), overall)
    else:
        totals = np.bincount(cells[known], weights=targets[known], minlength=count)
        rows = np.bincount(cells[known], minlength=count)
        answers = np.where(rows > 0, totals / np.maximum(rows, 1), targets[known].mean())
    return skill_of(answers[cells[~known]], targets[~known], classes)


def skill_of(
    answers: NDArray[np.float64 | np.int64],
    targets: NDArray[np.float64 | np.int64],
    classes: int,
) -> float:
    """1 − error / error of the best constant answer, of (n,) answers; NaN where that is right."""
    if not len(targets) or not np.isfinite(answers).all():
        return float("nan")
    if classes:
        wrong = float(np.mean(answers != targets))
        worst = 1 - float(np.bincount(targets.astype(np.int64)).max()) / len(targets)
    else:
        wrong = float(np.mean((answers - targets) ** 2))
        worst = float(np.var(targets))
    return 1 - wrong / worst if worst > 0 else float("nan")


def rank_correlation(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Size of Spearman's ρ of (n,) numbers, equal ones with their mean rank; 0 where all are."""
    first, second = (_mean_ranks(values) for values in (one, other))
    spread = first.std() * second.std()
    if not spread:
        return 0.0
    return float(abs(((first - first.mean()) * (second - second.mean())).mean()) / spread)


def _mean_ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], dtype=np.float64)


def word_skills(present: NDArray[np.bool_], labels: IntArray, classes: int) -> NDArray[np.float64]:
    """(W,) skill of a rule for each word that knows whether a message has it.

    `present` is (n, W). The rule is measured on the messages it is made from: it has two answers,
    so that there is next to nothing to be learnt by heart.
    """
    hot = np.eye(classes)[labels]
    total = hot.sum(axis=0)
    with_word = present.astype(np.float64).T @ hot
    right = with_word.max(axis=1) + (total - with_word).max(axis=1)
    wrong = total.sum() - right
    constant = total.sum() - total.max()
    if constant == 0:
        return np.full(present.shape[1], np.nan)
    return np.asarray(1 - wrong / constant)


def class_dependence(inputs: FloatArray, labels: IntArray, classes: int) -> NDArray[np.float64]:
    """How far each number of an example goes with its class: (n, *shape) → (*shape), 0 … 1.

    Kelley's ε² (1935), the correlation ratio without what n rows make of it by chance.
    """
    flat = inputs.reshape(len(inputs), -1).astype(np.float64)
    flat -= flat.mean(axis=0)
    counts = np.bincount(labels, minlength=classes)
    means = (np.eye(classes)[labels].T @ flat) / np.maximum(counts, 1)[:, None]
    whole = np.einsum("ij,ij->j", flat, flat)  # without a second copy of all pictures
    between = (counts[:, None] * means**2).sum(axis=0)
    ratio = np.divide(between, whole, out=np.zeros_like(whole), where=whole > 0)
    rows, told = len(flat), int(np.count_nonzero(counts))
    unbiased = 1 - (1 - ratio) * (rows - 1) / max(1, rows - told)
    return np.where(whole > 0, unbiased, 0.0).clip(0, 1).reshape(inputs.shape[1:])


def nearest_mean_skill(
    known: FloatArray, known_labels: IntArray, rows: FloatArray, labels: IntArray, classes: int
) -> float:
    """Skill of answering the class whose mean is nearest, of standardised numbers (n, d).

    A rule too simple to learn any single row by heart (Rocchio 1971).
    """
    present = np.unique(known_labels)
    if len(present) < 2 or not len(rows):
        return float("nan")
    scale, centre = known.std(axis=0, dtype=np.float64), known.mean(axis=0, dtype=np.float64)
    used = scale > _CONSTANT * scale.max(initial=0.0)
    if not used.any():
        return 0.0
    first, second = ((part - centre)[:, used] / scale[used] for part in (known, rows))
    means = np.stack([first[known_labels == code].mean(axis=0) for code in present.tolist()])
    distances = (means**2).sum(axis=1) - 2 * second @ means.T
    return skill_of(present[distances.argmin(axis=1)], labels, classes)
