"""Rows that the model under training finds hardest."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.findings.rows.answers import best_other, between
from visualiser.core.findings.spec import (
    Evidence,
    RowFinder,
    Suspects,
    only_labels,
    squashed,
    suspects,
)
from visualiser.core.questions.row_record import RowRecord

_MANY_TIMES = 9.0
"""Of the median squared error: three times the usual error."""


def find(evidence: Evidence) -> Suspects:
    """By the loss, a mean over the epochs; two kinds of rows are told apart by a mixture.

    Clean labels are learnt first, so that wrong ones have the larger loss on the way (Arpit et
    al. 2017). Which losses are large is decided by a mixture of two normal distributions of their
    logarithm (Li et al., DivideMix, 2020); a row that the model answered as given, most of the
    time, is no suspect.
    """
    assert evidence.record is not None
    if evidence.dataset.predicts_amounts:
        return _amounts(evidence.record)
    return _classes(evidence, evidence.record)


def _classes(evidence: Evidence, record: RowRecord) -> Suspects:
    assert record.probabilities is not None
    dataset, given = evidence.dataset, np.asarray(evidence.part.labels, dtype=np.int64)
    loss, mean = _known(record.mean_loss), record.probabilities
    other = best_other(mean, given)
    places = np.arange(len(given))
    behind = mean[places, other] > mean[places, given]
    flagged = _large(loss, evidence.seed) & behind

    def reason(row: int) -> str:
        there, here = mean[row, other[row]], mean[row, given[row]]
        return (
            f"While it was learnt its loss was {loss[row]:.2f} on average, of all rows usually "
            f"{np.median(loss):.2f}: {between(dataset, other[row], there, given[row], here)}."
        )

    return suspects(1 - np.exp(-loss), flagged, reason, other)


def _amounts(record: RowRecord) -> Suspects:
    loss = _known(record.mean_loss)
    usual = max(float(np.median(loss)), 1e-12)
    times = loss / usual

    def reason(row: int) -> str:
        return (
            f"While it was learnt its error was {np.sqrt(times[row]):.1f} times the usual one "
            "on average."
        )

    return suspects(squashed(times, _MANY_TIMES), times > _MANY_TIMES, reason)


def _known(loss: NDArray[np.float64]) -> NDArray[np.float64]:
    """A row that was not learnt yet, as after a change in the middle of an epoch, is usual."""
    seen = loss[np.isfinite(loss)]
    return np.nan_to_num(loss, nan=float(np.median(seen)) if len(seen) else 0.0)


def _large(loss: NDArray[np.float64], seed: int) -> NDArray[np.bool_]:
    """Whether a loss is rather of the larger kind, where there are two kinds."""
    from sklearn.mixture import GaussianMixture

    logs = np.log(np.maximum(loss, 1e-6))[:, None]
    if len(loss) < 4 or np.ptp(logs) < 1e-6:
        return np.zeros(len(loss), dtype=np.bool_)
    mixture = GaussianMixture(2, reg_covar=1e-3, max_iter=200, random_state=seed)
    share = mixture.fit(logs).predict_proba(logs)[:, int(mixture.means_.argmax())]
    above = logs[:, 0] > mixture.means_.min()  # the wider of the two reaches below the other
    return np.asarray((share > 0.5) & above)


FINDER = RowFinder(
    name="loss",
    title="Loss in training",
    story="Rows that the model under training finds hardest, over all epochs so far: what "
    "contradicts the other rows is learnt last.",
    source="Arpit et al., A Closer Look at Memorization, 2017; Li et al., DivideMix, 2020",
    looks_for="label",
    needs=frozenset({"record"}),
    refuses=only_labels,
    find=find,
)
