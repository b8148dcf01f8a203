"""When to evaluate: a function of the step alone, so that pausing or watching changes nothing."""

from math import ceil

WATCHED_ROWS = 1000
"""Validation rows that evaluations during a run look at, at most: a fixed seeded sample."""

TRAIN_SAMPLE_ROWS = 500
"""Training rows that evaluations during a run look at, at most: a fixed seeded sample."""

_SHARE_OF_WORK = 0.1
_SHORTEST = 10


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
