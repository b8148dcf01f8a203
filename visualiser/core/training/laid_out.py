"""The examples of an epoch in its order, laid out on the device some batches at a time."""

import torch
from torch import Tensor

from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.encoded_part import EncodedPart

_BYTES = 32 * 2**20
"""Inputs of an epoch laid out at once; of a long table all of them would take hundreds of MB."""


class LaidOut:
    """One gather for many batches makes each of them a slice, which costs next to nothing.

    What lies ready is of one epoch, of one part and on one device: where any of them changes, it
    has to be forgotten.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing lies ready any more."""
        self._rows = range(0)
        self._inputs = self._targets = torch.empty(0)

    def batch(
        self, start: int, stop: int, part: EncodedPart, order: EpochOrder, device: torch.device
    ) -> tuple[Tensor, Tensor]:
        """Inputs and targets of the rows from `start` to `stop` in the order of this epoch."""
        if start not in self._rows or stop > self._rows.stop:
            self._gather(start, stop, part, order, device)
        rows = slice(start - self._rows.start, stop - self._rows.start)
        return self._inputs[rows], self._targets[rows]

    def _gather(
        self, start: int, stop: int, part: EncodedPart, order: EpochOrder, device: torch.device
    ) -> None:
        """Lay out the batch and as many after it as are worth it."""
        self.forget()  # before, so that there are never two
        inputs, batch = part.inputs, stop - start
        batches = max(1, _BYTES // max(1, batch * inputs[:1].nbytes))
        positions = order.positions[start : start + batches * batch]
        self._inputs = torch.from_numpy(inputs[positions]).to(device)
        self._targets = torch.from_numpy(part.targets[positions]).to(device)
        self._rows = range(start, start + len(positions))
