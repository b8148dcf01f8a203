"""Every model on offer trains on every data set that it is offered for."""

import numpy as np
import pytest

from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.experiment import DatasetConfig, ModelConfig
from visualiser.core.models.registry import MODELS, refusal
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

STEPS = 3
PAIRS = [
    (data, model)
    for data, source in SOURCES.items()
    if source.modality is not None
    for model in MODELS
    if refusal(MODELS[model], source.modality) is None
]


def test_every_data_set_has_two_models_or_more() -> None:
    offered = [data for data, _ in PAIRS]
    assert all(offered.count(name) >= 2 for name in {*offered})
    assert {*offered} == {name for name, source in SOURCES.items() if source.modality is not None}


@pytest.mark.parametrize(("data", "model"), PAIRS)
def test_a_pair_on_offer_trains(data: str, model: str) -> None:
    start = starting_point(DatasetConfig(name=data))
    options = start.model.options if start.model.name == model else {}
    experiment = start.replace(model=ModelConfig(name=model, options=options))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(STEPS):
        trainer.step()
    snapshot = trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)
    assert snapshot.step == STEPS
    figures, _ = trainer.final_figures()
    for part in figures.values():
        assert np.isfinite([part.loss, *part.values.values()]).all()
