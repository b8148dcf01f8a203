"""Rows that are in training and in validation."""

import numpy as np

from visualiser.core.data.nouns import noun_of
from visualiser.core.findings.neighbours import keys_of
from visualiser.core.findings.spec import DataFinder, Evidence, Finding, only_labels
from visualiser.core.numerals import share_text

_NAME = "contamination"
_MUCH = 0.02


def find(evidence: Evidence) -> tuple[Finding, ...]:
    """How many validation rows are equal to a training row in every value."""
    known = set(keys_of(evidence.part.features))
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
    return (
        Finding(
            _NAME,
            "The same in training and in validation",
            f"{noun.counted(count, 'validation')} ({share_text(share)}) are also in training, equal "
            "in every value.",
            "Figures of validation look better than they are: what was learnt by heart is asked "
            "again. Leave repeated ones out before the data is split.",
            "serious" if share >= _MUCH else "look",
            {"rows": count, "share": share},
        ),
    )


FINDER = DataFinder(
    name=_NAME,
    title="In training and in validation",
    story="Examples that a model is trained on and then tested on.",
    refuses=only_labels,
    find=find,
)
