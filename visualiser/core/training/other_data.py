"""A run that goes on with another data set of the same kind, as when points were painted."""

from dataclasses import replace

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.core.training.preparation import Preparation, describe_run, prepare
from visualiser.core.training.snapshot import RunInfo


def prepare_other(
    before: Preparation, info: RunInfo, config: DatasetConfig, at_start: bool
) -> tuple[Preparation, RunInfo]:
    """Other data, seen through the encoder and the judge of the run under way, at its pace.

    Before the first step (`at_start`) nothing is under way, and they are fitted anew.

    Raises:
        UserError: it cannot be read or split, or is of another kind.
    """
    experiment = info.experiment.replace(dataset=config)
    dataset = load_dataset(config, experiment.seed)
    if _kind(dataset) != _kind(before.dataset):
        raise UserError(
            "A run under way cannot go on with data of another kind.",
            "Start over with it: press Reset.",
        )
    fresh = prepare(experiment, dataset)
    if at_start:
        return fresh, describe_run(experiment, fresh)
    preparation = replace(
        fresh,
        encoder=before.encoder,
        judge=before.judge,
        layers=before.layers,
        train_inputs=before.encoder.transform(fresh.split.train.features),
    )
    described = describe_run(experiment, preparation)
    return preparation, replace(described, evaluate_every=info.evaluate_every)


def _kind(dataset: Dataset) -> tuple[object, ...]:
    return dataset.modality, dataset.task, dataset.class_names, dataset.feature_names
