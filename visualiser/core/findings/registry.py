"""The finders on offer: one line each."""

from visualiser.core.findings.columns import (
    constant,
    contamination,
    coverage,
    drift,
    irrelevant,
    label_rates,
    leaked,
)
from visualiser.core.findings.rows import (
    bad_pictures,
    confident,
    duplicates,
    far_away,
    forgetting,
    margin,
    noisy_clips,
    residual,
    training_loss,
    values,
)
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.spec import DataFinder, Mistake, RowFinder

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
        bad_pictures.FINDER,
        noisy_clips.FINDER,
    )
}
"""Those that look for rows; that several of them agree comes on top (AGREEMENT)."""

DATA_FINDERS: tuple[DataFinder, ...] = (
    leaked.FINDER,
    irrelevant.FINDER,
    constant.FINDER,
    drift.FINDER,
    contamination.FINDER,
    coverage.FINDER,
    label_rates.FINDER,
)
"""Those that look at columns, and at the data as a whole."""


def finder_title(name: str) -> str:
    """As the user reads it."""
    return "Labels, by agreement" if name == AGREEMENT else ROW_FINDERS[name].title


def looks_for(name: str) -> Mistake:
    """The kind of mistake that a finder is scored by."""
    return "label" if name == AGREEMENT else ROW_FINDERS[name].looks_for


def finder_story(name: str) -> str:
    """One sentence on how it looks."""
    if name == AGREEMENT:
        return (
            "Rows whose label is suspect by two kinds of evidence: by a model that was not shown "
            "them, and by how the model under training took them in."
        )
    return ROW_FINDERS[name].story
