"""What a search leaves behind for other programs: suspects.csv and findings.json."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from visualiser import __version__
from visualiser.core.experiment import Experiment
from visualiser.core.findings.data_scores import DataScore
from visualiser.core.findings.registry import ROW_FINDERS, looks_for
from visualiser.core.findings.review import rows_of
from visualiser.core.findings.scores import Score, score_of
from visualiser.core.findings.search import Findings
from visualiser.core.findings.truth import Truth

FORMAT, VERSION = "training-visualiser-findings", 1

COLUMNS = (
    "finder", "place", "row", "copy_number", "label", "proposed", "score", "repeats_row",
    "reason", "wrong",
)  # fmt: skip
"""Of suspects.csv.

finder, place: whose suspect it is, and its place among them, the most suspicious first.
row: its number in the data set, counted from 0 as in an experiment file; copy_number: which of
    the equal rows, where the row is repeated.
label, proposed: the label it has and the one it should get, in words; empty proposes to leave it
    out. Amounts as numbers.
score: suspicion, 0 … 1.  repeats_row: the row that it is a copy of, or empty.
reason: why, in words.
wrong: 1 where the program itself made the mistake that the finder looks for, 0 elsewhere; empty
    where nothing is known to be wrong.
"""


def suspects_text(findings: Findings, truth: Truth) -> str:
    """suspects.csv: a row for each suspect of each finder."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    dataset, part, names = findings.search.dataset, findings.part, rows_of(findings.part)
    known = bool(truth.any.any())

    def label(value: float) -> str:
        if math.isnan(value):
            return ""
        return repr(value) if dataset.predicts_amounts else dataset.class_names[int(value)]

    for finder, suspects in findings.suspects.items():
        wrong, scores = truth.of(looks_for(finder)), suspects.score.tolist()
        for place, position in enumerate(suspects.ranked.tolist(), start=1):
            related = int(suspects.related[position])
            writer.writerow(
                (
                    finder, place, *names[position], label(float(part.labels[position])),
                    label(float(suspects.proposed[position])), repr(scores[position]),
                    int(part.rows[related]) if related >= 0 else "",
                    suspects.reasons[position], int(wrong[position]) if known else "",
                )
            )  # fmt: skip
    return out.getvalue()


def findings_document(
    findings: Findings, truth: Truth, experiment: Experiment, planted: Sequence[DataScore] = ()
) -> dict[str, Any]:
    """findings.json: scores of the finders where the truth is known, and what else was found."""
    known = bool(truth.any.any())
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "experiment": experiment.model_dump(mode="json"),
        "rows": len(findings.part),
        "wrong": {kind: int(truth.of(kind).sum()) for kind in ("label", "values", "copy")}
        if known
        else None,
        "finders": {
            name: {
                "looks_for": looks_for(name),
                "source": ROW_FINDERS[name].source if name in ROW_FINDERS else None,
                **_score(score_of(suspects, truth.of(looks_for(name)), truth.true_labels), known),
            }
            for name, suspects in findings.suspects.items()
        },
        "silent": dict(findings.silent),
        "data": [asdict(one) | {"figures": dict(one.figures)} for one in findings.data],
        "data_scores": [
            asdict(one) | {"precision": _finite(one.precision), "recall": _finite(one.recall)}
            for one in planted
        ],
        "seconds": {name: round(seconds, 3) for name, seconds in findings.seconds.items()},
    }


def _score(score: Score, known: bool) -> dict[str, float | int | None]:
    flagged: dict[str, float | int | None] = {"flagged": score.flagged}
    if not known:
        return flagged
    figures = {
        "precision": score.precision if score.wrong else math.nan,
        "recall": score.recall,
        "average_precision": score.average_precision,
        "right_proposals": score.right_proposals,
    }
    return flagged | {name: _finite(float(value)) for name, value in figures.items()}


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
