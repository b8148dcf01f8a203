"""What the filters of a convolutional network find in one example."""

import numpy as np
import torch
from torch import Tensor

from visualiser.core.data.dataset import FloatArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.models.layers import Activation, Convolution, Layers, MaxPool
from visualiser.core.probes.spec import Probe
from visualiser.core.questions.feature_maps import FeatureMaps, Stage, Way, Ways
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation


def feature_maps_probe(preparation: Preparation) -> "Probe[FeatureMaps] | None":
    """For networks with convolutions."""
    convolves = any(isinstance(layer, Convolution) for layer in preparation.layers)
    return FeatureMapsProbe(preparation) if convolves else None


class FeatureMapsProbe:
    """Follows one example from layer to layer."""

    def __init__(self, preparation: Preparation) -> None:
        self._encoder, self._judge = preparation.encoder, preparation.judge
        self._validation = preparation.split.validation
        self._layers = preparation.layers
        self._row = -1
        self._part: Part = self._validation
        self._inputs = torch.empty(0)

    def answer(
        self, question: FeatureMaps, student: Learner, twin: Learner | None, step: int
    ) -> Ways:
        """Of both models."""
        if question.row != self._row:
            self._row = question.row
            self._part = self._validation.take(np.array([question.row]))
            self._inputs = torch.tensor(self._encoder.transform(self._part.features))
        return Ways(self._way(student), None if twin is None else self._way(twin))

    def _way(self, learner: Learner) -> Way:
        learner.model.eval()
        with torch.inference_mode():
            values, after = self._inputs.to(learner.device), []
            for module in learner.model:
                values = module(values)
                after.append(values)
            stages = _stages(self._layers, learner, after)
        learner.model.train()
        outputs = self._judge.answers(values.float().cpu().numpy(), self._part.features)
        return Way(stages, read_only(np.asarray(outputs[0])))


def _stages(layers: Layers, learner: Learner, after: list[Tensor]) -> tuple[Stage, ...]:
    stages = []
    for place, layer in enumerate(layers):
        if not isinstance(layer, Convolution):
            continue
        seen = place
        if seen + 1 < len(layers) and isinstance(layers[seen + 1], Activation):
            seen += 1
        is_pooled = seen + 1 < len(layers) and isinstance(layers[seen + 1], MaxPool)
        weight = learner.model[place].get_parameter("weight")
        stages.append(
            Stage(
                filters=_numbers(weight.mean(dim=1)),
                channels=layer.input_shape[0],
                maps=_numbers(after[seen][0]),
                pooled=_numbers(after[seen + 1][0]) if is_pooled else None,
            )
        )
    return tuple(stages)


def _numbers(values: Tensor) -> FloatArray:
    """A copy on its own: weights change with the next step."""
    return read_only(np.array(values.detach().float().cpu().numpy(), order="C", copy=True))
