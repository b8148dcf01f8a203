"""Which lines a run has, and their points, thinned out for drawing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.tasks.spec import Figures
from visualiser.core.training.history import HistoryView
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.decimate import Decimator

Values = NDArray[np.float64]
Scale = Literal["linear", "log"]
Stroke = Literal["solid", "dashed", "dotted"]
Quantity = Literal["loss", "metric"]

POINTS = 400
"""Of a curve, at most: about two for three pixels of a chart; with more, long runs cost more."""
SMALLEST_LOSS = 1e-9
"""What a loss of zero is drawn as on a logarithmic axis."""


@dataclass(frozen=True)
class Look:
    """How a line is drawn: a palette colour by its name or a hex colour."""

    colour: str
    bold: bool = False
    stroke: Stroke = "solid"
    opacity: float = 1.0


@dataclass(frozen=True)
class Line:
    """A line of a chart.

    Attributes:
        name: the figure it shows, as in the history without “_loss” or “_metric”.
        label: what stands at its end; empty for none.
        x, y: (P,) points in the units of the axes; NaN breaks the line.
    """

    name: str
    label: str
    look: Look
    x: Values
    y: Values

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The smallest and the largest finite y; NaN where there is none."""
        y = self.y
        if not len(y):
            return math.nan, math.nan
        low, high = float(np.minimum.reduce(y)), float(np.maximum.reduce(y))
        if not math.isfinite(high - low):
            finite = y[np.isfinite(y)]
            return (finite.min(), finite.max()) if len(finite) else (math.nan, math.nan)
        return low, high


class RunSeries:
    """Points of the figures of one run. Remembers what it has thinned out; grows with the run."""

    def __init__(self) -> None:
        self._decimators: dict[str, Decimator] = {}
        self._batch = Decimator(POINTS)

    def points(
        self,
        history: HistoryView,
        name: str,
        quantity: Quantity,
        visible: tuple[int, int] | None = None,
    ) -> NDArray[np.int64]:
        """Rows of the history to draw for a figure; `visible` are the first and past-last row."""
        column = f"{name}_{quantity}"
        decimator = self._decimators.get(column)
        if decimator is None:
            decimator = self._decimators[column] = Decimator(POINTS)
        first, last = visible or (0, None)
        return decimator.rows(history[column], first, last)

    def batch_rows(
        self, history: HistoryView, visible: tuple[int, int] | None = None
    ) -> NDArray[np.int64]:
        """Positions in `history.batch_loss` to draw; position i is step i + 1."""
        first, last = visible or (0, None)
        return self._batch.rows(history.batch_loss, first, last)


def figures_now(snapshot: Snapshot, name: str) -> Figures | None:
    """What was measured last of “train”, “validation”, “twin_train” … at `measured_at`."""
    found: Figures | None = getattr(snapshot, name)
    return found


def value_of(figures: Figures, quantity: Quantity, metric: str) -> float:
    """Loss or metric of a measurement, as the history has it."""
    return figures.loss if quantity == "loss" else figures.values.get(metric, float("nan"))


def measured_epoch(snapshot: Snapshot) -> float:
    """The epoch that goes with `measured_at`."""
    if not snapshot.step:
        return snapshot.epoch
    return snapshot.epoch * snapshot.measured_at / snapshot.step


def was_spoiled(snapshot: Snapshot) -> bool:
    """Whether the training data is spoiled now or has been before in this run."""
    if snapshot.twin_differs or snapshot.spoiling.corruptions:
        return True
    experiment = snapshot.experiment
    return bool(experiment.spoiling.corruptions) or any(
        edit.came_before(snapshot.step) and edit.spoiling is not None and edit.spoiling.corruptions
        for edit in experiment.edits
    )


def visible_rows(x: Values, low: float, high: float) -> tuple[int, int]:
    """Rows of the ascending column `x` between two values, and one more on either side."""
    first, last = np.searchsorted(x, low), np.searchsorted(x, high, side="right")
    return max(int(first) - 1, 0), min(int(last) + 1, len(x))


def cuts(x: Values, markers: Sequence[float]) -> NDArray[np.int64]:
    """The first row of the ascending column `x` that comes after each marker.

    A row at the marker itself was measured before what happened there; where there are two, the
    second one was measured after it.
    """
    where = np.asarray(markers, dtype=np.float64)
    first = np.searchsorted(x, where)
    at_marker = np.append(x, np.nan)[first] == where
    after: NDArray[np.int64] = first + at_marker
    return after


def scaled(y: Values, quantity: Quantity, percent: bool, scale: Scale) -> Values:
    """Values in the units of the axis: per cent, or exponents of ten on a logarithmic one."""
    if quantity == "metric":
        return 100 * y if percent else y
    if scale == "log":
        with np.errstate(invalid="ignore"):
            exponents: Values = np.log10(np.maximum(y, SMALLEST_LOSS))
        return exponents
    return y


def smoothed(line: Line, markers: Sequence[float] = ()) -> Line:
    """The same line as a centred moving average over a twentieth of its points.

    Each stretch between two of the `markers` (ascending x) is averaged by itself: what happened
    there must not show before it.
    """
    y = line.y
    width = max(len(y) // 20, 2)
    finite = np.isfinite(y)
    total = np.concatenate([[0.0], np.cumsum(np.where(finite, y, 0.0))])
    count = np.concatenate([[0], np.cumsum(finite)])
    rows = np.arange(len(y))
    ends = np.unique(np.concatenate([[0], cuts(line.x, markers), [len(y)]]))
    stretch = np.searchsorted(ends, rows, side="right")
    aside = np.minimum(rows - ends[stretch - 1], ends[stretch] - 1 - rows)
    half = np.minimum(aside, width)  # symmetric, so that ends do not lag
    low, high = rows - half, rows + half + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (total[high] - total[low]) / (count[high] - count[low])
    return replace(line, y=np.where(finite, mean, np.nan))


def broke_off(history: HistoryView, quantity: Quantity) -> int | None:
    """The first row whose training or validation figure is not a finite number, or None."""
    if not len(history):
        return None
    for name in ("train", "validation"):
        column = history[f"{name}_{quantity}"]
        if not np.isfinite(column[-1]):
            return int(np.flatnonzero(~np.isfinite(column))[0])
    return None
