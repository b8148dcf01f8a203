"""Whether the labels of a group say something else in training than where they are trusted."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.split import Part
from visualiser.core.findings.chance import chance_text
from visualiser.core.findings.spec import DataFinder, Evidence, Finding
from visualiser.core.metrics.intervals import wilson
from visualiser.core.numerals import share_text

Values = NDArray[np.float64]

_NAME = "label_rates"
_CHANCE = 0.01
"""Of all groups together (Bonferroni)."""
_LEAST, _FEWEST = 0.05, 10
"""A smaller difference is not worth a word, and of fewer rows nothing is said."""
_DRAWS = 10_000


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """Groups that get the favourable label more or less often in training than in validation.

    Finders of rows cannot see this: where every label of a group was decided by the same bias,
    each of them is what a model expects. Compared by Fisher's exact test; a group whose labels
    changed as those of the others did is not named.
    """
    code = favourable(evidence.dataset)
    here, there = (_counts(rows, evidence.dataset, code) for rows in _parts(evidence))
    chances = [_chance(here[:, group], there[:, group]) for group in range(here.shape[1])]
    differs = [
        chance * len(chances) < _CHANCE
        and abs(_share(here[:, group]) - _share(there[:, group])) >= _LEAST
        for group, chance in enumerate(chances)
    ]
    found = [
        (chance, _different(evidence.dataset, code, group, here, there, chance))
        for group, chance in enumerate(chances)
        if differs[group] and _as_others(here, there, group, evidence.seed) * len(chances) < _CHANCE
    ]
    if found:
        return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
    return (_alike(evidence.dataset, code, here, any(differs)),)


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


def _as_others(here: IntArray, there: IntArray, group: int, seed: int) -> float:
    """Probability that what changed the labels of the others has changed those of a group too.

    Noise on labels changes every rate, each by its own amount. So of each thing that happens to
    labels its strength is taken from the others, and what it would make of the group's rate is
    compared with what that is now. What explains it best counts. Rates are drawn from their Beta
    distributions (Jeffreys); 0 where there are no others.
    """
    rest = [np.delete(counts, group, axis=1).sum(axis=1) for counts in (here, there)]
    if min(counts.sum() for counts in rest) < _FEWEST:
        return 0.0
    generator = np.random.default_rng([seed, 8])
    others, before, now, clean = (
        np.clip(generator.beta(counts[0] + 0.5, counts[1] + 0.5, _DRAWS), 1e-6, 1 - 1e-6)
        for counts in (*rest, here[:, group], there[:, group])
    )
    below = [float(np.mean(now < rate)) for rate in _expected(others, before, clean)]
    return max(2 * min(share, 1 - share) for share in below)


def _expected(others: Values, before: Values, clean: Values) -> tuple[Values, ...]:
    """What the rate of a group becomes where the rate of the others went from `before`.

    By labels turned over either way alike, by labels lost, by labels given, by rows of one class
    left out, and by an equal step.
    """
    even = np.where(np.abs(1 - 2 * before) < 1e-9, 1e-9, 1 - 2 * before)
    turned = np.clip((others - before) / even, 0, 0.5)
    given = np.clip((others - before) / (1 - before), 0, 1)
    odds = others / (1 - others) * (1 - before) / before * clean / (1 - clean)
    return (
        clean + turned * (1 - 2 * clean),
        clean * np.minimum(others / before, 1),
        clean + given * (1 - clean),
        odds / (1 + odds),
        clean + others - before,
    )


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


def _alike(dataset: Dataset, code: int, here: IntArray, changed: bool) -> Finding:
    label, rates = isolated(dataset.class_names[code]), ", ".join(_rates(dataset, here))
    if changed:
        return Finding(
            _NAME,
            "No group's labels stand out",
            "They differ from validation, but as noise on all labels, or a class that was thinned "
            f"out, would have it. How often it is “{label}” in training: {rates}.",
            "",
            "fine",
        )
    return Finding(
        _NAME,
        "Labels of every group are as in validation",
        f"How often it is “{label}” in training: {rates}.",
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
