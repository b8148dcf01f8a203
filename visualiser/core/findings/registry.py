"""The finders on offer: one line each."""

from visualiser.core.findings.columns import constant, contamination, coverage, drift, leaked
from visualiser.core.findings.rows import (
    confident,
    duplicates,
    far_away,
    forgetting,
    margin,
    residual,
    training_loss,
    values,
)
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.spec import DataFinder, RowFinder

ROW_FINDERS: dict[str, RowFinder] = {
    finder.name: finder
    for finder in (
        confident.FINDER,
        residual.FINDER,
        training_loss.FINDER,
        margin.FINDER,
        forgetting.FINDER,
        duplicates.FINDER,
        far_away.FINDER,
        values.FINDER,
    )
}
"""Those that look for rows; that several of them agree comes on top (AGREEMENT)."""

DATA_FINDERS: tuple[DataFinder, ...] = (
    leaked.FINDER,
    constant.FINDER,
    drift.FINDER,
    contamination.FINDER,
    coverage.FINDER,
)
"""Those that look at columns, and at the data as a whole."""


def finder_title(name: str) -> str:
    """As the user reads it."""
    return "All, by agreement" if name == AGREEMENT else ROW_FINDERS[name].title


def finder_story(name: str) -> str:
    """One sentence on how it looks."""
    if name == AGREEMENT:
        return "Rows that two finders or more suspect, those that most of them suspect first."
    return ROW_FINDERS[name].story
