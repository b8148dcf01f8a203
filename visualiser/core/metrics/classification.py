"""Metrics of classifiers, on class codes."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray


def accuracy(labels: IntArray, predicted: IntArray) -> float:
    """Share of the answers that are right, 0 … 1; NaN without any. Both (N,) class codes."""
    return float(np.mean(labels == predicted)) if len(labels) else float("nan")


def share_error(share: float, rows: int) -> float:
    """Standard error of a share of `rows` rows.

    Taken as if there were one more row of each kind (the rule of succession), since ten right out
    of ten do not prove a share of 100 %.
    """
    smoothed = (share * rows + 1) / (rows + 2)
    return float(np.sqrt(smoothed * (1 - smoothed) / (rows + 2)))


def confusion_matrix(labels: IntArray, predicted: IntArray, classes: int) -> IntArray:
    """(K, K) counts, [true class][predicted class]. Both arguments (N,) class codes."""
    cells = np.bincount(labels * classes + predicted, minlength=classes * classes)
    return cells.reshape(classes, classes).astype(np.int64, copy=False)


def f1_scores(labels: IntArray, predicted: IntArray, classes: int) -> NDArray[np.float64]:
    """(K,) F1 of each class: the harmonic mean of its precision and its recall, 0 … 1.

    NaN for a class that neither occurs nor is answered. Both arguments (N,) class codes.
    """
    both = np.bincount(labels, minlength=classes) + np.bincount(predicted, minlength=classes)
    right = np.bincount(labels[labels == predicted], minlength=classes)
    scores: NDArray[np.float64] = np.full(classes, np.nan)
    np.divide(2.0 * right, both, out=scores, where=both > 0)
    return scores


def recall(matrix: IntArray) -> NDArray[np.float64]:
    """(K,) share of each true class that is recognised; NaN for a class that does not occur.

    `matrix` is a confusion matrix, (K, K).
    """
    rows = matrix.sum(axis=1)
    right = np.diagonal(matrix).astype(np.float64)
    shares: NDArray[np.float64] = np.full(len(rows), np.nan)
    np.divide(right, rows, out=shares, where=rows > 0)
    return shares
