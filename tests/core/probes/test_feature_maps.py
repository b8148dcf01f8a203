"""Feature maps: against torch's own operations, for both models, without a trace."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from tests.core.probes.test_trial import trainer_of
from visualiser.core.experiment import CorruptionConfig, ModelConfig, Spoiling
from visualiser.core.questions.feature_maps import FeatureMaps, Ways
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))


def trained(steps: int = 5, spoiling: Spoiling | None = None, **options: object) -> Trainer:
    model = ModelConfig(name="cnn", options={"filters": [3, 4], "hidden": 8, **options})
    trainer = trainer_of("mnist_5k", model=model, spoiling=spoiling or Spoiling())
    for _ in range(steps):
        trainer.step()
    return trainer


def ask(trainer: Trainer, row: int) -> Ways | None:
    return trainer.snapshot(Want.answers_to(FeatureMaps(row)), "paused").answer(FeatureMaps(row))


@pytest.mark.parametrize("row", [0, 17])
def test_maps_are_what_torch_makes_of_the_picture(row: int) -> None:
    trainer = trained()
    ways = ask(trainer, row)
    assert ways is not None and ways.twin is None
    weights = trainer.snapshot(Want.WEIGHTS, "paused").layers
    picture = trainer.info.split.validation.features[row : row + 1]
    values = torch.tensor(trainer.info.encoder.transform(picture))
    for stage, layer in zip(ways.student.stages, weights[:2], strict=True):
        values = functional.conv2d(
            values, torch.tensor(layer.weight), torch.tensor(layer.bias), padding="same"
        ).relu()
        np.testing.assert_allclose(stage.maps, values[0].numpy(), atol=1e-4)
        values = functional.max_pool2d(values, 2)
        assert stage.pooled is not None
        np.testing.assert_allclose(stage.pooled, values[0].numpy(), atol=1e-4)
        np.testing.assert_allclose(stage.filters, layer.weight.mean(axis=1), atol=1e-6)
        assert stage.channels == layer.weight.shape[1]
    assert ways.student.output.sum() == pytest.approx(1, abs=1e-5)


def test_the_answer_is_that_of_the_predictions() -> None:
    trainer = trained()
    row = int(trainer.info.watched[3])
    want = Want.PREDICTIONS | Want.answers_to(FeatureMaps(row))
    snapshot = trainer.snapshot(want, "paused", fresh=True)
    ways = snapshot.answer(FeatureMaps(row))
    assert ways is not None and snapshot.predictions is not None
    np.testing.assert_allclose(ways.student.output, snapshot.predictions.output[3], atol=1e-5)


def test_the_twin_has_maps_of_its_own() -> None:
    ways = ask(trained(spoiling=NOISE), 1)
    assert ways is not None and ways.twin is not None
    assert not np.allclose(ways.student.stages[1].maps, ways.twin.stages[1].maps)


def test_asking_leaves_the_training_as_it_was_dropout_too() -> None:
    asked, left = trained(0, dropout=0.5), trained(0, dropout=0.5)
    for step in range(4):
        asked.step()
        left.step()
        ask(asked, step)
    first, second = (run.snapshot(Want.WEIGHTS, "paused").layers for run in (asked, left))
    for mine, other in zip(first, second, strict=True):
        assert np.array_equal(mine.weight, other.weight)


def test_an_answer_stays_as_it_was_while_the_training_goes_on() -> None:
    trainer = trained(1)
    ways = ask(trainer, 0)
    assert ways is not None
    before = ways.student.stages[0].filters.copy()
    trainer.step()
    np.testing.assert_array_equal(ways.student.stages[0].filters, before)


def test_a_network_without_convolutions_has_none() -> None:
    trainer = trainer_of("mnist_5k", model=ModelConfig(name="linear"))
    assert ask(trainer, 0) is None
