"""What a module that brings a strong reference has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from visualiser.core.data.dataset import Dataset, FloatArray, Modality, TaskName
from visualiser.core.data.split import Part
from visualiser.core.training.preparation import Preparation

Answer = Callable[[Part], FloatArray]
"""Rows of a part → outputs as the judge of the run reads those of a model, (N, …)."""


@dataclass(frozen=True)
class Reference:
    """A good model of another kind, to measure the default model against.

    Attributes:
        name: as the field calls it; printed in the table.
        tasks, modalities: of the data sets that it suits.
        fit: (what the run prepared: split, encoder and judge, a seed) → Answer. It learns from
            the clean training part alone.
    """

    name: str
    tasks: frozenset[TaskName]
    modalities: frozenset[Modality]
    fit: Callable[[Preparation, int], Answer]

    def suits(self, dataset: Dataset) -> bool:
        """Whether it can be measured on that data set."""
        return dataset.task in self.tasks and dataset.modality in self.modalities


def flat_inputs(preparation: Preparation, part: Part) -> FloatArray:
    """(N, D) the rows as the default model sees them, all numbers of an example in a row."""
    clean = preparation.split.train
    inputs = preparation.train_inputs if part is clean else preparation.encode(part).inputs
    return inputs.reshape(len(inputs), -1)


def answers_of_classes(preparation: Preparation, model: Any) -> Answer:
    """A classifier of scikit-learn, fitted on the clean training part."""
    train = preparation.split.train
    model.fit(flat_inputs(preparation, train), train.labels)
    classes = preparation.dataset.class_count
    return lambda part: log_probabilities(
        model.predict_proba(flat_inputs(preparation, part)), model.classes_, classes
    )


def answers_of_amounts(preparation: Preparation, model: Any) -> Answer:
    """A regressor of scikit-learn, fitted on what a model learns of the clean training part."""
    train = preparation.split.train
    model.fit(flat_inputs(preparation, train), preparation.judge.targets(train))

    def answers(part: Part) -> FloatArray:
        amounts: FloatArray = model.predict(flat_inputs(preparation, part))[:, None]
        return amounts.astype("float32")

    return answers


def log_probabilities(probabilities: FloatArray, codes: FloatArray, classes: int) -> FloatArray:
    """(N, classes) logits for the judge of classes, from probabilities of the classes learnt.

    Args:
        probabilities: (N, k) of the classes that the training part has.
        codes: (k,) codes of those.
        classes: how many there are in the data set.
    """
    import numpy as np

    spread = np.full((len(probabilities), classes), np.finfo(np.float32).tiny, dtype=np.float32)
    spread[:, codes.astype(np.int64)] = np.maximum(probabilities, np.finfo(np.float32).tiny)
    return np.log(spread)
