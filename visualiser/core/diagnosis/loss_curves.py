"""The evidence of all findings about the way of the loss."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Curves, line


def loss_curves(
    case: Case, marked: tuple[float, float] | None = None, logarithmic: bool = False
) -> Curves:
    """Training and validation loss at the evaluations, with a marked stretch."""
    history = case.snapshot.history
    steps = history["step"].tolist()
    return Curves(
        "loss",
        (
            line("training", "train", steps, history["train_loss"].tolist()),
            line("validation", "validation", steps, history["validation_loss"].tolist()),
        ),
        marked=marked,
        logarithmic=logarithmic,
    )
