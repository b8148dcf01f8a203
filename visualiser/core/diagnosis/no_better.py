"""A model that is not clearly better than an answer without any model."""

from collections.abc import Iterable
from dataclasses import replace

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Figure, Table
from visualiser.core.diagnosis.finding import NOTHING, Check, Finding, Verdict
from visualiser.core.outcome_figures import figure_text
from visualiser.core.outcome_sentences import baseline_words

_OF_TIME = "Give it more time first. If that does not help, the data may not hold the answer."
_OF_THE_DATA = (
    "The clean twin had the same time and does better: put the training data right first."
)


def beside_each_other(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without the advice to wait where another finding says what is wrong."""
    told = tuple(findings)
    if all(finding.kind != "alarm" for finding in told):
        return told
    return tuple(replace(one, advice="") if one.advice == _OF_TIME else one for one in told)


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.step == 0 or snapshot.state == "diverged":
        return NOTHING
    sentence = baseline_words(snapshot, case.validation)
    if not sentence:
        return NOTHING
    info = snapshot.info
    rows = (
        Figure("your model", case.validation.student_text),
        Figure(info.baseline.words, figure_text(info, info.baseline.figure)),
    )
    table = Table(f"{info.metric.title} on {case.validation.rows:,} validation rows", rows)
    return Finding(
        "no_better",
        sentence,
        "note",
        _OF_THE_DATA if case.loses_to_twin else _OF_TIME,
        (table,),
    )


CHECK = Check("no_better", "no better than one answer for all", _find)
