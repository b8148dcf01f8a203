"""Whether training and validation rows are of the same kind."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.findings.chance import chance_text
from visualiser.core.findings.characteristics import Characteristic, characteristics
from visualiser.core.findings.neighbours import keys_of
from visualiser.core.findings.power import auc, follows
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, Weight, only_labels
from visualiser.core.numerals import numeral, share_text

_NAME = "drift"
_CHANCE = 0.01
"""Of all columns together (Bonferroni): so seldom would one be called different by chance."""
_LARGE = 0.25
_MOST_ROWS, _TREES, _LEAST_ROWS = 4_000, 40, 20
_TOLD_APART, _BEYOND_CHANCE = 0.7, 4.0
_MOST_COLUMNS = 5
_ALIKE = 0.7
"""Rank correlation from which on two columns tell of the same change."""
_ONE_SERIES = 0.1
"""Distance of their values, in training and in validation, below which two columns are one series
at several times: the days before a day need not go with each other."""
_WITH_COLUMNS = ("points", "table", "series")
_ROUNDING = 1e-3
"""Of a column's spread: a mean nearer to 0 is called 0."""


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """A test of all columns together, then the columns that differ beyond chance.

    The test part is sealed: only copies of its rows are looked for (contamination.py).
    """
    whole = _classifier_test(evidence)
    columns = _columns(evidence)
    if whole is None and not columns:
        noun = noun_of(evidence.dataset)
        what = "No column" if evidence.dataset.modality in _WITH_COLUMNS else "Nothing simple"
        return (
            Finding(
                _NAME, "Training and validation are alike",
                f"{what} differs beyond chance, and a model cannot tell their {noun.many} apart.",
                "", "fine",
            ),
        )  # fmt: skip
    listed = _listed(columns)
    others = [one.finding for one in columns if one.finding not in listed]
    return (*filter(None, (whole,)), *listed, *_others(others))


@dataclass(frozen=True, eq=False)
class _Differing:
    """A column whose values differ: training rows have those of `column`, validation `there`."""

    column: Characteristic
    there: NDArray[Any]
    finding: Finding

    def tells_the_same_as(self, other: "_Differing") -> bool:
        """Whether they go with each other, or are one series at several times."""
        if (self.column.categories is None) != (other.column.categories is None):
            return False
        if follows(self.column.values, other.column.values) >= _ALIKE:
            return True
        if self.column.categories is not None:
            return False
        distances = (
            _distance(self.column, other.column.values)[0],
            _distance(replace(self.column, values=self.there), other.there)[0],
        )
        return max(distances) < _ONE_SERIES


def _listed(columns: list[_Differing]) -> list[Finding]:
    """Of the columns that differ most those that tell of a change of their own."""
    listed: list[_Differing] = []
    for one in columns:
        if len(listed) < _MOST_COLUMNS and not any(map(one.tells_the_same_as, listed)):
            listed.append(one)
    return [one.finding for one in listed]


def _others(columns: list[Finding]) -> tuple[Finding, ...]:
    """One finding for the columns that are not listed."""
    if not columns:
        return ()
    largest = columns[0].figures["distance"]
    return (
        Finding(
            _NAME,
            f"{len(columns):,} more column{'s differ' if len(columns) > 1 else ' differs'}",
            f"Beyond chance, at a distance of {numeral(largest, 2)} or less.",
            "Those that tell of the same change as one that is listed are among them.",
            columns[0].weight,
            {"columns": len(columns), "distance": largest},
        ),
    )


def _columns(evidence: Evidence) -> list[_Differing]:
    """Those that differ beyond chance, and what is told of each; the most different first."""
    dataset, part, validation = evidence.dataset, evidence.part, evidence.validation
    label = Characteristic(
        dataset.target,
        np.asarray(part.labels, dtype=np.float64),
        dataset.class_names if dataset.predicts_classes else None,
    )
    here = (label, *characteristics(dataset, part.features))
    there = (
        np.asarray(validation.labels, dtype=np.float64),
        *(one.values for one in characteristics(dataset, validation.features)),
    )
    found, empty = [], _empty(evidence)
    for column, other in zip(here, there, strict=True):
        if column.name in empty:
            continue
        distance, chance = _distance(column, other)
        if chance * len(here) < _CHANCE and distance >= _LARGE / 5:
            finding = _different(column, other, distance, chance, noun_of(dataset).many)
            found.append(_Differing(column, other, finding))
    return sorted(found, key=lambda one: -one.finding.figures["distance"])


def _empty(evidence: Evidence) -> frozenset[str]:
    """Columns that the program added for the training rows only: 0 in validation on purpose."""
    rows = evidence.validation.features
    if not isinstance(rows, Table):
        return frozenset()
    return frozenset(
        name
        for name in evidence.dataset.spare_columns
        if not rows.numeric[:, rows.numeric_names.index(name)].any()
    )


def _distance(column: Characteristic, other: NDArray[Any]) -> tuple[float, float]:
    """How far two samples are apart, 0 … 1, and the probability of that by chance.

    Of numbers the two-sample statistic of Kolmogorov and Smirnov; of categories the total
    variation, with a χ² test.
    """
    from scipy.stats import chi2_contingency, ks_2samp

    if column.categories is None:
        first, second = (v[np.isfinite(v)] for v in (column.values, other))
        if len(first) < 2 or len(second) < 2:
            return 0.0, 1.0
        test = ks_2samp(first, second, method="asymp")
        return float(test.statistic), float(test.pvalue)
    codes = len(column.categories) + 1
    table = np.array(
        [np.bincount(v.astype(np.int64) + 1, minlength=codes) for v in (column.values, other)]
    )
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2 or not table.sum(axis=1).all():
        return 0.0, 1.0
    shares = table / table.sum(axis=1, keepdims=True)
    return float(np.abs(shares[0] - shares[1]).sum() / 2), float(chi2_contingency(table).pvalue)


