"""Classes and groups with few rows, or with none."""

from collections.abc import Sequence

import numpy as np

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, Weight

_NAME = "coverage"
FEW, RARE = 20, 0.2
"""Rows below which a class is rare, and share of what it would have if all had the same."""
_TOO_FEW = 5
_MOST = 12


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """Classes, groups, and classes within groups that have few training rows."""
    dataset, part = evidence.dataset, evidence.part
    found: list[Finding] = []
    if dataset.predicts_classes:
        counts = np.bincount(np.asarray(part.labels, dtype=np.int64), minlength=dataset.class_count)
        titles = [f"“{isolated(name)}”" for name in dataset.class_names]
        found += _rare(dataset, titles, dataset.class_names, counts)
    if part.groups is not None and dataset.group_names:
        groups = np.asarray(part.groups)
        counts = np.bincount(groups[groups >= 0], minlength=len(dataset.group_names))
        title = isolated(dataset.group_title)
        titles = [f"{title} “{isolated(name)}”" for name in dataset.group_names]
        found += _rare(dataset, titles, dataset.group_names, counts)
        if dataset.predicts_classes:
            found += _empty_cells(dataset, groups, np.asarray(part.labels), counts)
    found.sort(key=lambda one: one.figures["rows"])
    return tuple(found[:_MOST]) or (
        Finding(
            _NAME, f"Every class and every group has {noun_of(dataset).many} enough",
            f"None has fewer than {FEW} or a fifth of an equal share.", "", "fine",
        ),
    )  # fmt: skip


def _rare(
    dataset: Dataset, titles: Sequence[str], names: Sequence[str], counts: IntArray
) -> list[Finding]:
    equal, noun = counts.sum() / max(len(counts), 1), noun_of(dataset)
    found = []
    for title, name, count in zip(titles, names, counts.tolist(), strict=True):
        if count >= max(FEW, RARE * equal):
            continue
        weight: Weight = "serious" if count < max(_TOO_FEW, 0.05 * equal) else "look"
        has = f"has {noun.counted(count)} in training" if count else "is not in training at all"
        found.append(
            Finding(
                _NAME, f"{title}: {noun.counted(count)}" if count else f"{title}: no {noun.many}",
                f"{title} {has}; an equal share would be {equal:,.0f}.",
                "Collect more of them, or say that the model is not made for them: figures over "
                f"all {noun.many} hide how it does here.",
                weight, {"rows": count, "equal_share": float(equal)}, (name,),
            )
        )  # fmt: skip
    return found


def _empty_cells(
    dataset: Dataset, groups: IntArray, labels: IntArray, of_group: IntArray
) -> list[Finding]:
    """Classes that a group with rows never has."""
    found = []
    for group, group_name in enumerate(dataset.group_names):
        if of_group[group] < FEW:
            continue
        counts = np.bincount(labels[groups == group], minlength=dataset.class_count)
        for code in np.flatnonzero(counts == 0):
            where = f"{isolated(dataset.group_title)} “{isolated(group_name)}”"
            found.append(
                Finding(
                    _NAME, f"{where}: never “{isolated(dataset.class_names[code])}”",
                    f"None of {noun_of(dataset).counted(of_group[group])} of {where} is labelled "
                    f"“{isolated(dataset.class_names[code])}”.",
                    "The model will learn that this never happens. Find out whether it is true, "
                    "or who was left out.",
                    "serious", {"rows": 0, "group_rows": int(of_group[group])}, (group_name,),
                )
            )  # fmt: skip
    return found


def _refuses(dataset: Dataset) -> str | None:
    if dataset.predicts_classes or dataset.groups is not None:
        return None
    return "there are neither classes nor groups"


FINDER = DataFinder(
    name=_NAME,
    title="Few or no rows",
    story="Classes and groups of which there is too little to learn from.",
    refuses=_refuses,
    find=find,
)
