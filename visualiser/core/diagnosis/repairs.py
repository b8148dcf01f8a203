"""What the repairs of the user are worth: the third model beside the student and the twin."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Figure, Table
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, Check, Finding, Verdict
from visualiser.core.outcome_repairs import repairs_sentence


def _find(case: Case) -> Finding | Verdict:
    snapshot, validation = case.snapshot, case.validation
    repaired = case.repaired
    if repaired is None or snapshot.state == "diverged" or snapshot.step == 0:
        return NOT_HERE
    words = repairs_sentence(snapshot, validation, repaired)
    if not words:
        return NOTHING
    rows = [
        Figure("your model", validation.student_text),
        Figure("repaired", repaired.student_text),
        Figure("difference", repaired.difference_text or "–"),
    ]
    if validation.twin_text:
        rows.append(Figure("clean twin", validation.twin_text))
    title = f"{snapshot.info.metric.title} on {repaired.rows:,} validation rows"
    return Finding("repairs", words, "summary", evidence=(Table(title, tuple(rows)),))


CHECK = Check("repairs", "the model of repaired data", _find, is_complaint=False)
