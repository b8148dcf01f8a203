"""A run that goes on with another data set of the same kind, as when points were painted."""

from dataclasses import replace

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.training.preparation import Preparation, prepare


def prepare_other(before: Preparation, experiment: Experiment, at_start: bool) -> Preparation:
    """The data of `experiment`, seen through the encoder and the judge of the run under way.

    Before the first step (`at_start`) nothing is under way, and they are fitted anew.

    Raises:
        UserError: it cannot be read or split, or is of another kind.
    """
    dataset = load_dataset(experiment.dataset, experiment.seed)
    if _kind(dataset) != _kind(before.dataset):
        raise UserError(
            "A run under way cannot go on with data of another kind.",
            "Start over with it: press Reset.",
        )
    fresh = prepare(experiment, dataset)
    if at_start:
        return fresh
    return replace(
        fresh,
        encoder=before.encoder,
        judge=before.judge,
        layers=before.layers,
        train_inputs=before.encoder.transform(fresh.split.train.features),
    )


def growth_text(before: Dataset, after: Dataset) -> str:
    """What has become of the data, for a marker: “+12 points”, “−3 points”, “points moved”."""
    more = len(after) - len(before)
    if not more:
        return "points moved"
    return f"{'+' if more > 0 else '−'}{abs(more):,} point{'' if abs(more) == 1 else 's'}"


def _kind(dataset: Dataset) -> tuple[object, ...]:
    return dataset.modality, dataset.task, dataset.class_names, dataset.feature_names
