import numpy as np
import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.questions.trial import Trial
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def trainer_of(name: str, **changes: object) -> Trainer:
    experiment: Experiment = starting_point(DatasetConfig(name=name)).replace(**changes)
    return Trainer(experiment, load_dataset(experiment.dataset, experiment.seed))


@pytest.mark.parametrize("name", ["shapes", "sms_spam", "sacramento", "bike_daily"])
def test_examples_of_the_data_are_answered_as_in_the_predictions(name: str) -> None:
    trainer = trainer_of(name)
    for _ in range(5):
        trainer.step()
    info = trainer.info
    trial = Trial(info.split.validation.take(info.watched).features)
    snapshot = trainer.snapshot(Want.PREDICTIONS | Want.answers_to(trial), "paused", fresh=True)
    answer = snapshot.answer(trial)
    assert answer is not None and snapshot.predictions is not None
    assert np.allclose(answer.output, snapshot.predictions.output, atol=1e-5, rtol=1e-5)
    assert answer.twin_output is None


def test_the_clean_twin_answers_beside_a_model_of_spoiled_data() -> None:
    noise = CorruptionConfig(name="symmetric_label_noise", amount=0.4)
    trainer = trainer_of("shapes", spoiling=Spoiling(corruptions=(noise,)))
    for _ in range(50):
        trainer.step()
    trial = Trial(trainer.info.split.validation.features)
    answer = trainer.snapshot(Want.answers_to(trial), "paused").answer(trial)
    assert answer is not None and answer.twin_output is not None
    assert answer.output.shape == answer.twin_output.shape
    assert not np.allclose(answer.output, answer.twin_output)


def test_using_a_model_teaches_it_nothing() -> None:
    tried, untried = trainer_of("sacramento"), trainer_of("sacramento")
    trial = Trial(tried.info.split.test.features)
    for _ in range(20):
        tried.step()
        untried.step()
        tried.snapshot(Want.answers_to(trial), "running")
    first, second = (run.snapshot(Want.WEIGHTS, "paused").layers for run in (tried, untried))
    for mine, other in zip(first, second, strict=True):
        assert np.array_equal(mine.weight, other.weight)


def test_a_question_that_does_not_fit_the_run_gets_no_answer_and_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    trainer, other = trainer_of("sacramento"), trainer_of("shapes")
    foreign, own = (Trial(run.info.split.validation.features) for run in (other, trainer))
    for _ in range(3):
        trainer.step()
        snapshot = trainer.snapshot(Want.answers_to(foreign, own), "running")
        assert snapshot.answer(foreign) is None and snapshot.answer(own) is not None
    assert len(caplog.records) == 1
