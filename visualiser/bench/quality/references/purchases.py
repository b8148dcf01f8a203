"""Recommendations from the table of who bought what: its main directions, or like products."""

import numpy as np
from numpy.typing import NDArray

from visualiser.bench.quality.references.spec import Answer, Reference
from visualiser.core.data.dataset import FloatArray
from visualiser.core.training.preparation import Preparation

_DIRECTIONS = 32


def bought(preparation: Preparation) -> NDArray[np.float32]:
    """(customers, products) 1 where the training part has the pair, 0 elsewhere."""
    catalogue = preparation.dataset.catalogue
    assert catalogue is not None
    table = np.zeros((len(catalogue.customers), len(catalogue.products)), dtype=np.float32)
    table[tuple(np.asarray(preparation.split.train.features).T)] = 1
    return table


def _answer(scores: FloatArray) -> Answer:
    """From (customers, products): the scores of all products for the customer of each row."""
    return lambda part: scores[np.asarray(part.features)[:, 0]]


def _fit_directions(preparation: Preparation, seed: int) -> Answer:
    from sklearn.decomposition import TruncatedSVD

    table = bought(preparation)
    directions = min(_DIRECTIONS, min(table.shape) - 1)
    svd = TruncatedSVD(directions, algorithm="arpack", random_state=seed)
    return _answer(svd.inverse_transform(svd.fit_transform(table)).astype(np.float32))


def _fit_neighbours(preparation: Preparation, seed: int) -> Answer:
    from sklearn.metrics.pairwise import cosine_similarity

    table = bought(preparation)
    likeness = cosine_similarity(table.T)
    np.fill_diagonal(likeness, 0)
    return _answer((table @ likeness).astype(np.float32))


DIRECTIONS = Reference(
    "TruncatedSVD", frozenset({"ranking"}), frozenset({"purchases"}), _fit_directions
)
NEIGHBOURS = Reference(
    "nearest products by cosine", frozenset({"ranking"}), frozenset({"purchases"}), _fit_neighbours
)
