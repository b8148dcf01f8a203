"""A clean twin that did not break down with the model: the spoiling is to blame."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.finding import NOTHING, Check, Finding, Verdict
from visualiser.core.outcome_sentences import broke_down


def _find(case: Case) -> Finding | Verdict:
    if case.snapshot.state != "diverged":
        return NOTHING
    _, _, *twin = broke_down(case.snapshot, case.validation)
    return Finding("standing_twin", twin[0], "note") if twin else NOTHING


CHECK = Check("standing_twin", "a twin that did not break down", _find, is_complaint=False)
