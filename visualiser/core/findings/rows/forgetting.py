"""Rows that were learnt and forgotten again, or never learnt at all."""

import numpy as np

from visualiser.core.findings.rows.answers import best_other
from visualiser.core.findings.spec import Evidence, RowFinder, Suspects, only_classes, suspects

_OFTEN = 0.34
"""Share of the epochs in which a row was forgotten that is called often."""


def find(evidence: Evidence) -> Suspects:
    """By forgetting events: answered as given in one epoch and otherwise in the next.

    A row that was never answered as given counts as always forgotten, as in Toneva et al. (2019).
    The share of a whole run has few values, so that equal ones are ordered by the loss.
    """
    record = evidence.record
    assert record is not None and record.forgotten is not None and record.learnt is not None
    assert record.probabilities is not None
    given = np.asarray(evidence.part.labels, dtype=np.int64)
    times = np.maximum(record.seen, 1)
    never = ~record.learnt & (record.seen > 0)
    # At most every second epoch can forget: learnt in one, forgotten in the other.
    share = np.where(never, 1.0, 2 * record.forgotten / np.maximum(times, 2) * 0.9)
    loss = np.nan_to_num(record.mean_loss, nan=0.0)
    score = np.clip(0.98 * share + 0.02 * loss / max(float(loss.max(initial=0.0)), 1e-12), 0, 1)
    forgotten = record.forgotten

    def reason(row: int) -> str:
        if never[row]:
            return f"In {times[row]:,} epochs the model never answered it as it is labelled."
        return (
            f"In {times[row]:,} epochs it was learnt and forgotten again "
            f"{forgotten[row]:,} time{'s' * (int(forgotten[row]) != 1)}."
        )

    flagged = (share > _OFTEN) & (record.seen > 1)
    return suspects(score, flagged, reason, best_other(record.probabilities, given))


FINDER = RowFinder(
    name="forgetting",
    title="Forgotten in training",
    story="Rows that the model learnt and forgot again, or never learnt: it keeps changing its "
    "mind about what contradicts the rest.",
    source="Toneva et al., An Empirical Study of Example Forgetting, 2019",
    looks_for="label",
    needs=frozenset({"record"}),
    refuses=only_classes,
    find=find,
)
