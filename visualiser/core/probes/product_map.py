"""The vectors of products in the plane, and which of them are alike."""

import numpy as np
import torch
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray
from visualiser.core.network.purchase_modules import ProductScores, TowerScores
from visualiser.core.questions.product_map import Neighbours, Places, ProductMap
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

NEIGHBOURS = 8
_SETTLES = 0.08
"""Share of its angle to the components that a map loses with each answer."""


def product_map_probe(preparation: Preparation) -> "ProductMapProbe | None":
    """For purchases."""
    return None if preparation.dataset.catalogue is None else ProductMapProbe()


class ProductMapProbe:
    """Principal components (Pearson 1901), turned and mirrored to lie as they did before.

    Components by themselves change sign and place from one step to the next, so that a map of
    them would jump. So each map is turned to fit the one before, and then a little towards the
    components, until the direction of most variance lies across.
    """

    def __init__(self) -> None:
        self._before: FloatArray | None = None

    def answer(
        self, question: ProductMap, student: Learner, twin: Learner | None, step: int
    ) -> Places | None:
        """Places of both models; None where vectors are no numbers any more."""
        vectors = _vectors(student)
        others = None if twin is None else _vectors(twin)
        if not np.isfinite(vectors).all():
            return None
        places, shown = principal_plane(vectors)
        if self._before is not None:
            places = places @ nearer_the_axes(best_turn(places, self._before))
        self._before = places
        twin_places = None
        if others is not None and np.isfinite(others).all():
            twin_places = principal_plane(others)[0]
            twin_places = twin_places @ best_turn(twin_places, places)
        return Places(
            places,
            twin_places,
            shown,
            _neighbours(vectors, question.product),
            None if twin_places is None else _neighbours(others, question.product),
        )


def principal_plane(vectors: FloatArray) -> tuple[FloatArray, float]:
    """(N, 2) of (N, D) vectors along the two directions of most variance, and its share there."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    variance, directions = np.linalg.eigh(centred.T @ centred)
    plane = np.zeros((len(vectors), 2))
    most = directions[:, ::-1][:, :2]
    plane[:, : most.shape[1]] = centred @ most
    total = float(variance.sum())
    return plane.astype(np.float32), float(variance[-2:].sum() / total) if total > 0 else 0.0


def best_turn(places: FloatArray, model: FloatArray) -> FloatArray:
    """(2, 2) turn and mirroring after which (N, 2) places lie nearest to `model`, (N, 2).

    The solution of Procrustes' problem (Schönemann 1966).
    """
    left, _, right = np.linalg.svd(places.T.astype(np.float64) @ model)
    return np.asarray(left @ right, dtype=np.float32)


def nearer_the_axes(turn: FloatArray) -> FloatArray:
    """The same turn, a little less of it; mirroring stays."""
    side = 1.0 if turn[0, 0] >= 0 else -1.0
    mirrored = np.diag([side, side * np.sign(np.linalg.det(turn))])
    rest = mirrored @ turn
    angle = (1 - _SETTLES) * np.arctan2(rest[0, 1], rest[0, 0])
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.asarray(mirrored @ [[cosine, sine], [-sine, cosine]], dtype=np.float32)


def _vectors(learner: Learner) -> FloatArray:
    scores = learner.model[-1]
    assert isinstance(scores, ProductScores | TowerScores)
    with torch.inference_mode():
        vectors: FloatArray = scores.vectors().float().cpu().numpy().copy()
    return vectors


def _neighbours(vectors: NDArray[np.float32] | None, product: int | None) -> Neighbours | None:
    if vectors is None or product is None or not 0 <= product < len(vectors):
        return None
    lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-12)
    likeness = vectors @ vectors[product] / (lengths * lengths[product])
    likeness[product] = -np.inf
    nearest = np.argsort(-likeness, kind="stable")[: min(NEIGHBOURS, len(vectors) - 1)]
    return Neighbours(nearest.astype(np.int64), likeness[nearest].astype(np.float32))
