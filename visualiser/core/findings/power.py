"""How much one column alone tells of the label, asked about rows that were not looked at."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.split import Part
from visualiser.core.findings.foretold import FOLDS, fold_of_rows
from visualiser.core.probes.simple_rules import rank_correlation

_LEAVES, _LEAVES_A_CLASS, _LEAVES_OF_AMOUNTS = 6, 2, 32
_LEAST_IN_LEAF = 5
"""Of amounts: a leaf of one row would repeat it."""
_MOST_ROWS = 6_000
_KNOWN = 0.9
_MISSING = -1e9
"""Stands for a missing value: a split of a tree sets it apart."""


def auc(score: NDArray[Any], positive: NDArray[np.bool_]) -> float:
    """Area under the ROC curve: the chance that a positive row scores higher than a negative one.

    Ties count half (Mann and Whitney). NaN where there is only one kind.
    """
    from scipy.stats import rankdata

    hits = int(positive.sum())
    misses = len(positive) - hits
    if not hits or not misses:
        return float("nan")
    ranks = float(rankdata(score)[positive].sum())
    return (ranks - hits * (hits + 1) / 2) / (hits * misses)


def mean_auc(output: NDArray[Any], labels: IntArray) -> float:
    """(n, K) probabilities → mean over the classes there are of each against the rest."""
    areas = [auc(output[:, code], labels == code) for code in range(output.shape[1])]
    known = [area for area in areas if np.isfinite(area)]
    return float(np.mean(known)) if known else float("nan")


def told_alone(
    dataset: Dataset, part: Part, values: NDArray[np.float64], held_out: NDArray[np.float64],
    held_out_labels: NDArray[Any], seed: int,
) -> tuple[float, float]:  # fmt: skip
    """How much of the label a column tells in training and on held-out rows, 0 … 1.

    Of classes 2 · AUC − 1, mean over the classes; of amounts R², by the tree or by a rising or
    falling line of steps, whichever tells more: a tree of few leaves would not come near 1 for a
    copy of the target. In training by cross-validation.
    """
    rows = _sample(len(part), seed)
    labels, folds = np.asarray(part.labels)[rows], fold_of_rows(dataset, part, seed)[rows]
    column, elsewhere = _filled(values[rows]), _filled(held_out)
    told = []
    for way in _ways(dataset):
        there = way(dataset, column, labels, elsewhere, seed)
        told.append((
            _cross_validated(dataset, way, column, labels, folds, seed),
            _power(dataset, there, held_out_labels),
        ))  # fmt: skip
    return max(told)


def told_within(dataset: Dataset, part: Part, values: NDArray[np.float64], seed: int) -> float:
    """How much a column tells of the label among rows of their own, 0 … 1, as in told_alone."""
    rows = _sample(len(part), seed)
    labels, folds = np.asarray(part.labels)[rows], fold_of_rows(dataset, part, seed)[rows]
    column = _filled(values[rows])
    return max(
        _cross_validated(dataset, way, column, labels, folds, seed) for way in _ways(dataset)
    )


_Way = Callable[[Dataset, NDArray[Any], NDArray[Any], NDArray[Any], int], NDArray[np.float64]]


def _ways(dataset: Dataset) -> tuple[_Way, ...]:
    return (_by_tree,) if dataset.predicts_classes else (_by_tree, _by_steps)


def _cross_validated(
    dataset: Dataset, way: _Way, column: NDArray[Any], labels: NDArray[Any], folds: IntArray,
    seed: int,
) -> float:  # fmt: skip
    output = np.zeros((len(column), dataset.class_count)[: 1 + dataset.predicts_classes])
    for fold in range(FOLDS):
        out = folds == fold
        if out.any() and not out.all():
            output[out] = way(dataset, column[~out], labels[~out], column[out], seed)
    return _power(dataset, output, labels)


def follows(values: NDArray[np.float64], labels: NDArray[Any]) -> float:
    """Size of the rank correlation (Spearman): 1 where sorting by the one sorts the other.

    0 where a tenth of the values is missing, or all are equal.
    """
    known = np.isfinite(values) & np.isfinite(labels)
    return rank_correlation(values[known], labels[known]) if known.mean() >= _KNOWN else 0.0


def _sample(rows: int, seed: int) -> IntArray:
    if rows <= _MOST_ROWS:
        return np.arange(rows, dtype=np.int64)
    return np.sort(np.random.default_rng([seed, 6]).choice(rows, _MOST_ROWS, replace=False))


def _filled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(values), values, _MISSING)[:, None]


def _by_tree(
    dataset: Dataset, seen: NDArray[Any], labels: NDArray[Any], asked: NDArray[Any], seed: int
) -> NDArray[np.float64]:
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    least = max(1, len(seen) // 200)
    if not dataset.predicts_classes:
        grown = DecisionTreeRegressor(
            max_leaf_nodes=_LEAVES_OF_AMOUNTS, min_samples_leaf=max(least, _LEAST_IN_LEAF),
            random_state=seed,
        )  # fmt: skip
        return np.asarray(grown.fit(seen, labels).predict(asked), dtype=np.float64)
    leaves = _LEAVES + _LEAVES_A_CLASS * dataset.class_count
    tree = DecisionTreeClassifier(
        max_leaf_nodes=leaves, min_samples_leaf=least, random_state=seed
    ).fit(seen, labels)
    answers = np.zeros((len(asked), dataset.class_count))
    answers[:, tree.classes_.astype(np.int64)] = tree.predict_proba(asked)
    return answers


def _by_steps(
    dataset: Dataset, seen: NDArray[Any], labels: NDArray[Any], asked: NDArray[Any], seed: int
) -> NDArray[np.float64]:
    """Isotonic regression, rising or falling; a missing value is answered by the mean."""
    from scipy.stats import rankdata
    from sklearn.isotonic import IsotonicRegression

    answers = np.full(len(asked), float(labels.mean()))
    there, wanted = seen[:, 0] > _MISSING, asked[:, 0] > _MISSING
    if len(set(seen[there, 0])) > 1 and wanted.any():
        rising = float(np.corrcoef(rankdata(seen[there, 0]), rankdata(labels[there]))[0, 1]) >= 0
        line = IsotonicRegression(increasing=rising, out_of_bounds="clip")
        answers[wanted] = line.fit(seen[there, 0], labels[there]).predict(asked[wanted, 0])
    return answers


def _power(dataset: Dataset, output: NDArray[Any], labels: NDArray[Any]) -> float:
    if dataset.predicts_classes:
        area = mean_auc(output, np.asarray(labels, dtype=np.int64))
        return max(0.0, 2 * area - 1) if np.isfinite(area) else 0.0
    total = float(((labels - labels.mean()) ** 2).sum())
    left = float(((labels - output) ** 2).sum())
    return max(0.0, 1 - left / total) if total > 0 else 0.0
