"""Rows that are in training and in validation."""

import numpy as np

from visualiser.core.data.nouns import noun_of
from visualiser.core.findings.neighbours import keys_of
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, only_labels
from visualiser.core.numerals import share_text

_NAME = "contamination"
_MUCH = 0.02
_LEAST_COARSE, _COARSE = 0.1, 0.5
"""Where a tenth of the training rows repeats others, and half as large a share as of the
validation rows, it is the way of the data."""


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """How many validation rows are equal to a training row in every value."""
    train = keys_of(evidence.part.features)
    known = set(train)
    repeated = np.array([key in known for key in keys_of(evidence.validation.features)])
    count, noun = int(repeated.sum()), noun_of(evidence.dataset)
    if not count:
        return (
            Finding(
                _NAME, "Nothing is in training and in validation",
                f"No validation {noun.one} is also in training.", "", "fine", {"rows": 0},
            ),
        )  # fmt: skip
    share = count / len(repeated)
    if 1 - len(known) / len(train) > max(_LEAST_COARSE, _COARSE * share):
        return (_coarse(evidence, count, share),)
    return (
        Finding(
            _NAME,
            "The same in training and in validation",
            f"{noun.counted(count, 'validation')} ({share_text(share)}) are also in training, "
            "equal in every value.",
            "Figures of validation look better than they are: what was learnt by heart is asked "
            "again. Leave repeated ones out before the data is split.",
            "serious" if share >= _MUCH else "look",
            {"rows": count, "share": share},
        ),
    )


def _coarse(evidence: Evidence, count: int, share: float) -> Finding:
    """Rows are equal to each other all over: of few columns that need not mean copies."""
    noun = noun_of(evidence.dataset)
    return Finding(
        _NAME,
        f"Different {noun.many} look the same",
        f"{noun.counted(count, 'validation')} ({share_text(share)}) are equal to a training one in "
        "every value, and so are many training ones to each other.",
        "With few columns that need not mean that they are the same: what a model can learn is "
        "bounded by what the columns tell apart.",
        "look",
        {"rows": count, "share": share},
    )


FINDER = DataFinder(
    name=_NAME,
    title="In training and in validation",
    story="Examples that a model is trained on and then tested on.",
    refuses=only_labels,
    find=find,
)
