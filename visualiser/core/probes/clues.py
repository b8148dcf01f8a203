"""Things in encoded examples that can be dealt out anew: columns, borders, hums and words."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.encoding_tokens import UNKNOWN

BORDER = 1 / 7
"""Width of the border as a share of the side of a picture: the outer third to half of its pixels,
where the thing that a picture is about seldom reaches."""
NEAR = 0.2
"""Of a ground are pixels whose channels are all so near its colour, as a share of the range."""
QUIET = 0.1
"""Share of the moments of a clip that are quieter: what is heard then is there all along."""


class Taking(Protocol):
    """A way of taking one thing away from encoded examples, (n, *shape) each."""

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """Copies in which each row has the thing as the row at `order` has it."""

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray | None:
        """Copies in which each row has all but the thing as that row; None if it makes no sense."""


class Shown(Taking, Protocol):
    """A thing that can be described by some numbers."""

    def shown(self, inputs: FloatArray) -> FloatArray:
        """(n, d) what each row shows of the thing and of nothing else."""


@dataclass(frozen=True)
class Places:
    """Some of the numbers of an example, as those of a column or of a border.

    Attributes:
        mask: (*shape) of one example, True at the thing.
    """

    mask: NDArray[np.bool_]

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """The numbers of another row there."""
        return np.where(self.mask, inputs[order], inputs)

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """The numbers of another row everywhere else."""
        return np.where(self.mask, inputs, inputs[order])

    def shown(self, inputs: FloatArray) -> FloatArray:
        """These numbers."""
        return inputs[:, self.mask]


class Ground:
    """The colour behind the thing in pictures (n, C, H, W): that of the border, wherever it is.

    It is the median of the border pixels; all pixels near it change with it, texture and all.
    """

    def __init__(self, border: Places) -> None:
        self._pixels = border.mask[0]

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """On the ground of another picture."""
        ground, near = self._ground(inputs)
        return np.where(near, inputs - ground + ground[order], inputs)

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """The thing of another picture on the own ground."""
        ground, near = self._ground(inputs)
        return np.where(near[order], inputs[order] - ground[order] + ground, inputs[order])

    def shown(self, inputs: FloatArray) -> FloatArray:
        """Its colour."""
        return self._colour(inputs).astype(np.float32)

    def _colour(self, inputs: FloatArray) -> FloatArray:
        """(n, C)."""
        return np.asarray(np.median(inputs[:, :, self._pixels], axis=2))

    def _ground(self, inputs: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """(n, C, 1, 1) its colour, and (n, 1, H, W) where it is."""
        colour = self._colour(inputs)[:, :, None, None]
        scale = max(float(inputs.max() - inputs.min()), 1e-6)
        near = np.abs(inputs - colour).max(axis=1, keepdims=True) < NEAR * scale
        return colour.astype(np.float32), near


class Hum:
    """What sounds even in the quietest moments: (n, 1, bands, moments), in the unit of loudness."""

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """With the hum of another clip."""
        hum = _hum(inputs)
        return inputs - hum + hum[order]

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """What is heard above the hum of another clip, on the own hum."""
        hum = _hum(inputs)
        return inputs[order] - hum[order] + hum

    def shown(self, inputs: FloatArray) -> FloatArray:
        """How loud it is in each band."""
        return _hum(inputs).reshape(len(inputs), -1)


def _hum(inputs: FloatArray) -> FloatArray:
    return np.quantile(inputs, QUIET, axis=-1, keepdims=True).astype(np.float32)


@dataclass(frozen=True)
class CountedWord:
    """A word of a bag of words; it is left out, not given to others.

    Attributes:
        place: its number in the bag.
    """

    place: int

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """Messages that do not have it."""
        copies = inputs.copy()
        copies[:, self.place] = 0
        return copies

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """All other words as another message has them."""
        copies = inputs[order]
        copies[:, self.place] = inputs[:, self.place]
        return copies


@dataclass(frozen=True)
class CountedWords:
    """Several words of a bag of words, dealt out together.

    Attributes:
        places: their numbers in the bag.
    """

    places: tuple[int, ...]

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """These words as another message has them."""
        copies, places = inputs.copy(), list(self.places)
        copies[:, places] = inputs[order][:, places]
        return copies

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """All other words as another message has them."""
        copies, places = inputs[order], list(self.places)
        copies[:, places] = inputs[:, places]
        return copies


@dataclass(frozen=True)
class ReadWords:
    """Several words of messages that are read in their order, dealt out together.

    Attributes:
        codes: their numbers.
    """

    codes: tuple[int, ...]

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """In place of these words the first of them that another message has, or an unknown one.

        A message that has none of them begins with that of the other.
        """
        own = np.isin(inputs, self.codes)
        first = inputs[np.arange(len(inputs)), own.argmax(axis=1)]
        has: NDArray[np.bool_] = np.asarray(own.any(axis=1))
        dealt = np.where(has, first, np.float32(UNKNOWN))[order]
        copies = np.where(own, dealt[:, None], inputs)
        gains = np.asarray(~has & has[order])
        copies[gains, 0] = dealt[gains]
        return copies.astype(inputs.dtype)

    def alone(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """All but these words as another message has them."""
        back = np.argsort(order)
        return self.without(inputs, back)[order]


@dataclass(frozen=True)
class ReadWord:
    """A word of messages that are read in their order: it becomes one that is not known.

    Attributes:
        code: its number.
    """

    code: int

    def without(self, inputs: FloatArray, order: IntArray) -> FloatArray:
        """Messages that have an unknown word in its stead."""
        return np.where(inputs == self.code, np.float32(UNKNOWN), inputs)

    def alone(self, inputs: FloatArray, order: IntArray) -> None:
        """Words have no place of their own: it cannot stand in another message."""


def border_of(shape: tuple[int, ...]) -> Places | None:
    """The border of pictures (C, H, W); None of those too small to have one."""
    _, height, width = shape
    thick = max(1, round(BORDER * min(height, width)))
    if min(height, width) < 6 * thick:
        return None
    mask = np.ones(shape, dtype=np.bool_)
    mask[:, thick : height - thick, thick : width - thick] = False
    return Places(mask)


def column_at(shape: tuple[int, ...], span: tuple[int, int]) -> Places:
    """A column of a table, whose numbers stand at `span` of an encoded row (D,)."""
    mask = np.zeros(shape, dtype=np.bool_)
    mask[slice(*span)] = True
    return Places(mask)
