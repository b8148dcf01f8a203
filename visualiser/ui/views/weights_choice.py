"""Which matrices of a model stand side by side, where all of them would be too small."""

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtWidgets import QWidget

from visualiser.core.models.layers import Layers
from visualiser.ui.views.weights_layers import LayerNames
from visualiser.ui.widgets.controls import Choice

MOST_MAPS = 8
"""Side by side, whatever room there is."""


class WeightsChoice(Choice):
    """Some layers at a time; hidden where there is nothing to choose."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__((), parent)
        self._layers: Layers = ()
        self._names: Sequence[LayerNames] = ()
        self._parts: list[range] = []
        self.setAccessibleName(self.tr("Which layers"))
        self.setToolTip(self.tr("Which layers are shown; all of them would be too small."))

    def start_run(self, layers: Layers, names: Sequence[LayerNames], most: int) -> None:
        """Offer the layers of another model, `most` of its matrices at a time, from the first."""
        self._layers, self._names, self._parts = layers, names, []
        self.clear()
        self.fit(most)

    @property
    def shown(self) -> range:
        """Places of the matrices to be shown."""
        part: int = self.get()
        return self._parts[part]

    def fit(self, most: int) -> bool:
        """Offer so many matrices at a time; whether others are to be shown because of that.

        The first of those that were shown stays in sight.
        """
        parts = parts_of(self._layers, min(most, MOST_MAPS))
        if parts == self._parts:
            return False
        first = self.shown.start if self._parts else 0
        self._parts = parts
        self.offer([*enumerate(map(self._text_of, parts))])
        self.put(next((n for n, part in enumerate(parts) if first in part), 0))
        self.setVisible(len(parts) > 1)
        return True

    def _text_of(self, part: range) -> str:
        """“Embedding 1 … Attention 1 output”."""
        return from_to(*(self._names[place].word for place in (part[0], part[-1])))


def parts_of(layers: Layers, most: int = MOST_MAPS) -> list[range]:
    """Which matrices are shown together: all, or of many those of a few layers, none torn apart."""
    counts = [len(layer.matrices) for layer in layers if layer.matrices]
    parts: list[range] = []
    for end, count in zip(accumulate(counts), counts, strict=True):
        if parts and end - parts[-1].start <= most:
            parts[-1] = range(parts[-1].start, end)
        else:
            parts.append(range(end - count, end))
    return parts


def from_to(first: str, last: str) -> str:
    """“neuron 1 … neuron 4”, or a single name."""
    return first if first == last else f"{first} … {last}"
