"""What several ways of spoiling came to together: a later one may undo or remove earlier work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from visualiser.core.corruption.spec import Change
from visualiser.core.data.split import Part

_OF_FEATURES = frozenset({"feature_noise", "word_noise", "background_noise", "typos"})


@dataclass(frozen=True)
class Extent:
    """How a spoiled training part differs from the clean one it was made from.

    Attributes:
        rows: rows that are left.
        wrong_labels: how many of those have another label or target than the clean one.
        noisy_rows: how many of those have other features.
        removed_rows: rows of the clean part that are gone.
    """

    rows: int
    wrong_labels: int
    noisy_rows: int
    removed_rows: int

    def sentence(self) -> str:
        """“In all, 316 of 864 training labels are wrong and 2,636 rows are gone”."""
        parts = []
        if self.wrong_labels or not (self.noisy_rows or self.removed_rows):
            parts.append(
                f"{self.wrong_labels:,} of {self.rows:,} training labels "
                f"{'is' if self.wrong_labels == 1 else 'are'} wrong"
            )
        if self.noisy_rows:
            parts.append(
                f"{self.noisy_rows:,} of {self.rows:,} training rows "
                f"{'is' if self.noisy_rows == 1 else 'are'} noisy"
            )
        if self.removed_rows:
            parts.append(
                "1 row is gone"
                if self.removed_rows == 1
                else f"{self.removed_rows:,} rows are gone"
            )
        *others, last = parts
        return f"In all, {', '.join(others)} and {last}" if others else f"In all, {last}"


def tells_more(changes: Sequence[Change]) -> bool:
    """Whether the extent is more than its changes told one by one.

    It is where rows were removed besides, or where two ways touched the same labels or features.
    """
    removing = [change.verb.startswith("removed") for change in changes]
    kinds = [change.name in _OF_FEATURES for change in changes]
    return len(changes) > 1 and (any(removing) or len(set(kinds)) < len(kinds))


def extent(clean: Part, spoiled: Part, changes: Iterable[Change]) -> Extent:
    """Compare a spoiled part with the clean one; `changes` tell whose features were touched."""
    left, noisy = (np.zeros(len(clean), dtype=np.bool_) for _ in range(2))
    left[spoiled.origin] = True
    for change in changes:
        if change.name in _OF_FEATURES:
            noisy[change.rows] = True
    return Extent(
        rows=len(spoiled),
        wrong_labels=int(np.count_nonzero(spoiled.labels != clean.labels[spoiled.origin])),
        noisy_rows=int(np.count_nonzero(noisy[spoiled.origin])),
        removed_rows=int(np.count_nonzero(~left)),
    )
