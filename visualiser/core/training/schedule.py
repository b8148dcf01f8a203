"""When to evaluate: a function of the step alone, so that pausing or watching changes nothing."""

from math import ceil

WATCHED_ROWS = 1000
"""Validation rows that evaluations during a run look at, at most: a fixed seeded sample."""

TRAIN_SAMPLE_ROWS = 500
"""Training rows that evaluations during a run look at, at most: a fixed seeded sample."""

MOST_WATCHED_TARGETS = 8000
"""Of rows with many targets each, such as the characters of a window, so many are looked at."""

_SHARE_OF_WORK = 0.1
_SHORTEST = 10


def watched_rows(most: int, targets: int) -> int:
    """Of `most` rows, how many to look at where each has so many targets; one at least."""
    share = most / WATCHED_ROWS
    return max(1, min(most, int(share * MOST_WATCHED_TARGETS / max(targets, 1))))


def evaluation_interval(rows: int, batch_size: int) -> int:
    """Steps between evaluations of `rows` rows, so that they take about a tenth of the work.

    A step costs about three forward passes of its batch (one forward, two backward).
    """
    return max(_SHORTEST, ceil(rows / (3 * _SHARE_OF_WORK * batch_size)))


def next_evaluation(step: int, interval: int) -> int:
    """The first evaluation after `step`: dense at the start, then every `interval` steps.

    At the start each is about √2 times the one before, so that a first curve is seen at once.
    """
    early = step + max(1, step * 2 // 5)
    if early < interval:
        return early
    return (step // interval + 1) * interval
