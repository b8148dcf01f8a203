"""The validation loss rises while the training loss goes on falling.

The rise is measured from the minimum of the smoothed curve and must be more than its jitter makes
by chance (outcome_overfitting.overfitting_since, with the reasons). Prechelt 1998, “Early Stopping
– But When?”, on what a minimum is worth.
"""

import numpy as np

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Figure, Table
from visualiser.core.diagnosis.finding import NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.diagnosis.loss_curves import loss_curves
from visualiser.core.outcome_overfitting import overfitting_since, overfitting_words
from visualiser.core.outcome_wrong_labels import learning

_FEWEST = 9
"""Evaluations: three windows of three, below which no turning point can be told."""


def _find(case: Case) -> Finding | Verdict:
    sentence = overfitting_words(case.snapshot)
    if not sentence:
        return TOO_EARLY if len(case.recent) < _FEWEST else NOTHING
    if learning(case.snapshot) == "bias":  # what rises is the price of the bias, which is told
        return NOTHING
    since = overfitting_since(case.snapshot.history, case.start)
    recent = case.recent
    marked = None if since is None else (float(since), float(recent.steps[-1]))
    best = int(np.argmin(recent.validation))
    rows = (
        Figure("training loss", f"{recent.train[-1]:.3f}"),
        Figure("validation loss", f"{recent.validation[-1]:.3f}"),
        Figure(
            "lowest validation loss",
            f"{recent.validation[best]:.3f} at step {int(recent.steps[best]):,}",
        ),
    )
    return Finding(
        "overfitting",
        sentence,
        "alarm",
        "Stop where the validation loss was lowest, or hold the model back: more data, dropout, "
        "weight decay, a smaller model.",
        (loss_curves(case, marked), Table("now", rows)),
        view="curves",
    )


CHECK = Check(
    "overfitting",
    "overfitting",
    _find,
    explained_by=frozenset({"leaked_column", "shortcut", "learning_rate_high"}),
)
