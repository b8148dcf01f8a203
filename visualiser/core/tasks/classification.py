"""One of K classes for each example."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.split import Part
from visualiser.core.metrics.classification import share_error
from visualiser.core.metrics.paired import PairedTest, paired_shares
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording

ACCURACY = Metric(
    "accuracy",
    "accuracy",
    "share",
    lower_is_better=False,
    wording=Wording("is right", "on", "", "of"),
)


@dataclass(frozen=True)
class ClassJudge:
    """Nothing is fitted: classes are learnt as their codes."""

    def targets(self, rows: Part) -> NDArray[np.int64]:
        """(N,) class codes as they are."""
        return np.asarray(rows.labels, dtype=np.int64)

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """Cross-entropy in nats and accuracy of logits (N, K) against class codes (N,)."""
        labels = self.targets(rows)
        chosen = log_softmax(outputs)[np.arange(len(labels)), labels]
        accuracy = float(np.mean(outputs.argmax(axis=1) == labels)) if len(labels) else np.nan
        if not np.isfinite(outputs).all():
            accuracy = np.nan
        return Figures(loss=float(-chosen.mean()), values={ACCURACY.name: accuracy})

    def answers(self, outputs: FloatArray, features: Features) -> FloatArray:
        """(N, K) class probabilities."""
        return np.exp(log_softmax(outputs)).astype(np.float32)


def log_softmax(logits: FloatArray) -> NDArray[np.float64]:
    """(N, K) log probabilities, in double precision."""
    # A diverged model answers with infinities: the result is NaN then, and says so.
    with np.errstate(invalid="ignore"):
        shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
        return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _judge(dataset: Dataset, train: Part) -> ClassJudge:
    return ClassJudge()


def _outputs(dataset: Dataset) -> int:
    return dataset.class_count


def _standard_error(figures: Figures, rows: int) -> float:
    return share_error(figures.values[ACCURACY.name], rows)


def _paired(labels: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> PairedTest:
    return paired_shares(first.argmax(axis=1) == labels, second.argmax(axis=1) == labels)


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    """The most frequent class of the rows themselves: what no constant answer can beat."""
    counts = np.bincount(rows.labels, minlength=dataset.class_count)
    name = dataset.class_names[int(counts.argmax())]
    return Baseline(float(counts.max() / max(counts.sum(), 1)), f"always answering “{name}”")


TASK = Task(
    name="classification",
    title="Classification",
    loss_title="cross-entropy",
    metrics=(ACCURACY,),
    outputs=_outputs,
    judge=_judge,
    standard_error=_standard_error,
    paired=_paired,
    baseline=_baseline,
)
