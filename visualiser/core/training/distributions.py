"""How weights and gradients of a layer spread over time, in bounded memory."""

from math import gcd, prod
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.training.snapshot import DistributionView
from visualiser.core.training.spread import KEPT, Spread, ranks

COLUMNS = 256
_SAMPLE = 4096

_Scalar = TypeVar("_Scalar", bound=np.generic)


class Distribution:
    """One layer's columns; when full, every other one is dropped and the pace halved.

    Of a large layer a column has a sample, the same weights each time.
    """

    def __init__(self, weight: Tensor) -> None:
        self._stride = _stride(tuple(weight.shape))
        self._steps = np.zeros(COLUMNS, dtype=np.int64)
        self._ratios = np.full(COLUMNS, np.nan)
        self._weights, self._gradients = _Columns(), _Columns()
        self._count = 0
        self._every = 1
        self._calls = 0

    def record(self, step: int, weight: Tensor, gradient: Tensor | None, ratio: float) -> None:
        """Add a column, unless the pace skips it."""
        self._calls += 1
        if (self._calls - 1) % self._every:
            return
        if self._count == COLUMNS:
            self._halve()
        column = self._count
        self._steps[column] = step
        self._ratios[column] = ratio
        self._weights.write(column, self._sample(weight), -np.inf)
        if gradient is not None:
            self._gradients.write(column, np.abs(self._sample(gradient)), 0.0)
        self._count += 1

    def _sample(self, values: Tensor) -> NDArray[np.float32]:
        sample: NDArray[np.float32] = values.detach().flatten()[:: self._stride].cpu().numpy()
        return sample

    def _halve(self) -> None:
        self._steps, self._ratios = _every_other(self._steps), _every_other(self._ratios)
        self._weights.halve()
        self._gradients.halve()
        self._count //= 2
        self._every *= 2

    def view(self) -> DistributionView:
        """The columns so far. Nothing is copied: what a view has is never written again."""
        n = self._count
        return DistributionView(
            steps=_read_only(self._steps, n),
            weights=self._weights.spread(n),
            gradients=self._gradients.spread(n),
            update_ratios=_read_only(self._ratios, n),
        )


class _Columns:
    """The arrays behind a Spread, with room for more moments."""

    def __init__(self) -> None:
        # Before the first step there are no gradients: that moment stays as it is here.
        self._values = np.full((COLUMNS, KEPT), np.nan, dtype=np.float32)
        self._numbers = np.zeros(COLUMNS, dtype=np.int64)
        self._zeros, self._lost = np.zeros(COLUMNS), np.zeros(COLUMNS)

    def write(self, column: int, sample: NDArray[np.float32], least: float) -> None:
        """Keep what of a sample is finite and above `least`, which is 0 or −∞."""
        ordered = np.sort(sample)  # NaN comes last
        first = int(ordered.searchsorted(np.float32(least), "right"))
        numbers = ordered[first : int(ordered.searchsorted(np.float32(np.inf)))]
        kept = numbers[ranks(len(numbers))]
        zeros = first if least == 0 else 0
        self._values[column, : len(kept)] = kept
        self._values[column, len(kept) :] = np.nan
        self._numbers[column] = len(numbers)
        self._zeros[column] = zeros / len(ordered)
        self._lost[column] = (len(ordered) - zeros - len(numbers)) / len(ordered)

    def halve(self) -> None:
        """Drop every other moment. The arrays are new ones: views go on to have the old."""
        self._values, self._numbers = _every_other(self._values), _every_other(self._numbers)
        self._zeros, self._lost = _every_other(self._zeros), _every_other(self._lost)

    def spread(self, count: int) -> Spread:
        """The first moments."""
        return Spread(
            values=_read_only(self._values, count),
            numbers=_read_only(self._numbers, count),
            zeros=_read_only(self._zeros, count),
            lost=_read_only(self._lost, count),
        )


def _stride(shape: tuple[int, ...]) -> int:
    """How far apart the sampled weights are; with a part of a row they would miss whole inputs."""
    stride = max(1, prod(shape) // _SAMPLE)
    while gcd(stride, prod(shape[1:])) > 1:
        stride += 1
    return stride


def _every_other(array: NDArray[_Scalar]) -> NDArray[_Scalar]:
    """A copy with room for as many rows again."""
    halved = np.zeros_like(array)
    halved[: len(array) // 2] = array[::2]
    return halved


def _read_only(array: NDArray[_Scalar], count: int) -> NDArray[_Scalar]:
    first = array[:count]
    first.flags.writeable = False
    return first
