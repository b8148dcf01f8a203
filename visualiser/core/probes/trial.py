"""What the models answer to examples that the user made. Nothing is learnt from them."""

from typing import Any

import torch
from numpy.typing import NDArray

from visualiser.core.data.dataset import read_only
from visualiser.core.probes.spec import Probe
from visualiser.core.questions.trial import Trial, TrialAnswer
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation


def trial_probe(preparation: Preparation) -> Probe[Trial]:
    """For every run."""
    return TrialProbe(preparation)


class TrialProbe:
    """Encodes as the training rows were encoded, and answers as in Predictions."""

    def __init__(self, preparation: Preparation) -> None:
        self._encoder, self._judge = preparation.encoder, preparation.judge

    def answer(
        self, question: Trial, student: Learner, twin: Learner | None, step: int
    ) -> TrialAnswer:
        """Of both models."""
        inputs = torch.tensor(self._encoder.transform(question.features))

        def answers(model: Learner) -> NDArray[Any]:
            return read_only(self._judge.answers(model.outputs(inputs), question.features))

        return TrialAnswer(answers(student), None if twin is None else answers(twin))
