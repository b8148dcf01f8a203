"""Columns that say the same of every row."""

import numpy as np

from visualiser.core.findings.characteristics import Characteristic, characteristics
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, only_labels
from visualiser.core.numerals import share_text

_NAME = "constant"
_NEARLY = 0.998
"""Share of the rows with one value from which a column is as good as constant."""


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each column with one value, or nearly so."""
    columns = characteristics(evidence.dataset, evidence.part.features)
    found = [one for one in map(_look_at, columns) if one is not None]
    if found:
        return tuple(sorted(found, key=lambda one: -one.figures["share"]))
    return (
        Finding(
            _NAME, "No constant columns", "Every column has several values.", "", "fine",
            {"columns": len(columns)},
        ),
    )  # fmt: skip


def _look_at(column: Characteristic) -> Finding | None:
    values = np.where(np.isfinite(column.values), column.values, np.inf)
    kinds, counts = np.unique(values, return_counts=True)
    if not len(counts) or (share := float(counts.max() / counts.sum())) < _NEARLY:
        return None
    value = column.text(float(kinds[counts.argmax()]))
    if len(kinds) == 1:
        return Finding(
            _NAME, f"{column.title} is constant", f"It is {value} in every row.",
            "Leave the column out, or find out why nothing else was recorded: the model cannot "
            "learn from it, and would be lost with another value.", "look", {"share": 1.0},
            (column.name,),
        )  # fmt: skip
    return Finding(
        _NAME, f"{column.title} is nearly constant",
        f"It is {value} in {share_text(share)} of the rows.",
        "What it says rests on a handful of rows: see whether they are real.", "look",
        {"share": share}, (column.name,),
    )  # fmt: skip


FINDER = DataFinder(
    name=_NAME,
    title="Constant columns",
    story="Columns with one value, from which nothing can be learnt.",
    refuses=only_labels,
    find=find,
)
