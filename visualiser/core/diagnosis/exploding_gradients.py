"""Gradients that grow from step to step until nothing is a number any more.

Bengio, Simard & Frasconi 1994; Pascanu, Mikolov & Bengio 2013. On the runs that this program
starts with, the largest gradient of a run is at most some forty times the usual one of its first
third, and with learning rates far too high but no breakdown some hundred: a thousand times is
something else.
"""

import numpy as np

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Curves, line
from visualiser.core.diagnosis.finding import NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.numerals import compact
from visualiser.core.outcome_sentences import broke_down

_GROWN = 1000.0
_FEWEST = 4
"""Evaluations with a gradient; of fewer there is no usual one."""


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.state == "diverged":
        what, *_ = broke_down(snapshot, case.validation)
        return Finding("exploding_gradients", what, "alarm", evidence=_evidence(case))
    vitals = snapshot.vitals
    if vitals is None:
        return TOO_EARLY
    known = vitals.gradients[~np.isnan(vitals.gradients)]
    if len(known) < _FEWEST:
        return TOO_EARLY
    usual = float(np.median(known[: max(_FEWEST, len(known) // 3)]))
    now = float(np.max(known[-3:]))
    if not (usual > 0 and now > _GROWN * usual):
        return NOTHING
    return Finding(
        "exploding_gradients",
        f"The gradients explode: their size grew from {compact(usual)} to {_size(now)}.",
        "alarm",
        "Lower the learning rate to a tenth and reset; if the inputs have huge values, standardise "
        "them or look for outliers.",
        _evidence(case),
        view="distributions",
    )


def _size(value: float) -> str:
    return compact(value) if np.isfinite(value) else "infinity"


def _evidence(case: Case) -> tuple[Curves, ...]:
    """The size of gradients, and the loss of every step: what happens between two evaluations."""
    snapshot, found = case.snapshot, []
    if snapshot.vitals is not None and np.isfinite(snapshot.vitals.gradients).any():
        steps = snapshot.vitals.steps.tolist()
        sizes = line("size", "other", steps, snapshot.vitals.gradients.tolist())
        found.append(Curves("size of the gradient", (sizes,), logarithmic=True))
    losses = snapshot.history.batch_loss
    if np.isfinite(losses).any():
        of_batch = line("batch", "train", range(1, len(losses) + 1), losses.tolist())
        found.append(Curves("loss of each batch", (of_batch,), logarithmic=True))
    return tuple(found)


CHECK = Check("exploding_gradients", "exploding gradients", _find)
