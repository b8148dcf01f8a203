"""Columns that tell nothing of the answer, as far as can be seen of each alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.findings.characteristics import Characteristic, characteristics
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, Weight, only_labels

_NAME = "irrelevant"
_CHANCE = 0.05
"""Of all columns together (Bonferroni): so seldom does a column of noise pass for evidence."""
_MOST_BINS, _ROWS_A_BIN = 8, 20
_MANY, _LARGE_SHARE = 3, 0.4
"""A few such columns are usual; so many of them are worth a look."""
_NAMED = 12


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for all columns whose relation with the answer may well be chance.

    Two tests a column, of which either may speak for it: whether values in bins and the answer
    are independent (χ², which is 2n times their mutual information to first order), and whether
    ranks rise or fall with it (Spearman; of classes Kruskal and Wallis).
    """
    part, dataset = evidence.part, evidence.dataset
    columns = [one for one in characteristics(dataset, part.features) if _varies(one.values)]
    labels = np.asarray(part.labels, dtype=np.float64)
    limit = _CHANCE / max(2 * len(columns), 1)
    silent = [one for one in columns if _chance(one, labels, dataset) > limit]
    if not silent:
        return (
            Finding(
                _NAME, "Every column tells something",
                f"Each of {len(columns):,} has more to do with “{isolated(dataset.target)}” than "
                "chance would explain.", "", "fine", {"columns": 0, "of": len(columns)},
            ),
        )  # fmt: skip
    return (_finding(dataset, silent, len(columns)),)


def _finding(dataset: Dataset, silent: list[Characteristic], total: int) -> Finding:
    count, target = len(silent), isolated(dataset.target)
    many = count >= _MANY and count >= _LARGE_SHARE * total
    weight: Weight = "look" if many else "fine"
    names = ", ".join(one.named for one in silent[:_NAMED])
    if count > _NAMED:
        names += f" and {count - _NAMED:,} more"
    return Finding(
        _NAME,
        f"{count:,} of {total:,} column{'s' * (total != 1)} tell{'s' * (count == 1)} nothing alone",
        f"What there is between “{target}” and {names} may well be chance.",
        "With others they may tell something all the same. Leave out those of which you cannot "
        "say why they should: the fewer rows, the more a model takes chance for a rule.",
        weight,
        {"columns": count, "of": total},
        tuple(one.name for one in silent),
    )


def _varies(values: NDArray[np.float64]) -> bool:
    known = values[np.isfinite(values)]
    return len(known) > _ROWS_A_BIN and float(known.min()) < float(known.max())


def _chance(column: Characteristic, labels: NDArray[np.float64], dataset: Dataset) -> float:
    """The smaller of two probabilities of so strong a relation where there is none."""
    codes = _binned(column)
    classes = labels if dataset.predicts_classes else _in_bins(labels)
    return min(_dependence(codes, classes), _trend(column, labels, dataset))


def _binned(column: Characteristic) -> NDArray[np.int64]:
    """(n,) codes: of numbers quantiles, a value that is missing has one of its own."""
    if column.categories is not None:
        return column.values.astype(np.int64) + 1
    codes = np.zeros(len(column.values), dtype=np.int64)
    known = np.isfinite(column.values)
    codes[known] = 1 + _in_bins(column.values[known])
    return codes


def _in_bins(values: NDArray[np.float64]) -> NDArray[np.int64]:
    bins = int(np.clip(len(values) // _ROWS_A_BIN, 2, _MOST_BINS))
    edges = np.unique(np.quantile(values, np.arange(1, bins) / bins))
    return np.searchsorted(edges, values, side="left").astype(np.int64)


def _dependence(codes: NDArray[np.int64], classes: NDArray[Any]) -> float:
    """P of Pearson's χ² test of independence."""
    from scipy.stats import chi2_contingency

    _, first = np.unique(codes, return_inverse=True)
    _, second = np.unique(classes, return_inverse=True)
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)
    if min(table.shape) < 2:
        return 1.0
    return float(chi2_contingency(table).pvalue)


def _trend(column: Characteristic, labels: NDArray[np.float64], dataset: Dataset) -> float:
    """P of a rank test; 1 of categories, which have no order."""
    from scipy.stats import kruskal, spearmanr

    known = np.isfinite(column.values)
    values, answers = column.values[known], labels[known]
    if column.categories is not None or len(np.unique(answers)) < 2:
        return 1.0
    if dataset.predicts_amounts:
        return float(spearmanr(values, answers).pvalue)
    return float(kruskal(*(values[answers == code] for code in np.unique(answers))).pvalue)


def _refuses(dataset: Dataset) -> str | None:
    if dataset.modality != "table":
        return "columns of a table are looked at, and there are none"
    return only_labels(dataset)


FINDER = DataFinder(
    name=_NAME,
    title="Irrelevant columns",
    story="Columns whose relation with the answer may well be chance: a model that has them takes "
    "some of the chance for a rule.",
    refuses=_refuses,
    find=find,
)
