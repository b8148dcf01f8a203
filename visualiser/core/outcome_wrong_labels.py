"""Whether the wrong labels of the training data were learnt, and how."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from visualiser.core.corruption.registry import touched_by
from visualiser.core.metrics.classification import confusion_matrix, share_error
from visualiser.core.metrics.paired import CLEARLY
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.training.snapshot import Snapshot

Learning = Literal["by heart", "as a rule", "bias", "resisted", ""]

_BIAS = "group_label_bias"

_MUCH = 0.1
"""No smaller lead over new examples is called learning by heart, however surely it is one."""

_ROWS_LOOKED_AT = 20_000
"""Of a million training rows so many tell enough, and every frame asks."""


def learning(snapshot: Snapshot) -> Learning:
    """How the wrong labels were taken: told only where it is beyond chance.

    “by heart”: answered as given far oftener than new examples of the same classes are; “as a
    rule”: no oftener than those, which are mistaken in the same way; between the two nothing is
    told, so that the words do not go back and forth between opposites; “bias”: the labels of a
    group are; “resisted”: most are answered truly.
    """
    memorised = snapshot.memorised
    if memorised is None or memorised.total == 0:
        return ""
    total = memorised.total
    learnt, resisted = memorised.learnt / total, memorised.resisted / total
    clearly = CLEARLY * share_error(0.5, total)
    mistakes = 1 - snapshot.validation.values["accuracy"]
    # A model that learnt nothing by heart hits upon the wrong label as one of its mistakes.
    if learnt - mistakes / (snapshot.info.dataset.class_count - 1) > clearly:
        relabelling = {change.name for change in snapshot.changes if touched_by(change) == "labels"}
        if relabelling == {_BIAS}:
            return "bias"
        return _by_heart_or_rule(learnt, share_error(learnt, total), same_mistakes(snapshot))
    return "resisted" if resisted - learnt > clearly and resisted > 1 / 2 else ""


def _by_heart_or_rule(learnt: float, error: float, others: "Mistakes | None") -> Learning:
    """Told apart by the share of wrong labels `learnt`, with its standard error."""
    if others is None:
        return "by heart"
    lead, error = learnt - others.share, math.hypot(error, others.standard_error)
    if lead > CLEARLY * error and lead > _MUCH:
        return "by heart"
    return "as a rule" if lead <= CLEARLY * error / 2 else ""


@dataclass(frozen=True)
class Mistakes:
    """How often validation rows get the answers that wrong labels give to rows like them.

    Attributes:
        share: 0 … 1, weighted as the wrong labels are distributed.
        standard_error: of `share`, from the number of validation rows of each class.
    """

    share: float
    standard_error: float


def same_mistakes(snapshot: Snapshot) -> Mistakes | None:
    """What is to be expected of a model that learns no label by heart.

    None without predictions or wrong labels.
    """
    predictions, part = snapshot.predictions, snapshot.spoiled_train
    stride = 1 + len(part) // _ROWS_LOOKED_AT
    given = part.labels[::stride]
    true = snapshot.info.dataset.labels[part.rows[::stride]]
    wrong = given != true
    if predictions is None or not np.isfinite(predictions.output).all() or not wrong.any():
        return None
    classes = snapshot.info.dataset.class_count
    labels = watched_labels(snapshot.info)
    matrix = confusion_matrix(labels, predictions.output.argmax(axis=1), classes)
    weights = confusion_matrix(true[wrong], given[wrong], classes) / np.count_nonzero(wrong)
    rows, weight = matrix.sum(axis=1), weights.sum(axis=1)
    share = (weights * matrix).sum(axis=1) / np.maximum(rows, 1)
    # In a class, no more varies than it would if all its wrong labels were of one other class.
    errors = [
        weight[k] * share_error(share[k] / weight[k], int(rows[k]))
        for k in np.flatnonzero(weight).tolist()
    ]
    return Mistakes(float(share.sum()), float(np.linalg.norm(errors)))
