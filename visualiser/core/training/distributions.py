"""Histograms of weights and gradients over time, in bounded memory."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.training.snapshot import DistributionView

BINS = 64
COLUMNS = 256
_SAMPLE = 4096
_REACH = 4.0
_GRADIENT_RANGE = (-9.0, 3.0)


class Distribution:
    """One layer's histograms; when full, every other column is dropped and the pace halved.

    Weights are binned by asinh(w / scale), which is linear near zero and logarithmic far out, so
    that one fixed set of edges serves small starting weights and exploded ones. Gradients are
    binned by log10 of their size.
    """

    def __init__(self, weight: Tensor) -> None:
        self._scale = max(float(weight.detach().std(unbiased=False)), 1e-6)
        stride = max(1, weight.numel() // _SAMPLE)
        self._stride = stride
        self.weight_edges = self._scale * np.sinh(np.linspace(-_REACH, _REACH, BINS + 1))
        self.gradient_edges = np.linspace(*_GRADIENT_RANGE, BINS + 1)
        self._steps = np.zeros(COLUMNS, dtype=np.int64)
        self._weights = np.zeros((COLUMNS, BINS), dtype=np.float32)
        self._gradients = np.zeros((COLUMNS, BINS), dtype=np.float32)
        self._ratios = np.full(COLUMNS, np.nan)
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
        self._weights[column] = self._histogram(weight.detach(), gradient=False)
        if gradient is not None:
            self._gradients[column] = self._histogram(gradient, gradient=True)
        self._ratios[column] = ratio
        self._count += 1

    def _halve(self) -> None:
        kept = self._count // 2
        for array in (self._steps, self._weights, self._gradients, self._ratios):
            array[:kept] = array[: 2 * kept : 2]
            array[kept:] = 0
        self._count = kept
        self._every *= 2

    def _histogram(self, values: Tensor, gradient: bool) -> NDArray[np.float32]:
        sample = values.flatten()[:: self._stride]
        if gradient:
            low, high = _GRADIENT_RANGE
            placed = sample.abs().clamp_min(10**low).log10()
        else:
            low, high = -_REACH, _REACH
            placed = (sample / self._scale).asinh()
        placed = placed.nan_to_num(nan=high).clamp(low, high)
        counts: NDArray[np.float32] = (
            torch.histc(placed, bins=BINS, min=low, max=high).cpu().numpy()
        )
        return counts

    def view(self) -> DistributionView:
        """A copy of the columns so far."""
        n = self._count
        return DistributionView(
            steps=self._steps[:n].copy(),
            weights=self._weights[:n].copy(),
            weight_edges=self.weight_edges,
            gradients=self._gradients[:n].copy(),
            gradient_edges=self.gradient_edges,
            update_ratios=self._ratios[:n].copy(),
        )
