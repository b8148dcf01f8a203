"""Figures from outputs: what a model's answers are worth on some rows."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.encoding import TargetScale
from visualiser.core.metrics.regression import mae, r2, rmse
from visualiser.core.training.snapshot import Figures, Memorised


def classification_figures(logits: FloatArray, labels: NDArray[np.int64]) -> Figures:
    """Cross-entropy in nats and accuracy of logits (N, K) against labels (N,)."""
    chosen = log_softmax(logits)[np.arange(len(labels)), labels]
    accuracy = float(np.mean(logits.argmax(axis=1) == labels)) if len(labels) else np.nan
    if not np.isfinite(logits).all():
        accuracy = np.nan
    return Figures(loss=float(-chosen.mean()), values={"accuracy": accuracy})


def regression_figures(
    outputs: FloatArray, labels: NDArray[np.float64], scale: TargetScale
) -> Figures:
    """Mean squared error of the standardised target; MAE, RMSE and R² in the target's unit."""
    if not np.isfinite(outputs).all():
        return Figures(loss=np.nan, values={"mae": np.nan, "rmse": np.nan, "r2": np.nan})
    predicted = scale.to_unit(outputs[:, 0])
    error = outputs[:, 0].astype(np.float64) - scale.to_model(labels)
    values = {
        "mae": mae(labels, predicted),
        "rmse": rmse(labels, predicted),
        "r2": r2(labels, predicted),
    }
    return Figures(loss=float(np.mean(error**2)), values=values)


def log_softmax(logits: FloatArray) -> NDArray[np.float64]:
    """(N, K) log probabilities, in double precision."""
    # A diverged model answers with infinities: the result is NaN then, and says so.
    with np.errstate(invalid="ignore"):
        shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
        return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def probabilities(logits: FloatArray) -> FloatArray:
    """(N, K) softmax."""
    return np.exp(log_softmax(logits)).astype(np.float32)


def memorised(logits: FloatArray, given: NDArray[np.int64], true: NDArray[np.int64]) -> Memorised:
    """How many of the wrong labels `given` are answered as given, how many with the true one."""
    answer = logits.argmax(axis=1)
    return Memorised(
        learnt=int(np.sum(answer == given)), resisted=int(np.sum(answer == true)), total=len(given)
    )
