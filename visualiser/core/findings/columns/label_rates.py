"""Whether the labels of a group say something else in training than where they are trusted."""

from collections.abc import Iterable

import numpy as np

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.findings.chance import chance_text
from visualiser.core.findings.spec import DataFinder, Evidence, Finding
from visualiser.core.metrics.intervals import wilson
from visualiser.core.numerals import share_text

_NAME = "label_rates"
_CHANCE = 0.01
"""Of all groups together (Bonferroni)."""
_LEAST, _FEWEST = 0.05, 10
"""A smaller difference is not worth a word, and of fewer rows nothing is said."""


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """Groups that get the favourable label more or less often in training than in validation.

    Finders of rows cannot see this: where every label of a group was decided by the same bias,
    each of them is what a model expects. Compared by Fisher's exact test.
    """
    code = favourable(evidence.dataset)
    here, there = (_counts(rows, evidence.dataset, code) for rows in _parts(evidence))
    chances = [_chance(here[:, group], there[:, group]) for group in range(here.shape[1])]
    found = []
    for group, chance in enumerate(chances):
        away = abs(_share(here[:, group]) - _share(there[:, group]))
        if chance * len(chances) < _CHANCE and away >= _LEAST:
            found.append((chance, _different(evidence.dataset, code, group, here, there, chance)))
    if found:
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
    return (_alike(evidence.dataset, code, here),)


def favourable(dataset: Dataset) -> int:
    """The code of the class that people wish for: the data set's own, else the second."""
    return 1 if dataset.positive_class is None else dataset.positive_class


def _parts(evidence: Evidence) -> tuple[Part, Part]:
    return evidence.part, evidence.validation


def _counts(part: Part, dataset: Dataset, code: int) -> IntArray:
    """(2, G) rows of each group with the favourable label, and without it."""
    assert part.groups is not None
    groups, hits = np.asarray(part.groups), np.asarray(part.labels) == code
    known, size = groups >= 0, len(dataset.group_names)
    return np.stack(
        [np.bincount(groups[known & wanted], minlength=size) for wanted in (hits, ~hits)]
    )


def _share(counts: IntArray) -> float:
    total = int(counts.sum())
    return float(counts[0] / total) if total else float("nan")


def _chance(here: IntArray, there: IntArray) -> float:
    from scipy.stats import fisher_exact

    if min(here.sum(), there.sum()) < _FEWEST:
        return 1.0
    return float(fisher_exact(np.stack([here, there])).pvalue)


def _different(
    dataset: Dataset, code: int, group: int, here: IntArray, there: IntArray, chance: float
) -> Finding:
    name, label = isolated(dataset.group_names[group]), isolated(dataset.class_names[code])
    now, clean = _share(here[:, group]), _share(there[:, group])
    others = np.delete(here, group, axis=1).sum(axis=1)
    before = np.delete(there, group, axis=1).sum(axis=1)
    interval = wilson(here[:1, group], here[:, group].sum()[None])[0]
    side = "less" if now < clean else "more"
    sentence = (
        f"{share_text(now)} in training (95 % interval {share_text(interval.low)} to "
        f"{share_text(interval.high)}) and {share_text(clean)} in validation, "
        f"{chance_text(chance)}."
    )
    if others.sum() and before.sum():
        sentence += (
            f" Of the other groups it is {share_text(_share(others))} and "
            f"{share_text(_share(before))}."
        )
    return Finding(
        _NAME,
        f"Labels of “{name}” are {side} often “{label}” in training than in validation",
        sentence,
        "Find out who decided these labels, and how: where a group is judged by another measure, "
        "each single label looks right to a model that has learnt it.",
        "serious",
        {"training": now, "validation": clean, "p": chance, "rows": int(here[:, group].sum())},
        (dataset.group_names[group],),
    )


def _alike(dataset: Dataset, code: int, here: IntArray) -> Finding:
    label = isolated(dataset.class_names[code])
    return Finding(
        _NAME,
        "Labels of every group are as in validation",
        f"How often it is “{label}” in training: {', '.join(_rates(dataset, here))}.",
        "",
        "fine",
    )


def _rates(dataset: Dataset, here: IntArray) -> Iterable[str]:
    for group, name in enumerate(dataset.group_names):
        if here[:, group].sum():
            yield f"“{isolated(name)}” {share_text(_share(here[:, group]))}"


def _refuses(dataset: Dataset) -> str | None:
    if dataset.groups is None or not dataset.group_names:
        return "there are no groups"
    if dataset.class_count != 2 and dataset.positive_class is None:
        return "it needs a favourable class"
    return None


FINDER = DataFinder(
    name=_NAME,
    title="Labels of groups",
    story="Groups that get a yes more or less often in training than where labels are trusted: "
    "bias that follows a rule, which no finder of single rows can see.",
    refuses=_refuses,
    find=find,
)
