"""Dated series of each cadence are learnt by each model that takes them, spoiled or not."""

from pathlib import Path

import numpy as np
import pytest

from tests.core.data.series_tables import FREQUENCIES, made
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.data.cadence import CadenceName
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    ModelConfig,
    Spoiling,
)
from visualiser.core.models.registry import model_encoding
from visualiser.core.starting_point import starting_point, with_model
from visualiser.core.training.preparation import prepare
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

MODELS = ("mlp", "linear", "gru")


def experiment_of(path: Path, model: str, **options: object) -> Experiment:
    config = {"name": "own_series", "options": {"path": str(path), **options}}
    start = starting_point(DatasetConfig.model_validate(config))
    return with_model(start, ModelConfig(name=model))


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("cadence", FREQUENCIES)
def test_each_model_learns_from_each_cadence_however_it_is_spoiled(
    tmp_path: Path, cadence: CadenceName, model: str
) -> None:
    experiment = experiment_of(made(tmp_path, cadence), model)
    dataset = load_dataset(experiment.dataset, 0)
    usable = [one for one in CORRUPTIONS.values() if one.refuses(dataset) is None]
    assert {"feature_noise", "target_noise"} <= {one.name for one in usable}
    trainer = Trainer(experiment, dataset)
    trainer.step()
    for one in usable:
        amount = (one.amount.identity + one.amount.extreme) / 2
        trainer.change_spoiling(
            Spoiling(corruptions=(CorruptionConfig(name=one.name, amount=amount),))
        )
        trainer.step()
    snapshot = trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)
    assert snapshot.predictions is not None
    assert np.isfinite(snapshot.predictions.output).all()
    assert snapshot.twin_differs


@pytest.mark.parametrize("cadence", ["monthly", "weekly"])
def test_what_repeats_each_year_is_foretold_better_than_by_the_year_before(
    tmp_path: Path, cadence: CadenceName
) -> None:
    experiment = experiment_of(made(tmp_path, cadence, 240), "linear")
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(400):
        trainer.step()
    snapshot = trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)
    split, task = snapshot.info.split, snapshot.info.task
    base = task.baseline(snapshot.info.dataset, split.train, split.validation)
    assert snapshot.validation.values["mase"] < base.figure


def test_a_recurrent_network_reads_the_weeks_in_a_row_and_the_year_before_beside_them(
    tmp_path: Path,
) -> None:
    experiment = experiment_of(made(tmp_path, "weekly"), "gru", past=5)
    dataset = load_dataset(experiment.dataset, 0)
    assert model_encoding("gru", dataset.modality).form == "series"
    prepared = prepare(experiment, dataset)
    assert prepared.encoder.shape[0] == 5
    assert "52 weeks before" in prepared.encoder.names
    assert "the week before" not in prepared.encoder.names
    assert any("The 5 weeks before are read one after" in note for note in prepared.encoder.notes)
