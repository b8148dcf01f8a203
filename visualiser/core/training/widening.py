"""A run that goes on with columns that the data does not have: room for what spoiling fills."""

import zlib
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.spare_columns import split_with_columns, with_columns
from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.errors import UserError
from visualiser.core.models.layers import Dense
from visualiser.core.training.preparation import Preparation

Names = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Widening:
    """How the inputs of a first layer follow from those that it has.

    Attributes:
        sources: (inputs,) for each input the place that it had, −1 for a new one.
        fresh: (outputs, new inputs) their starting weights.
    """

    sources: NDArray[np.int64]
    fresh: FloatArray


def widened(base: Preparation, names: Names) -> Preparation:
    """`base`, which has no spare columns, with these.

    Raises:
        UserError: the model does not look at columns one by one.
    """
    if not names:
        return base
    first, encoder = base.layers[0], base.encoder
    if not isinstance(first, Dense) or not isinstance(encoder, TableEncoder):
        raise UserError(
            "This model has no room for further columns: its first layer is not fully connected.",
            "Choose a linear model or a neural network (MLP).",
        )
    wider = encoder.with_spare(names)
    split = split_with_columns(base.split, names)
    return replace(
        base,
        dataset=with_columns(base.dataset, names),
        split=split,
        encoder=wider,
        layers=(replace(first, inputs=first.inputs + len(names)), *base.layers[1:]),
        train_inputs=wider.transform(split.train.features),
    )


def widening(base: Preparation, old: Names, new: Names, kept: Names, seed: int) -> Widening:
    """From spare columns `old` to `new`; those in `kept` have learnt, the others start anew.

    Starting weights are drawn as torch draws those of a fully connected layer, evenly within one
    part in the root of its inputs, by the seed and the name of the column: the same ones wherever
    it stands, and whatever was tried out before.
    """
    first, encoder = base.layers[0], base.encoder
    assert isinstance(first, Dense) and isinstance(encoder, TableEncoder)
    numbers, inputs = encoder.numeric_width, first.inputs
    spare = [numbers + old.index(name) if name in kept else -1 for name in new]
    categories = np.arange(numbers, inputs) + len(old)
    sources = np.concatenate((np.arange(numbers), np.array(spare, dtype=np.int64), categories))
    bound = 1 / np.sqrt(inputs + len(new))
    drawn = [
        np.random.default_rng([seed, zlib.crc32(name.encode())]).uniform(-1, 1, first.outputs)
        for name in new
        if name not in kept
    ]
    fresh = np.array(drawn, dtype=np.float64).reshape(len(drawn), first.outputs).T * bound
    return Widening(sources.astype(np.int64), fresh.astype(np.float32))


class SpareColumns:
    """Which spare columns a run has: the most that any spoiling asked for, in their order.

    They stay for as long as the run, since taking one away would change what was learnt. But what
    was tried out since the last step leaves no trace: an experiment keeps only what was in force at
    a step, and has to be replayed from that.
    """

    def __init__(self) -> None:
        self.names: Names = ()
        self._learnt: Names = ()
        self._step = 0

    def kept(self, step: int) -> Names:
        """Those that a step was made with; at `step` the others may go."""
        return self._learnt if step == self._step else self.names

    def wanted(self, needed: Names, step: int) -> Names:
        """Those that the run is to have from `step` on, where `needed` are filled."""
        kept = self.kept(step)
        return (*kept, *(name for name in needed if name not in kept))

    def take(self, names: Names, step: int) -> None:
        """The run has these from `step` on."""
        self._learnt, self._step, self.names = self.kept(step), step, names
