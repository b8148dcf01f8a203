"""How much one column alone tells of the label: by a small tree, asked about rows unknown to it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.split import Part
from visualiser.core.findings.foretold import FOLDS, fold_of_rows

_LEAVES_A_CLASS, _LEAVES = 2, 6
_MOST_ROWS = 6_000
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

    Of classes 2 · AUC − 1, mean over the classes; of amounts R². In training by cross-validation.
    """
    rows = _sample(len(part), seed)
    labels, folds = np.asarray(part.labels)[rows], fold_of_rows(dataset, part, seed)[rows]
    column = _filled(values[rows])
    output = np.zeros((len(rows), dataset.class_count) if dataset.predicts_classes else len(rows))
    for fold in range(FOLDS):
        out = folds == fold
        if out.any() and not out.all():
            output[out] = _answers(dataset, column[~out], labels[~out], column[out], seed)
    elsewhere = _answers(dataset, column, labels, _filled(held_out), seed)
    return _power(dataset, output, labels), _power(dataset, elsewhere, held_out_labels)


def _sample(rows: int, seed: int) -> IntArray:
    if rows <= _MOST_ROWS:
        return np.arange(rows, dtype=np.int64)
    return np.sort(np.random.default_rng([seed, 6]).choice(rows, _MOST_ROWS, replace=False))


def _filled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isfinite(values), values, _MISSING)[:, None]


def _answers(
    dataset: Dataset, seen: NDArray[Any], labels: NDArray[Any], asked: NDArray[Any], seed: int
) -> NDArray[np.float64]:
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    leaves = _LEAVES + _LEAVES_A_CLASS * dataset.class_count
    least = max(1, len(seen) // 200)
    kind = DecisionTreeClassifier if dataset.predicts_classes else DecisionTreeRegressor
    tree = kind(max_leaf_nodes=leaves, min_samples_leaf=least, random_state=seed)
    tree.fit(seen, labels)
    if not dataset.predicts_classes:
        return np.asarray(tree.predict(asked), dtype=np.float64)
    answers = np.zeros((len(asked), dataset.class_count))
    answers[:, tree.classes_.astype(np.int64)] = tree.predict_proba(asked)
    return answers


def _power(dataset: Dataset, output: NDArray[Any], labels: NDArray[Any]) -> float:
    if dataset.predicts_classes:
        area = mean_auc(output, np.asarray(labels, dtype=np.int64))
        return max(0.0, 2 * area - 1) if np.isfinite(area) else 0.0
    total = float(((labels - labels.mean()) ** 2).sum())
    left = float(((labels - output) ** 2).sum())
    return max(0.0, 1 - left / total) if total > 0 else 0.0
