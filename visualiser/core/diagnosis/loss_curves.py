"""The evidence of all findings about the way of the loss."""

import numpy as np

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Curves, line

_FAR_UP = 5.0
"""Times the median: where the loss was once so much higher, all the rest would be a flat line."""


def loss_curves(case: Case, marked: tuple[float, float] | None = None) -> Curves:
    """Training and validation loss at the evaluations, with a marked stretch."""
    history = case.snapshot.history
    steps, losses = history["step"].tolist(), history["train_loss"]
    return Curves(
        "loss",
        (
            line("training", "train", steps, history["train_loss"].tolist()),
            line("validation", "validation", steps, history["validation_loss"].tolist()),
        ),
        marked=marked,
        logarithmic=bool(losses.max() > _FAR_UP * np.median(losses) > 0),
    )
