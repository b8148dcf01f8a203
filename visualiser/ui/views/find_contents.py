"""What of findings stands where in Find it: which finders, columns and rows they are of."""

import numpy as np

from visualiser.core.data.dataset import Dataset, Table, equal
from visualiser.core.data.split import Part
from visualiser.core.findings.registry import ROW_FINDERS, finder_title
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.search import Findings


def columns_of(dataset: Dataset) -> frozenset[str]:
    """Names of the columns that can be left out: of a table, but not of a dated series."""
    features = dataset.features
    if not isinstance(features, Table) or dataset.modality != "table":
        return frozenset()
    return frozenset(features.names)


def finders_of(findings: Findings) -> list[str]:
    """Names of those that could look, what they agree on first."""
    return [name for name in (AGREEMENT, *ROW_FINDERS) if name in findings.suspects]


def suspect_columns(findings: Findings) -> int:
    """How much is told of columns and of the data as a whole that is not fine."""
    return sum(one.weight != "fine" for one in findings.data)


def counted(findings: Findings, name: str) -> str:
    """“Duplicates (12)”."""
    return f"{finder_title(name)} ({int(findings.suspects[name].flagged.sum()):,})"


def same_rows(one: Part, other: Part) -> bool:
    """Whether two parts are of the same rows with the same labels, spoiled alike."""
    if one is other:
        return True
    same = np.array_equal(one.rows, other.rows) and np.array_equal(one.labels, other.labels)
    return same and (one.features is other.features or equal(one.features, other.features))
