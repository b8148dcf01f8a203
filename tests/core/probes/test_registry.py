import logging

import numpy as np
import pytest

from tests.core.probes.test_trial import trainer_of
from visualiser.core.probes.registry import Probes
from visualiser.core.questions.trial import Trial
from visualiser.core.training.preparation import prepare


def test_questions_that_fail_are_remembered_in_a_bounded_number_and_reported_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    trainer = trainer_of("shapes")
    probes = Probes(prepare(trainer.info.experiment, trainer.info.dataset))
    student = trainer._pair.student
    dragged = [Trial(np.full((1, 3), x, dtype=np.float32)) for x in range(250)]
    good = Trial(np.zeros((1, 2), dtype=np.float32))
    with caplog.at_level(logging.ERROR):
        for question in dragged:
            assert not probes.answers([question], student, None, 0)
    assert len(caplog.records) == 1
    assert len(probes._unanswerable) <= 100
    assert dragged[-1] in probes._unanswerable
    assert good in probes.answers([dragged[-1], good], student, None, 0)
