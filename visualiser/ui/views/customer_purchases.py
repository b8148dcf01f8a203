"""One customer of a run: what was bought, what is held out, and how a model ranks the rest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.split import Part
from visualiser.core.metrics.ranking import TOP
from visualiser.core.training.snapshot import RunInfo


@dataclass(frozen=True, eq=False)
class Bought:
    """Purchases of one customer that are learnt from, most orders first.

    Attributes:
        products: (B,) what was truly bought.
        given: (B,) what the model is told instead where that was spoiled; −1 where the purchase is
            kept from it.
        times: (B,) in how many orders.
    """

    products: IntArray
    given: IntArray
    times: IntArray

    @classmethod
    def of(cls, info: RunInfo, seen: Part, customer: int) -> "Bought":
        """Of a customer, as the training part `seen` tells it to the model."""
        clean, book = info.split.train, info.dataset.catalogue
        assert book is not None
        rows = np.flatnonzero(np.asarray(clean.features)[:, 0] == customer)
        rows = rows[np.argsort(-book.times[clean.rows[rows]], kind="stable")]
        given = np.full(len(rows), -1, dtype=np.int64)
        place = {int(row): position for position, row in enumerate(rows)}
        own = np.isin(seen.origin, rows) & ~seen.foreign_to(clean)
        for at in np.flatnonzero(own).tolist():
            given[place[int(seen.origin[at])]] = seen.labels[at]
        return cls(clean.labels[rows], given, book.times[clean.rows[rows]])


@dataclass(frozen=True, eq=False)
class Ranking:
    """All products that a customer has not bought in training, the best score first.

    Attributes:
        products: (C,) codes.
        scores: (C,).
        place: (products,) from 1 on; 0 of what was bought.
    """

    products: IntArray
    scores: NDArray[np.float32]
    place: IntArray

    @classmethod
    def of(cls, scores: FloatArray, bought: IntArray) -> "Ranking | None":
        """None where scores are no numbers."""
        if not np.isfinite(scores).all():
            return None
        order = np.argsort(-scores, kind="stable")
        order = order[~np.isin(order, bought)]
        place = np.zeros(len(scores), dtype=np.int64)
        place[order] = 1 + np.arange(len(order))
        return cls(order, scores[order], place)

    def found(self, held_out: IntArray) -> int:
        """How many of those are among the first ten."""
        return int(np.count_nonzero(self.place[held_out] <= TOP))


def held_out(info: RunInfo, customer: int) -> IntArray:
    """(H,) what the customer bought of the validation part, most bought by all first."""
    part = info.split.validation
    products: IntArray = part.labels[np.asarray(part.features)[:, 0] == customer]
    return np.sort(products)


def best_sellers(info: RunInfo) -> FloatArray:
    """(products,) how many customers bought each in training, as a score."""
    book = info.dataset.catalogue
    assert book is not None
    counts = np.bincount(info.split.train.labels, minlength=len(book.products))
    return counts.astype(np.float32)
