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
    repairs,
    shortcut,
    standing_twin,
    underfitting,
)
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Lines
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.training.want import Want

CHECKS: tuple[Check, ...] = (
    comparison.CHECK,
    repairs.CHECK,
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
    found = {check.name for check, result in results if isinstance(result, Finding)}
    told = [
        result
        for check, result in results
        if isinstance(result, Finding) and not check.explained_by & found
    ]
    looked = [
        (check, result)
        for check, result in results
        if check.is_complaint and not isinstance(result, Finding)
    ]
    quiet = all(finding.kind == "summary" for finding in told)
    if quiet and case.is_settled and all(verdict != TOO_EARLY for _, verdict in looked):
        told.append(_nothing_stands_out(case, looked))
    return no_better.beside_each_other(told)


def _nothing_stands_out(case: Case, looked: list[tuple[Check, Verdict]]) -> Finding:
    made, left = (
        tuple(check.title for check, verdict in looked if verdict == wanted)
        for wanted in (NOTHING, NOT_HERE)
    )
    evidence = [Lines("Looked for, and not found", made)]
    if left:
        evidence.append(Lines("Does not apply to this data or this model", left))
    if case.loses_to_twin:
        return Finding(
            "no_sign",
            f"None of {len(made)} usual signs of trouble shows; but the clean twin does better: "
            "what makes the difference is the data.",
            "calm",
            evidence=tuple(evidence),
        )
    return Finding(
        "healthy",
        f"Nothing stands out so far: none of {len(made)} things that go wrong.",
        "calm",
        evidence=tuple(evidence),
    )
