"""Answers given with more certainty than they deserve.

Guo et al. 2017, “On Calibration of Modern Neural Networks”: expected calibration error (ECE) over
15 bins of the confidence, the probability of the class that is answered. The sign is that of mean
confidence less accuracy, which must lie above zero with its whole bootstrap interval (Efron &
Tibshirani 1993, percentiles of 1,000 resamples).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.diagnosis.case import Case
from visualiser.core.diagnosis.evidence import Bar, Bars, Figure, Table
from visualiser.core.diagnosis.finding import NOT_HERE, NOTHING, TOO_EARLY, Check, Finding, Verdict
from visualiser.core.metrics.calibration import BINS, reliability
from visualiser.core.outcome_figures import watched_labels
from visualiser.core.outcome_sentences import baseline_words
from visualiser.core.outcome_wrong_labels import learning

_REPLICATES = 1000
_SEED = 13
_LEVEL = 0.99
"""Of the interval: not 95 %, since a run is asked at each of its evaluations."""
_MUCH = 0.05
"""Guo et al. find 4 to 16 points in networks before calibration; below five nobody would notice."""

_ALL_BUT = 0.95
"""Of the answers: so many alike are one answer to everything."""


@dataclass(frozen=True, eq=False)
class Confidence:
    """How certain N answers are, and how often right.

    Attributes:
        gap: mean confidence less share of right answers.
        low, high: its 99 % bootstrap interval.
        ece: expected calibration error.
        bins: (B,) those that have answers; `counts`, `said` and `right` (B,) of these.
    """

    gap: float
    low: float
    high: float
    ece: float
    bins: NDArray[np.int64]
    counts: NDArray[np.int64]
    said: NDArray[np.float64]
    right: NDArray[np.float64]


def confidence_of(output: NDArray[np.float64], labels: NDArray[np.int64]) -> Confidence:
    """Of (N, K) class probabilities and N true classes, N > 0."""
    said = output.max(axis=1).astype(np.float64)
    right = (output.argmax(axis=1) == labels).astype(np.float64)
    off = said - right
    low, high = np.quantile(
        _resamples(len(off)) @ off.astype(np.float32), [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]
    )
    bins = reliability(said, right.astype(bool))
    kept = np.flatnonzero(bins.count)
    return Confidence(
        gap=float(off.mean()),
        low=float(low),
        high=float(high),
        ece=bins.expected_error,
        bins=kept.astype(np.int64),
        counts=bins.count[kept],
        said=bins.confidence[kept],
        right=bins.right.value[kept],
    )


@lru_cache(maxsize=2)
def _resamples(rows: int) -> NDArray[np.float32]:
    """(R, N) how often each of N rows is in a resample, as a share; the same ones each time."""
    drawn = np.random.default_rng(_SEED).integers(0, rows, (_REPLICATES, rows))
    drawn += rows * np.arange(_REPLICATES)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=_REPLICATES * rows)
    return (counts.reshape(_REPLICATES, rows) / rows).astype(np.float32)


def _find(case: Case) -> Finding | Verdict:
    snapshot = case.snapshot
    predictions = snapshot.predictions
    if not snapshot.info.dataset.predicts_classes:
        return NOT_HERE
    if predictions is None or not case.is_settled or not len(predictions.output):
        return TOO_EARLY
    if not np.isfinite(predictions.output).all():
        return NOTHING
    output, labels = predictions.output, watched_labels(snapshot.info)
    gap = float(output.max(axis=1).mean() - np.mean(output.argmax(axis=1) == labels))
    if gap <= _MUCH:  # resampling takes some milliseconds, and is seldom needed
        return NOTHING
    if _is_beside_the_point(case, output):
        return NOTHING
    found = confidence_of(output, labels)
    return _finding(found) if found.low > 0 else NOTHING


def _is_beside_the_point(case: Case, output: NDArray[np.float64]) -> bool:
    """Whether something else is wrong with it than how sure it is.

    It took over biased labels, and is as sure as those are; or it tells nothing apart.
    """
    if learning(case.snapshot) == "bias":
        return True
    same = np.bincount(output.argmax(axis=1)).max()
    one_answer = bool(same >= _ALL_BUT * len(output))
    return one_answer and bool(baseline_words(case.snapshot, case.validation))


def _finding(found: Confidence) -> Finding:
    said = float(found.said @ found.counts / found.counts.sum())
    return Finding(
        "overconfidence",
        f"The model is overconfident: on average it is {_share(said)} sure of its answers, and "
        f"right on {_share(said - found.gap)} of them.",
        "alarm",
        "Do not take its probabilities at their word. Stop earlier, or hold it back with dropout, "
        "weight decay or more data.",
        (
            Bars(
                "Share that is right, by how sure it is",
                tuple(
                    Bar(
                        f"{_share(bin_ / BINS)} – {_share((bin_ + 1) / BINS)} ({count:,})",
                        float(right),
                        _share(float(right)),
                        mark=float(claimed),
                        warning=bool(claimed > right),
                    )
                    for bin_, count, claimed, right in zip(
                        found.bins.tolist(),
                        found.counts.tolist(),
                        found.said,
                        found.right,
                        strict=True,
                    )
                ),
                limit_title="how sure it is",
            ),
            Table(
                "in all",
                (
                    Figure("more sure than right by", _points(found.gap)),
                    Figure("99 % interval", f"{_points(found.low)} to {_points(found.high)}"),
                    Figure("expected calibration error", _points(found.ece)),
                ),
            ),
        ),
        view="calibration",
    )


def _share(share: float) -> str:
    return f"{100 * share:.0f}{NO_BREAK}%"


def _points(share: float) -> str:
    return f"{100 * share:.1f}{NO_BREAK}points".replace("-", "−")


CHECK = Check(
    "overconfidence",
    "overconfidence",
    _find,
    explained_by=frozenset({"leaked_column", "shortcut", "learning_rate_high"}),
)
