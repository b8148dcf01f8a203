"""One of K classes for each example."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.metrics.classification import accuracy, f1_scores, share_error
from visualiser.core.metrics.paired import PairedTest, paired_shares
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording

ACCURACY = Metric(
    "accuracy",
    "accuracy",
    "share",
    lower_is_better=False,
    wording=Wording("is right", "on", "", "of"),
)


def _f1_title(dataset: Dataset) -> str:
    code = f1_class(dataset)
    return "macro F1" if code is None else f"F1 of “{isolated(dataset.class_names[code])}”"


F1 = Metric(
    "f1",
    "F1",
    "number",
    lower_is_better=False,
    wording=Wording("reaches an F1", "of", "", "over"),
    about=_f1_title,
)


def f1_class(dataset: Dataset) -> int | None:
    """The class that F1 is of; None for its mean over the classes (macro F1).

    Of two classes the rarer one, favourable or not: answering the frequent one always has a high
    F1 of that. Of equals the favourable one, else the later.
    """
    if dataset.class_count != 2:
        return None
    first, second = np.bincount(dataset.labels, minlength=2)
    if first == second:
        return 1 if dataset.positive_class is None else dataset.positive_class
    return 0 if first < second else 1


@dataclass(frozen=True)
class ClassJudge:
    """Nothing is fitted: classes are learnt as their codes.

    Attributes:
        f1_class: the class that F1 is of, None for its mean over the classes.
    """

    f1_class: int | None = None

    def targets(self, rows: Part) -> NDArray[np.int64]:
        """(N,) class codes as they are."""
        return np.asarray(rows.labels, dtype=np.int64)

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """Cross-entropy in nats, accuracy and F1 of logits (N, K) against class codes (N,)."""
        labels, losses = self.targets(rows), self.row_losses(outputs, rows)
        values = {ACCURACY.name: np.nan, F1.name: np.nan}
        if len(labels) and np.isfinite(outputs).all():
            answers = outputs.argmax(axis=1)
            values[ACCURACY.name] = accuracy(labels, answers)
            values[F1.name] = self._f1(labels, answers, outputs.shape[1])
        return Figures(loss=float(losses.mean()), values=values)

    def row_losses(self, outputs: FloatArray, rows: Part) -> NDArray[np.float64]:
        """(N,) cross-entropy of each row in nats."""
        labels = self.targets(rows)
        return -log_softmax(outputs)[np.arange(len(labels)), labels]

    def _f1(self, labels: IntArray, answers: IntArray, classes: int) -> float:
        """Nothing to find and nothing found is 0, as scikit-learn has it."""
        scores = f1_scores(labels, answers, classes)
        if self.f1_class is None:
            return float(np.nanmean(scores))
        return float(np.nan_to_num(scores[self.f1_class]))

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
    return ClassJudge(f1_class(dataset))


def _outputs(dataset: Dataset) -> int:
    return dataset.class_count


def _standard_error(figures: Figures, rows: int) -> float:
    return share_error(figures.values[ACCURACY.name], rows)


def _paired(labels: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> PairedTest:
    return paired_shares(first.argmax(axis=1) == labels, second.argmax(axis=1) == labels)


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    """The most frequent class of the rows themselves: what no constant answer can beat."""
    counts = np.bincount(rows.labels, minlength=dataset.class_count)
    name = isolated(dataset.class_names[int(counts.argmax())])
    return Baseline(float(counts.max() / max(counts.sum(), 1)), f"always answering “{name}”")


TASK = Task(
    name="classification",
    title="Classification",
    loss_title="cross-entropy",
    metrics=(ACCURACY, F1),
    outputs=_outputs,
    judge=_judge,
    standard_error=_standard_error,
    paired=_paired,
    baseline=_baseline,
)
