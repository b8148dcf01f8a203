"""Spoiled validation rows that show another figure than clean ones."""

from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Curves, Figure, Table, line
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, Check, Finding, Verdict
from visualiser.core.outcome_figures import figure_text
from visualiser.core.outcome_sentences import misleading_validation


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    if snapshot.spoiled_validation is None:
        return NOT_HERE
    sentence = misleading_validation(snapshot, case.validation)
    if not sentence or snapshot.step == 0 or snapshot.state == "diverged":
        return NOTHING
    history, metric = snapshot.history, snapshot.info.metric
    steps = history["step"].tolist()
    # Shares are drawn in per cent, as they stand in the sentence.
    whole = 100.0 if metric.unit == "share" else 1.0
    clean, misled = (
        (whole * history[f"{rows}validation_metric"]).tolist() for rows in ("", "spoiled_")
    )
    unit = metric.unit_text(snapshot.info.dataset)
    curves = Curves(
        f"{metric.title}, {unit}" if unit else metric.title,
        (
            line("clean rows", "validation", steps, clean),
            line("spoiled rows", "spoiled", steps, misled),
        ),
    )
    spoiled = figure_text(snapshot.info, snapshot.spoiled_validation.values[metric.name])
    rows = (
        Figure("clean validation", case.validation.student_text),
        Figure("spoiled validation", spoiled),
    )
    return Finding(
        "misleading_validation",
        sentence,
        "alarm",
        "Judge the model on clean data: what was spoiled on both sides hides its own damage.",
        (Table(metric.title, rows), curves),
        view="curves",
    )


CHECK = Check("misleading_validation", "validation data that misleads", _find)
