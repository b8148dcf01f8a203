"""Steps so short that the loss falls steadily and gets nowhere.

Told apart from a model that has arrived by the way of its loss, which does not flatten, and by
updates of less than half a thousandth of the weights (about a thousandth is healthy: Karpathy
2015, CS231n, “Ratio of weights:updates”).
"""

import numpy as np

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.diagnosis.learning_rate_high import update_curves
from visualiser.core.diagnosis.loss_curves import loss_curves
from visualiser.core.numerals import numeral

_SHORT = 5e-4
_FEWEST = 12
_STILL_HIGH = 0.75
"""Of the loss at the start. Lower it has learnt a good part, however slowly."""
_STEADY = 0.8
"""The second half of the steps must have brought so much of what the first half brought."""
_STRAIGHT = 0.9
"""Share of all moves that remains in the end: less would be to and fro."""


def _find(case: Case) -> Finding | Verdict:
    recent, vitals = case.recent, case.snapshot.vitals
    if len(recent) < _FEWEST or vitals is None or not recent.finite or not case.is_settled:
        return TOO_EARLY
    ratios = vitals.update_ratios[-(len(vitals) // 3 + 1) :]
    known = ratios[np.isfinite(ratios)]
    ratio = float(np.median(known)) if len(known) else float("nan")
    if not 0 < ratio < _SHORT:
        return NOTHING
    train, steps = recent.train, recent.steps
    fallen = train[0] - train[-1]
    moves = np.abs(np.diff(train)).sum()
    middle = float(np.interp((steps[0] + steps[-1]) / 2, steps, train))
    steady = middle - train[-1] >= _STEADY * (train[0] - middle)
    high = train[-1] > _STILL_HIGH * case.snapshot.history["train_loss"][0]
    if not (fallen > 0 and fallen >= _STRAIGHT * moves and steady and high):
        return NOTHING
    epochs = case.snapshot.epoch
    return Finding(
        "learning_rate_low",
        f"The learning rate of {case.rate_text} is too low: the loss falls steadily, but only "
        f"from {train[0]:.3f} to {train[-1]:.3f} in {numeral(epochs, 2)} epochs.",
        "alarm",
        "Raise the learning rate three- to tenfold; it can be changed while the model trains.",
        (loss_curves(case), *update_curves(case)),
        view="distributions",
    )


CHECK = Check("learning_rate_low", "a learning rate too low", _find)
