"""Since when a run overfits, and the sentence for it."""

import numpy as np

from visualiser.core.corruption.registry import corruption_named, touched_by
from visualiser.core.corruption.spec import Change
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.paired import CLEARLY
from visualiser.core.training.history import HistoryView
from visualiser.core.training.snapshot import Snapshot

_ELSEWHERE = frozenset({"Coverage", "Freshness"})
"""Sides of data quality that make what is learnt hold somewhere else, or some time else."""

_SETTLING = 2
"""Intervals between evaluations that a run is given after an edit."""


def overfitting_words(snapshot: Snapshot) -> str:
    """Told where the validation loss rises and the training loss falls."""
    start = 0
    if snapshot.markers:
        # Both losses jump with an edit and take a while to settle.
        start = snapshot.markers[-1].step + _SETTLING * snapshot.info.evaluate_every
    since = overfitting_since(snapshot.history, start)
    if since is None:
        return ""
    rises = f"Since about step {since:,} the validation loss rises while the training loss falls"
    many = noun_of(snapshot.info.dataset).many
    if any(_teaches_otherwise(change) for change in snapshot.changes):
        return f"{rises}: what the model learns of spoiled {many} does not hold for clean ones."
    return f"{rises}: the model is overfitting."


def _teaches_otherwise(change: Change) -> bool:
    """Whether rows that are left are spoiled, and not only fewer."""
    touched = touched_by(change)
    elsewhere = corruption_named(change.name).dimension in _ELSEWHERE
    return touched == "features" or (touched == "labels" and elsewhere)


def overfitting_since(history: HistoryView, from_step: int = 0) -> int | None:
    """The step from which the validation loss rises while the training loss falls, or None.

    Only rows from `from_step` on count, since an edit of the run moves both losses. A rise
    counts where it is more than 2 % and more than the jitter of the curve makes by chance.
    """
    rows = history["step"] >= from_step
    steps, train, validation = (
        history[name][rows] for name in ("step", "train_loss", "validation_loss")
    )
    window = max(3, len(steps) // 10)
    if len(steps) < 3 * window or not (np.isfinite(train) & np.isfinite(validation)).all():
        return None
    total = np.concatenate([[0.0], np.cumsum(validation)])
    smooth = (total[window:] - total[:-window]) / window
    best = int(np.argmin(smooth))
    if len(smooth) - best <= window:
        return None
    rise = smooth[-1] - smooth[best]
    # Successive differences of white jitter have √2 of its deviation, a mean of w has 1 / √w. The
    # best mean is the lowest of many, and is about two deviations too low by that alone.
    jitter = float(np.std(np.diff(validation))) / np.sqrt(2 * window)
    falls = train[-window:].mean() < 0.98 * train[best : best + window].mean()
    if rise > max(0.02 * smooth[best], (2 + 2 * CLEARLY) * jitter) and falls:
        return int(steps[best + window // 2])
    return None
