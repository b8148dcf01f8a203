"""What a model of 2-D points answers all over the plane, for the boundary and the neurons."""

import numpy as np
import torch

from visualiser.core.data.dataset import FloatArray
from visualiser.core.models.layers import Activation
from visualiser.core.questions.plane import Plane, Responses
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

OUTPUT_GRID = 64
NEURON_GRID = 24
_MARGIN = 0.08


def plane_probe(preparation: Preparation) -> "PlaneProbe | None":
    """For points that the model sees as they are, with classes."""
    dataset = preparation.dataset
    planar = dataset.modality == "points" and preparation.encoder.shape == (2,)
    return PlaneProbe(preparation) if planar and dataset.predicts_classes else None


class PlaneProbe:
    """Two grids over the data: a fine one for answers, a coarse one for neurons."""

    def __init__(self, preparation: Preparation) -> None:
        points = np.asarray(preparation.dataset.features)
        low, high = points.min(axis=0), points.max(axis=0)
        margin = _MARGIN * np.maximum(high - low, 1e-6)
        low, high = low - margin, high + margin
        self.extent = (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
        self._judge = preparation.judge
        self._points = self._grid(OUTPUT_GRID)
        encoder = preparation.encoder
        self._fine = torch.tensor(encoder.transform(self._points))
        self._coarse = torch.tensor(encoder.transform(self._grid(NEURON_GRID)))
        self._activations = [
            i for i, layer in enumerate(preparation.layers) if isinstance(layer, Activation)
        ]

    def _grid(self, size: int) -> FloatArray:
        """(size², 2) points all over the plane, row by row."""
        x_min, x_max, y_min, y_max = self.extent
        x, y = np.meshgrid(np.linspace(x_min, x_max, size), np.linspace(y_min, y_max, size))
        return np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)

    def answer(
        self, question: Plane, student: Learner, twin: Learner | None, step: int
    ) -> Responses:
        """Answers of both models; those of the student's neurons."""
        return Responses(
            extent=self.extent,
            output=self._answers(student),
            twin_output=None if twin is None else self._answers(twin),
            neurons=self._neurons(student),
        )

    def _answers(self, learner: Learner) -> FloatArray:
        answers = self._judge.answers(learner.outputs(self._fine), self._points)
        return answers.reshape(OUTPUT_GRID, OUTPUT_GRID, -1)

    def _neurons(self, learner: Learner) -> tuple[FloatArray, ...]:
        pictures = []
        learner.model.eval()
        with torch.inference_mode():
            values = self._coarse.to(learner.device)
            for i, module in enumerate(learner.model):
                values = module(values)
                if i in self._activations:
                    grid = values.T.reshape(-1, NEURON_GRID, NEURON_GRID)
                    pictures.append(grid.float().cpu().numpy())
        learner.model.train()
        return tuple(pictures)
