"""The curves of a run as columns that grow: which rows to draw, and where they stand along x."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from visualiser.core.training.history import HistoryView
from visualiser.ui.views.axes import Doubles
from visualiser.ui.views.decimate import Decimator, Rows, Values

Quantity = Literal["loss", "metric"]
XUnit = Literal["step", "epoch"]
Pattern = Literal["solid", "dashed", "dotted"]
Points = tuple[Doubles, Doubles]

QUANTITIES: tuple[Quantity, Quantity] = ("loss", "metric")

_DECAY = 0.9
_CHUNK = 64


@dataclass(frozen=True)
class Look:
    """How a curve is drawn; width in pixels."""

    colour: str
    width: float
    pattern: Pattern = "solid"
    opacity: float = 1.0


class Curve(Protocol):
    """What a chart needs to know of a curve."""

    title: str
    look: Look
    labelled: bool

    def length(self) -> int:
        """Rows so far."""

    def values(self, quantity: Quantity) -> Values:
        """The figures of all rows; empty where the curve has none of that quantity."""

    def extent(self, quantity: Quantity) -> tuple[float, float]:
        """The lowest and highest figure of all rows, or NaN."""

    def rows(self, quantity: Quantity, first: int, last: int, points: int | None = None) -> Rows:
        """Which of these rows to draw."""

    def between(self, low: float, high: float, unit: XUnit) -> tuple[int, int]:
        """The rows from `low` to `high` along x, with one more at either end."""

    def places(self, rows: Rows, unit: XUnit) -> Doubles:
        """Where rows stand along x."""


class HistoryCurve:
    """One pair of columns of a history, such as the loss and the metric on validation rows."""

    def __init__(self, name: str, title: str, look: Look, smooth: bool = False) -> None:
        self.name = name
        self.title = title
        self.look = look
        self.labelled = True
        self._history: HistoryView | None = None
        self._decimators: dict[Quantity, Decimator] = {q: Decimator() for q in QUANTITIES}
        self._smoothers = {q: Smoother() for q in QUANTITIES} if smooth else None

    def follow(self, history: HistoryView) -> None:
        """Take the history as it is now: that of before, and perhaps more rows."""
        self._history = history

    def length(self) -> int:
        return 0 if self._history is None else len(self._history)

    def values(self, quantity: Quantity) -> Values:
        if self._history is None:
            return np.empty(0)
        column = self._history[f"{self.name}_{quantity}"]
        return column if self._smoothers is None else self._smoothers[quantity].smooth(column)

    def extent(self, quantity: Quantity) -> tuple[float, float]:
        return self._decimators[quantity].extent(self.values(quantity))

    def rows(self, quantity: Quantity, first: int, last: int, points: int | None = None) -> Rows:
        return self._decimators[quantity].rows(self.values(quantity), first, last, points)

    def between(self, low: float, high: float, unit: XUnit) -> tuple[int, int]:
        if self._history is None:
            return 0, 0
        places = self._history[unit]
        first = int(np.searchsorted(places, low)) - 1
        return max(first, 0), min(int(np.searchsorted(places, high, "right")) + 1, len(places))

    def places(self, rows: Rows, unit: XUnit) -> Doubles:
        return np.empty(0) if self._history is None else self._history[unit][rows]


class BatchCurve:
    """The loss of each training batch, one row a step, step 1 first."""

    def __init__(self, title: str, look: Look) -> None:
        self.title = title
        self.look = look
        self.labelled = False
        self._history: HistoryView | None = None
        self._decimator = Decimator()

    def follow(self, history: HistoryView) -> None:
        """Take the history as it is now: that of before, and perhaps more rows."""
        self._history = history

    def length(self) -> int:
        return 0 if self._history is None else len(self._history.batch_loss)

    def values(self, quantity: Quantity) -> Values:
        if self._history is None or quantity == "metric":
            return np.empty(0)
        return self._history.batch_loss

    def extent(self, quantity: Quantity) -> tuple[float, float]:
        if quantity == "metric":
            return np.nan, np.nan
        return self._decimator.extent(self.values(quantity))

    def rows(self, quantity: Quantity, first: int, last: int, points: int | None = None) -> Rows:
        if quantity == "metric":
            return np.empty(0, dtype=np.int64)
        return self._decimator.rows(self.values(quantity), first, last, points)

    def between(self, low: float, high: float, unit: XUnit) -> tuple[int, int]:
        if self._history is None:
            return 0, 0
        if unit == "epoch":
            epochs, steps = self._history["epoch"], self._history["step"]
            low, high = (float(np.interp(x, epochs, steps, right=np.inf)) for x in (low, high))
        rows = self.length()
        return int(max(min(low, rows) - 2, 0)), int(min(high + 1, rows))

    def places(self, rows: Rows, unit: XUnit) -> Doubles:
        steps = (rows + 1).astype(np.float64)
        if unit == "step" or self._history is None:
            return steps
        return np.interp(steps, self._history["step"], self._history["epoch"])


class Smoother:
    """An exponential mean of a growing column, without the pull of its start towards zero.

    Rows without a finite figure count for nothing and stay as they are.
    """

    def __init__(self) -> None:
        self._means = np.empty(256)
        self._seen = 0
        self._sums = np.zeros(2)  # weighted figures, and weights, up to the last row

    def smooth(self, values: Values) -> Doubles:
        """(R,) means of `values` (R,), which is that of the last time and perhaps longer."""
        if len(values) > self._seen:
            if len(values) > len(self._means):
                larger = np.empty(2 * len(values))
                larger[: self._seen] = self._means[: self._seen]
                self._means = larger
            self._means[self._seen : len(values)] = self._next(values[self._seen :])
            self._seen = len(values)
        return self._means[: len(values)]

    def _next(self, values: Values) -> Doubles:
        finite = np.isfinite(values)
        parts = np.stack([np.where(finite, values, 0.0), finite.astype(np.float64)])
        sums = np.empty_like(parts)
        for start in range(0, len(values), _CHUNK):
            part = parts[:, start : start + _CHUNK]
            size = part.shape[1]
            sums[:, start : start + size] = (
                part @ _WEIGHTS[:size, :size] + self._sums[:, None] * _FADING[:size]
            )
            self._sums = sums[:, start + size - 1]
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(finite, sums[0] / sums[1], values)


def _mean_weights() -> NDArray[np.float64]:
    """[from row][to row]: how much a row still counts some rows later."""
    age = np.arange(_CHUNK)[None, :] - np.arange(_CHUNK)[:, None]
    return np.where(age >= 0, _DECAY ** np.maximum(age, 0), 0.0)


_WEIGHTS = _mean_weights()
_FADING = _DECAY ** np.arange(1, _CHUNK + 1)
