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


def product_map_probe(preparation: Preparation) -> "ProductMapProbe | None":
    """For purchases."""
    return None if preparation.dataset.catalogue is None else ProductMapProbe()


class ProductMapProbe:
    """Principal components (Pearson 1901), turned and mirrored to lie as they did before.

    Components by themselves change sign and place from one step to the next, so that a map of
    them would jump; the turn that fits best is Schönemann's (1966), of Procrustes' problem.
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
        places = places if self._before is None else turned(places, self._before)
        self._before = places
        twin_places = None
        if others is not None and np.isfinite(others).all():
            twin_places = turned(principal_plane(others)[0], places)
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


def turned(places: FloatArray, model: FloatArray) -> FloatArray:
    """(N, 2) places, turned and mirrored about the origin until they lie nearest to `model`."""
    left, _, right = np.linalg.svd(places.T.astype(np.float64) @ model)
    return np.asarray(places @ (left @ right), dtype=np.float32)


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
