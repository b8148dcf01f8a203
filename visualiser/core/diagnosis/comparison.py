"""How the run stands: beside its clean twin, or alone."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Figure, Table
from visualiser.core.diagnosis.finding import NOT_HERE, Check, Finding, Verdict
from visualiser.core.outcome_figures import gap_text
from visualiser.core.outcome_sentences import before_the_start, comparison_words


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.state == "diverged":
        return NOT_HERE
    if snapshot.step == 0:
        return Finding("comparison", before_the_start(snapshot), "summary")
    words = comparison_words(snapshot, case.validation)
    return Finding("comparison", words, "summary", evidence=_figures(case))


def _figures(case: Case) -> tuple[Table, ...]:
    compared, info = case.validation, case.snapshot.info
    if compared.twin is None or not case.snapshot.twin_differs:
        return ()
    chance = gap_text(info, 2 * compared.standard_error)
    rows = [
        Figure("your model", compared.student_text),
        Figure("clean twin", compared.twin_text),
        Figure("difference", compared.difference_text or "–"),
        Figure("within chance up to about", chance or "–"),
    ]
    return (Table(f"{info.metric.title} on {compared.rows:,} validation rows", tuple(rows)),)


CHECK = Check("comparison", "the model beside its clean twin", _find, is_complaint=False)
