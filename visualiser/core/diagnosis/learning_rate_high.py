"""Steps so long that they jump over what they look for.

An update of about a thousandth of the weights is healthy (Karpathy 2015, CS231n, “Neural networks
part 3”, “Ratio of weights:updates”); all runs that this program starts with begin at a hundredth
and end below. Long steps alone harm nobody, so one of two things must be seen besides: the loss
goes to and fro instead of down, or it is where it was at the start.
"""

import numpy as np

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Curves, line
from visualiser.core.diagnosis.finding import NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.diagnosis.loss_curves import loss_curves
from visualiser.core.numerals import compact
from visualiser.core.training.advice import EXPLODED
from visualiser.core.training.snapshot import Snapshot

HEALTHY, LONG = 1e-3, 0.1
"""Update-to-weight ratios: what is usual, and what no healthy run here began with."""

_FEWEST = 12
"""Evaluations since the last edit: a third of them is the stretch that is looked at."""
_SWING = 0.01
"""Median move of the training loss between two evaluations, as a share of the loss at the start.
The largest of a healthy run that goes to and fro, near its end, was 0.005."""
_AIMLESS = 0.35
"""Share of all moves that remains in the end; of a loss that falls steadily it is 1."""
_NO_GAIN = 0.95
"""Of the loss at the start: where it still is so high nothing has been learnt."""

_ADVICE = (
    "Lower the learning rate to a third or a tenth (it can be changed while the model trains); "
    "after a broken start, reset as well."
)


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.state == "diverged":
        return NOTHING
    if has_exploded(snapshot):
        return _finding(case, snapshot.advice)
    if len(case.recent) < _FEWEST or snapshot.vitals is None or not case.recent.finite:
        return TOO_EARLY
    what = _what_happened(case)
    rate = f"The learning rate of {case.rate_text} is too high"
    return _finding(case, f"{rate}: {what}.") if what else NOTHING


def _what_happened(case: Case) -> str:
    """Empty where the steps are of a usual length, or do no harm."""
    losses, early = case.recent.train, _early_ratio(case)
    if not early >= LONG:
        return ""
    first = float(case.snapshot.history["train_loss"][0])
    last = losses[-max(4, len(losses) // 3) :]
    if float(np.median(last)) >= _NO_GAIN * first:
        return (
            f"the first steps changed the weights by {_per_cent(early)} each, and the loss is no "
            "lower than at the start"
        )
    moves = np.diff(last)
    swing = float(np.median(np.abs(moves)))
    if swing > _SWING * first and abs(moves.sum()) < _AIMLESS * np.abs(moves).sum():
        return f"the training loss goes to and fro by {compact(swing)} instead of falling"
    return ""


def has_exploded(snapshot: Snapshot) -> bool:
    """Whether it is the loss that the advice of a run is about."""
    losses = snapshot.history["train_loss"]
    known = losses[np.isfinite(losses)]
    if not snapshot.advice or not len(known):
        return False
    return bool(known.max() > EXPLODED * known[0] and known[-1] > known[0])


def _early_ratio(case: Case) -> float:
    """Median of the first updates since the last edit; NaN where none is known."""
    vitals = case.snapshot.vitals
    assert vitals is not None
    since = 0 if not case.snapshot.markers else case.snapshot.markers[-1].step
    known = vitals.update_ratios[(vitals.steps >= since) & np.isfinite(vitals.update_ratios)]
    return float(np.median(known[:5])) if len(known) else float("nan")


def _finding(case: Case, sentence: str) -> Finding:
    return Finding(
        "learning_rate_high",
        sentence,
        "alarm",
        _ADVICE,
        (loss_curves(case), *update_curves(case)),
        view="distributions",
    )


def update_curves(case: Case) -> tuple[Curves, ...]:
    """How far steps move the weights, against what is usual."""
    vitals = case.snapshot.vitals
    if vitals is None or not np.isfinite(vitals.update_ratios).any():
        return ()
    ratios = line("update", "other", vitals.steps.tolist(), vitals.update_ratios.tolist())
    return (
        Curves(
            "change of the weights in a step",
            (ratios,),
            limit=HEALTHY,
            limit_title="usual",
            logarithmic=True,
        ),
    )


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


CHECK = Check("learning_rate_high", "a learning rate too high", _find)
