"""The clean data that all models of a run come from, and what they are measured on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.registry import spoil
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.experiment import Spoiling
from visualiser.core.training.measurement import EvaluationRows, Meter
from visualiser.core.training.preparation import Preparation


class CleanGround:
    """A prepared data set before anything is spoiled in it.

    Attributes:
        part: the training part, and `encoded` as a model sees it.
        watched: the validation rows that evaluations look at.
        validation: the same, to be measured on.
        train: the sample of `part` that evaluations look at.
    """

    def __init__(self, preparation: Preparation) -> None:
        self.preparation = preparation
        self.meter = Meter(preparation)
        self.part = preparation.split.train
        self.encoded = preparation.encode_train(self.part)
        self.watched = _part_in_its_own_right(
            preparation.split.validation.take(preparation.watched)
        )
        self.validation = self.rows_of(self.watched)
        self.train = self.meter.train_sample(self.encoded, self.part)

    def rows_of(self, part: Part) -> EvaluationRows:
        """All rows of a part, to be measured on."""
        return self.meter.rows(self.preparation.encode(part), part)

    def spoil_train(self, spoiling: Spoiling, seed: int) -> tuple[Part, tuple[Change, ...]]:
        """The training part spoiled, and what was really done to it.

        Raises:
            UserError: the spoiling does not fit the data.
        """
        dataset, test = self.preparation.dataset, self.preparation.split.test
        return spoil(self.part, spoiling.on("train"), seed, dataset, test=test)

    def answers(self, outputs: FloatArray, rows: Part) -> NDArray[Any]:
        """What outputs on those rows say: probabilities, or amounts in the target's unit."""
        return self.preparation.judge.answers(outputs, rows.features)


def _part_in_its_own_right(part: Part) -> Part:
    """The same rows, with positions of its own, so that it can be spoiled as a whole."""
    origin = np.arange(len(part), dtype=np.int64)
    return Part(part.features, part.labels, part.groups, part.rows, origin)
