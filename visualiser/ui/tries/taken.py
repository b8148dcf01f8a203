"""Examples of the validation part to begin with: models have not learnt from them."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from visualiser.core.data.dataset import Features, take
from visualiser.core.data.nouns import noun_of
from visualiser.core.training.snapshot import RunInfo


class TakeAnother(QPushButton):
    """Takes one validation example after the other, in an order of chance.

    Signals:
        taken: another one is to be used.
    """

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Another example"), parent)
        self._info: RunInfo | None = None
        self._order = np.zeros(0, dtype=np.int64)
        self._place = 0
        self.clicked.connect(self._next)

    def start_run(self, info: RunInfo) -> None:
        """Begin with an example; the same ones in the same order for the same data."""
        tip = self.tr(
            "A validation {example}, which no model has learnt from; change it as you like."
        )
        self.setToolTip(tip.format(example=noun_of(info.dataset).one))
        rows = len(info.split.validation)
        self._info, self._place = info, 0
        self._order = np.random.default_rng(0).permutation(rows)

    def features(self) -> Features:
        """The one example that is taken."""
        assert self._info is not None
        position = self._order[self._place : self._place + 1]
        return take(self._info.split.validation.features, position)

    def label_text(self) -> str:
        """Its label as the user reads it."""
        assert self._info is not None
        label = self._info.split.validation.labels[self._order[self._place]]
        return self._info.dataset.label_text(float(label))

    def _next(self) -> None:
        self._place = (self._place + 1) % max(len(self._order), 1)
        self.taken.emit()
