"""What runs are looked at for: one line each, what matters most first."""

from visualiser.core.diagnosis import (
    by_heart,
    comparison,
    dead_units,
    exploding_gradients,
    leaked_column,
    learning_rate_high,
    learning_rate_low,
    left_behind,
    misleading_validation,
    no_better,
    overconfidence,
    overfitting,
    own_advice,
    rare_class,
    shortcut,
    standing_twin,
    underfitting,
)
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Figure, Table
from visualiser.core.diagnosis.finding import Check, Finding, Verdict
from visualiser.core.training.want import Want

CHECKS: tuple[Check, ...] = (
    comparison.CHECK,
    exploding_gradients.CHECK,
    learning_rate_high.CHECK,
    own_advice.CHECK,
    standing_twin.CHECK,
    leaked_column.CHECK,
    shortcut.CHECK,
    misleading_validation.CHECK,
    left_behind.CHECK,
    by_heart.CHECK,
    rare_class.CHECK,
    dead_units.CHECK,
    overfitting.CHECK,
    overconfidence.CHECK,
    underfitting.CHECK,
    learning_rate_low.CHECK,
    no_better.CHECK,
)

WANT = Want.PREDICTIONS | Want(questions=frozenset().union(*(c.questions for c in CHECKS)))
"""What a snapshot must carry for all of them to be made."""


def diagnose(case: Case) -> tuple[Finding, ...]:
    """All findings, the most important first; that nothing is wrong is one of them.

    A few milliseconds at most.
    """
    results = [(check, check.find(case)) for check in CHECKS]
    findings = [result for _, result in results if isinstance(result, Finding)]
    told = {finding.sentence for finding in findings if finding.name != "own_advice"}
    kept = [one for one in findings if one.name != "own_advice" or one.sentence not in told]
    complaints = [check for check, _ in results if check.is_complaint]
    silent = not any(one.kind in ("alarm", "note") for one in kept)
    verdicts = [(check, result) for check, result in results if not isinstance(result, Finding)]
    if silent and case.is_settled and case.snapshot.predictions is not None:
        looked = [(check, verdict) for check, verdict in verdicts if check in complaints]
        if not any(verdict == "too early" for _, verdict in looked):
            kept.append(_nothing_stands_out(looked))
    return tuple(kept)


def _nothing_stands_out(looked: list[tuple[Check, Verdict]]) -> Finding:
    made = [(check, verdict) for check, verdict in looked if verdict == "nothing found"]
    rows = tuple(Figure(check.title, verdict) for check, verdict in looked)
    return Finding(
        "healthy",
        f"Nothing stands out: the run was looked at for {len(made)} things that go wrong.",
        "calm",
        evidence=(Table("Looked for", rows),),
    )
