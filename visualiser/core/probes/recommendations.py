"""How a model scores all products for one customer."""

import numpy as np
import torch

from visualiser.core.questions.recommendations import Recommendations, Scores
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_NO_PRODUCT = -1


def recommendations_probe(preparation: Preparation) -> "RecommendationsProbe | None":
    """For purchases."""
    purchases = preparation.dataset.catalogue is not None
    return RecommendationsProbe(preparation) if purchases else None


class RecommendationsProbe:
    """The customer as the encoder sees one who is asked about no product in particular."""

    def __init__(self, preparation: Preparation) -> None:
        assert preparation.dataset.catalogue is not None
        self._customers = len(preparation.dataset.catalogue.customers)
        self._encoder = preparation.encoder

    def answer(
        self, question: Recommendations, student: Learner, twin: Learner | None, step: int
    ) -> Scores | None:
        """Scores of both models; None of a customer whom this run does not know."""
        if not 0 <= question.customer < self._customers:
            return None
        pair = np.array([[question.customer, _NO_PRODUCT]], dtype=np.int64)
        inputs = torch.from_numpy(self._encoder.transform(pair))
        return Scores(student.outputs(inputs)[0], None if twin is None else twin.outputs(inputs)[0])