def _different(
    column: Characteristic, other: NDArray[Any], distance: float, chance: float, nouns: str
) -> Finding:
    """`nouns` is what the examples are called: “pictures”."""
    weight: Weight = "serious" if distance >= _LARGE else "look"
    if column.categories is None:
        size = float(np.nanstd(column.values))
        here, there = (_mean_text(column, v, size) for v in (column.values, other))
        what = f"On average {here} in training and {there} in validation"
    else:
        counts = [np.bincount(v.astype(np.int64) + 1, minlength=len(column.categories) + 1)
                  for v in (column.values, other)]  # fmt: skip
        shares = [count / count.sum() for count in counts]
        most = int(np.abs(shares[0] - shares[1]).argmax()) - 1
        what = (
            f"{column.text(most)} is in {share_text(float(shares[0][most + 1]))} of the training "
            f"{nouns} and in {share_text(float(shares[1][most + 1]))} of the validation {nouns}"
        )
    return Finding(
        _NAME,
        f"{column.title} differs between training and validation",
        f"{what}; distance {numeral(distance, 2)} of 1, {chance_text(chance)}.",
        "Find out what has changed: another time, place or way of collecting. A model is tested on "
        "what it was not trained for.",
        weight,
        {"distance": distance, "p": chance},
        (column.name,),
    )


def _mean_text(column: Characteristic, values: NDArray[Any], spread: float) -> str:
    """The mean; what differs from 0 by rounding only is 0."""
    mean = float(np.nanmean(values))
    return column.text(0.0 if abs(mean) < _ROUNDING * spread else mean)


def _classifier_test(evidence: Evidence) -> Finding | None:
    """A model that is to tell training from validation rows (Lopez-Paz & Oquab 2017)."""
    vectors, origin, same = _mixed(evidence)
    hits, misses = (_distinct(same[origin == side]) for side in (1, 0))
    if min(hits, misses) < _LEAST_ROWS:
        return None
    area = auc(_told_apart(vectors, origin, same, evidence.seed), origin == 1)
    error = np.sqrt((hits + misses + 1) / (12 * hits * misses))  # of an AUC of one half
    if area < 0.5 + _BEYOND_CHANCE * error or area < 0.55:
        return None
    return Finding(
        _NAME, "Training and validation can be told apart",
        f"A model that sees one {noun_of(evidence.dataset).one} says which of the two it is from "
        f"with an AUC of {area:.2f} (0.5 is guessing).",
        "They were not drawn alike: by time, by place, or one of the two was changed. Columns "
        "that differ are listed below, if single ones do.",
        "serious" if area >= _TOLD_APART else "look",
        {"auc": area, "standard_error": float(error)},
    )  # fmt: skip


def _mixed(evidence: Evidence) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
    """Rows of both parts, which of them are validation rows, and which belong together."""
    generator = np.random.default_rng([evidence.seed, 7])

    def some(rows: int) -> NDArray[np.int64]:
        half = _MOST_ROWS // 2
        if rows <= half:
            return np.arange(rows, dtype=np.int64)
        return generator.choice(rows, half, replace=False)

    empty = _empty(evidence)
    kept = [
        place
        for place in range(evidence.vectors.shape[1])
        if not evidence.vector_names or evidence.vector_names[place] not in empty
    ]
    here, there = some(len(evidence.vectors)), some(len(evidence.validation_vectors))
    parts = (evidence.part.take(here), evidence.validation.take(there))
    keys = [key for part in parts for key in _belonging(evidence.dataset, part)]
    seen: dict[Any, int] = {}
    same = np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)
    vectors = np.concatenate([evidence.vectors[here], evidence.validation_vectors[there]])
    return vectors[:, kept], np.repeat(np.array([0, 1]), [len(here), len(there)]), same


def _belonging(dataset: Dataset, part: Part) -> list[Any]:
    """For each row something that is equal for copies, and for pictures of one thing."""
    if dataset.blocks is None:
        return keys_of(part.features)
    return list(dataset.blocks[part.rows])


def _distinct(same: NDArray[np.int64]) -> float:
    """How many rows they count for (Kish): all where none belongs with another."""
    counts = np.unique(same, return_counts=True)[1].astype(np.float64)
    return float(counts.sum() ** 2 / (counts**2).sum()) if len(counts) else 0.0


def _told_apart(
    vectors: NDArray[Any], origin: NDArray[np.int64], same: NDArray[np.int64], seed: int
) -> NDArray[Any]:
    """A score for each row by a model that has not seen it, nor a row that belongs with it.

    A copy in another fold would be recognised, instead of its kind; so would another picture of
    the same thing, which the split has kept in one part. Copies are not left out: of
    few columns the frequent values are what rows of one kind have in common.
    """
    from sklearn.ensemble import ExtraTreesClassifier
    from sklearn.model_selection import StratifiedGroupKFold

    score = np.zeros(len(origin))
    folds = StratifiedGroupKFold(3, shuffle=True, random_state=seed)
    for fold, (seen, asked) in enumerate(folds.split(vectors, origin, same)):
        model = ExtraTreesClassifier(
            _TREES, min_samples_leaf=5, class_weight="balanced", random_state=seed + fold, n_jobs=1
        )
        model.fit(vectors[seen], origin[seen])
        score[asked] = model.predict_proba(vectors[asked])[:, 1]
    return score


FINDER = DataFinder(
    name=_NAME,
    title="Drift between the splits",
    story="Whether training and validation rows are of the same kind, column by column and all "
    "together.",
    refuses=only_labels,
    find=find,
)
