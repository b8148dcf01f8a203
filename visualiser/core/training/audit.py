"""How fair, how calibrated and how private a model is, at each evaluation. No torch here.

Taken from outputs that an evaluation has anyway, in less than a millisecond; intervals, which take
longer, are left to who shows them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, FloatArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.group_figures import ACCURACY, MAE, group_figures
from visualiser.core.metrics.calibration import calibration_error
from visualiser.core.metrics.fairness import Rates, spread
from visualiser.core.metrics.membership import membership_auc
from visualiser.core.tasks.spec import Judge

_UNKNOWN = float("nan")

DIFFERENCES = {
    "dp_difference": "selection_rate",
    "tpr_difference": "true_positive_rate",
    "fpr_difference": "false_positive_rate",
}
"""For a column of the history the rate of groups whose gap it is."""


@dataclass(frozen=True, eq=False)
class Audit:
    """One model with the weights of one step; NaN where a figure makes no sense for the data.

    Attributes:
        ece: expected calibration error on the watched validation rows, 0 … 1.
        mia_auc: how well losses tell rows that were learnt from apart from rows never seen; 0.5
            is guessing.
        member_losses: (M,) losses of the fixed sample of training rows, as the model was given
            them: a wrong label that was learnt by heart has a small one. Empty of tasks that have
            no loss of a single row.
        mislabelled: (M,) which of them were given another label than the clean data has. Their
            losses differ from those of rows never seen, which have true labels, whatever was
            learnt by heart.
        other_losses: (V,) losses of the watched validation rows.
        groups: figures of the groups, see group_figures.
    """

    ece: float
    mia_auc: float
    member_losses: NDArray[np.float64]
    mislabelled: NDArray[np.bool_]
    other_losses: NDArray[np.float64]
    groups: dict[str, Rates]

    @property
    def true_member_losses(self) -> NDArray[np.float64]:
        """Those of `member_losses` that are of rows with their true label."""
        return self.member_losses[~self.mislabelled[: len(self.member_losses)]]

    def columns(self, prefix: str = "") -> dict[str, float]:
        """As in a row of the history: “ece”, “twin_mia_auc”."""
        row = {"ece": self.ece, "mia_auc": self.mia_auc}
        gaps = {name: spread(figures) for name, figures in self.groups.items()}
        row |= {column: gaps[rate] for column, rate in DIFFERENCES.items() if rate in gaps}
        if "tpr_difference" in row:
            row["eo_difference"] = float(np.fmax(row["tpr_difference"], row["fpr_difference"]))
        for name, worst in ((ACCURACY, np.fmin), (MAE, np.fmax)):
            if name in self.groups:
                row["group_metric_difference"] = gaps[name]
                row["worst_group_metric"] = float(worst.reduce(self.groups[name]))
        return {prefix + name: value for name, value in row.items()}


def audit(
    dataset: Dataset, judge: Judge, outputs: FloatArray, rows: Part,
    train_outputs: FloatArray, train_rows: Part, true_labels: NDArray[Any],
) -> Audit:  # fmt: skip
    """Of outputs, (V, outputs) and (M, outputs), for validation rows and a sample of training rows.

    Condensed where the task's are. `true_labels` are those of the clean training part, which
    `train_rows` was made from.
    """
    members = _losses(judge, train_outputs, train_rows)
    others = _losses(judge, outputs, rows)
    ece, groups = _UNKNOWN, {}
    if np.isfinite(outputs).all() and (dataset.predicts_classes or dataset.predicts_amounts):
        answers = judge.answers(outputs, rows.features)
        if dataset.predicts_classes:
            ece = calibration_error(answers.max(axis=1), answers.argmax(axis=1) == rows.labels)
        if rows.groups is not None:
            groups = group_figures(dataset, rows.labels, rows.groups, answers)
    mislabelled = read_only(train_rows.labels != true_labels[train_rows.origin])
    auc = membership_auc(members, others)
    return Audit(ece, auc, members, mislabelled, others, groups)


def _losses(judge: Judge, outputs: FloatArray, rows: Part) -> NDArray[Any]:
    return read_only(np.asarray(judge.row_losses(outputs, rows), dtype=np.float64))
