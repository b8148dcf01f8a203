"""A group that fares worse than the others.

Told where the gap is more than two standard errors, or where spoiling moved it by so much (see
outcome_groups); no alarm where the clean twin has as large a gap. The intervals of single groups
are Wilson's for shares (Wilson 1927) and two standard errors for mean errors.
"""

import numpy as np

from visualiser.core.data.isolated_name import isolated
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars, Figure, Table
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.metrics.intervals import wilson
from visualiser.core.outcome_groups import GroupGap, GroupRow
from visualiser.core.outcome_sentences import group_words

_ADVICE = (
    "Count how many examples of that group there are and who labelled them; collect more of them, "
    "and look at the groups one by one before the model is used."
)


def _find(case: Case) -> Finding | Verdict:
    snapshot, groups = case.snapshot, case.groups
    if snapshot.info.dataset.groups is None:
        return NOT_HERE
    if groups is None or not case.is_settled:
        return TOO_EARLY
    sentence = group_words(snapshot, groups)
    if not sentence:
        return NOTHING
    of_clean_data = (
        snapshot.twin_differs and groups.twin is not None and groups.twin >= groups.student
    )
    return Finding(
        "left_behind",
        sentence,
        "note" if of_clean_data else "alarm",
        "" if of_clean_data else _ADVICE,
        (_bars(groups), *_gaps(groups)),
        view="groups",
    )


def _bars(groups: GroupGap) -> Bars:
    shares = all(0 <= row.student <= 1 for row in groups.groups if row.student == row.student)
    largest = max((row.student for row in groups.groups if row.student == row.student), default=1.0)
    return Bars(
        groups.heading,
        tuple(_bar(row, groups, shares) for row in groups.groups),
        whole=1.0 if shares else max(largest, 1e-12),
        limit_title="" if groups.twin is None else "the clean twin",
    )


def _bar(row: GroupRow, groups: GroupGap, is_share: bool) -> Bar:
    low = high = None
    if is_share and row.rows:
        hits = np.array([row.student * row.rows])
        known = wilson(hits, np.array([row.rows]))[0]
        low, high = known.low, known.high
    return Bar(
        f"{isolated(row.name)} ({row.rows:,})",
        row.student if row.student == row.student else 0.0,
        row.student_text,
        low,
        high,
        row.twin if row.twin is not None and row.twin == row.twin else None,
        warning=row.name == groups.worst,
    )


def _gaps(groups: GroupGap) -> tuple[Table, ...]:
    rows = [Figure("gap", groups.student_text)]
    if groups.twin_text:
        rows.append(Figure("gap of the clean twin", groups.twin_text))
    return (Table("largest less smallest", tuple(rows)),)


CHECK = Check("left_behind", "a group left behind", _find)
