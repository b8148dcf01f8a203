"""The next character from the three before it, smoothed (Witten & Bell 1991)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.bench.quality.references.spec import Answer, Reference
from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.split import Part
from visualiser.core.training.preparation import Preparation

ORDER = 4


@dataclass(frozen=True, eq=False)
class Counts:
    """How often n characters follow each other, and their first n − 1.

    Attributes:
        grams: (G,) sorted keys of the n characters; `times` how often each was seen.
        contexts: (C,) sorted keys of the first n − 1; `total` times in all, with `kinds` of
            characters after them.
    """

    grams: IntArray
    times: IntArray
    contexts: IntArray
    total: IntArray
    kinds: IntArray

    @classmethod
    def of(cls, keys: IntArray, codes: int) -> "Counts":
        """Counted from (M,) keys of all places where n characters stand."""
        grams, times = np.unique(keys, return_counts=True)
        contexts, place, kinds = np.unique(grams // codes, return_inverse=True, return_counts=True)
        return cls(grams, times, contexts, np.bincount(place, times).astype(np.int64), kinds)

    def interpolated(
        self, keys: IntArray, codes: int, shorter: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """(M,) probabilities of the last of n characters, mixed with those of shorter contexts.

        As much belongs to the shorter context as there are kinds of characters after this one.
        """
        gram, gram_known = _find(self.grams, keys)
        context, context_known = _find(self.contexts, keys // codes)
        seen = np.where(gram_known, self.times[gram], 0)
        total = np.where(context_known, self.total[context], 0)
        kinds = np.where(context_known, self.kinds[context], 1)
        mixed: NDArray[np.float64] = (seen + kinds * shorter) / (total + kinds)
        return mixed


@dataclass(frozen=True, eq=False)
class CharacterModel:
    """Counts of 1 … ORDER characters in a row, with an alphabet of `codes`."""

    codes: int
    counts: tuple[Counts, ...]

    @classmethod
    def of(cls, part: Part, codes: int) -> "CharacterModel":
        """Counted from the windows of `part`; where windows overlap, each place once.

        The labels of a part say where in the text its windows begin.
        """
        windows = np.asarray(part.features, dtype=np.int64)
        ends = part.labels.astype(np.int64)[:, None] + np.arange(windows.shape[1])
        counts = []
        for order in range(1, ORDER + 1):
            keys = _keys(windows, order, codes)
            _, first = np.unique(ends[:, order - 1 :], return_index=True)
            counts.append(Counts.of(keys.ravel()[first], codes))
        return cls(codes, tuple(counts))

    def probabilities(self, windows: IntArray) -> NDArray[np.float64]:
        """(N, L + 1) windows → (N, L) of each character but the first, from those before it."""
        found = np.full(windows.shape, 1 / self.codes)
        for order, counts in enumerate(self.counts, start=1):
            later = found[:, order - 1 :]
            keys = _keys(windows, order, self.codes)
            mixed = counts.interpolated(keys.ravel(), self.codes, later.ravel())
            found[:, order - 1 :] = mixed.reshape(later.shape)
        return found[:, 1:]


def _keys(windows: IntArray, order: int, codes: int) -> IntArray:
    """(N, L) windows → (N, L − order + 1), one number for each `order` characters in a row."""
    width = windows.shape[1] - order + 1
    keys = np.zeros((len(windows), width), dtype=np.int64)
    for place in range(order):
        keys = keys * codes + windows[:, place : place + width]
    return keys


def _find(known: IntArray, keys: IntArray) -> tuple[IntArray, NDArray[np.bool_]]:
    """Where each key stands among the sorted known ones, and whether it does."""
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return places, known[places] == keys


def _fit(preparation: Preparation, seed: int) -> Answer:
    model = CharacterModel.of(preparation.split.train, len(preparation.dataset.alphabet))

    def answer(part: Part) -> FloatArray:
        # As the judge of language reads them: nats of the characters that came.
        return -np.log(model.probabilities(np.asarray(part.features))).astype(np.float32)

    return answer


REFERENCE = Reference(
    "4-gram, Witten–Bell", frozenset({"language"}), frozenset({"characters"}), _fit
)
