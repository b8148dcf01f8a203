"""Whether the wrong labels of the training data were learnt, and how."""

from typing import Literal

import numpy as np

from visualiser.core.metrics.classification import confusion_matrix, share_error
from visualiser.core.metrics.paired import CLEARLY
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.training.snapshot import Snapshot

Learning = Literal["by heart", "as a rule", "bias", "resisted", ""]

_BIAS = "group_label_bias"

_ROWS_LOOKED_AT = 20_000
"""Of a million training rows so many tell enough, and every frame asks."""


def learning(snapshot: Snapshot) -> Learning:
    """How the wrong labels were taken: told only where it is beyond chance.

    “by heart”: answered as given far oftener than new examples of the same classes are; “as a
    rule”: no oftener than those, which are mistaken in the same way; “bias”: the labels of a group
    are; “resisted”: most are answered truly.
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
        if {change.name for change in snapshot.changes if "labels" in change.noun} == {_BIAS}:
            return "bias"
        by_rule = same_mistakes(snapshot)
        return "as a rule" if by_rule is not None and learnt - by_rule <= clearly else "by heart"
    return "resisted" if resisted - learnt > clearly and resisted > 1 / 2 else ""


def same_mistakes(snapshot: Snapshot) -> float | None:
    """How often validation rows get the answers that the wrong labels give to rows like them.

    None without predictions or wrong labels.
    """
    predictions, part = snapshot.predictions, snapshot.spoiled_train
    stride = 1 + len(part) // _ROWS_LOOKED_AT
    given = part.labels[::stride]
    true = snapshot.info.split.train.labels[part.origin[::stride]]
    wrong = given != true
    if predictions is None or not np.isfinite(predictions.output).all() or not wrong.any():
        return None
    classes = snapshot.info.dataset.class_count
    labels = watched_labels(snapshot.info)
    matrix = confusion_matrix(labels, predictions.output.argmax(axis=1), classes)
    rates = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    return float(rates[true[wrong], given[wrong]].mean())
