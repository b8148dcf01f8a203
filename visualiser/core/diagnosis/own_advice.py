"""What a run says of itself: that it broke down and what to do, or that its accelerator is full."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import NOTHING, Check, Finding, Verdict
from visualiser.core.diagnosis.learning_rate_high import has_exploded
from visualiser.core.outcome_sentences import broke_down


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    advice = snapshot.advice
    if snapshot.state == "diverged":
        _, advice, *_ = broke_down(snapshot, case.validation)
    elif snapshot.step == 0 or has_exploded(snapshot):
        return NOTHING  # what exploded is told of as a learning rate too high
    return Finding("own_advice", advice, "note") if advice else NOTHING


CHECK = Check("own_advice", "what the run says of itself", _find, is_complaint=False)
