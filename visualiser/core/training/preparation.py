"""From an experiment and its data to everything a trainer needs, before the first step."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, FloatArray, equal, read_only
from visualiser.core.data.encoding import fit_encoder
from visualiser.core.data.encoding_spec import Encoder, RelatingEncoder, inputs_of
from visualiser.core.data.split import Part, Split, split_dataset
from visualiser.core.experiment import Experiment
from visualiser.core.models.layers import Layers, parameter_count, training_flops
from visualiser.core.models.registry import model_encoding, model_layers
from visualiser.core.tasks.registry import task_of
from visualiser.core.tasks.spec import Judge
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.schedule import (
    TRAIN_SAMPLE_ROWS,
    WATCHED_ROWS,
    evaluation_interval,
    watched_rows,
)
from visualiser.core.training.snapshot import RunInfo


@dataclass(frozen=True, eq=False)
class Preparation:
    """A split, an encoder fitted on the clean training rows, and the shape of the model.

    Attributes:
        judge: makes targets of labels, and figures and answers of outputs.
        train_inputs: (n, *shape) the encoded clean training part.
        train_sample: positions in the clean training part that evaluations look at.
        watched: positions in the validation part that evaluations look at.
    """

    dataset: Dataset
    split: Split
    encoder: Encoder
    judge: Judge
    layers: Layers
    train_inputs: FloatArray
    train_sample: NDArray[np.int64]
    watched: NDArray[np.int64]

    def encode(self, part: Part) -> EncodedPart:
        """Any part as the model sees it."""
        return EncodedPart(
            self.encoder.transform(part.features), self.judge.targets(part), part.origin
        )

    def encode_train(self, part: Part) -> EncodedPart:
        """The training part, spoiled or not; encoded anew only where its features changed.

        Where rows tell of each other, spoiled ones do of those beside them.
        """
        clean = self.split.train
        if part is clean:
            return EncodedPart(self.train_inputs, self.judge.targets(part), part.origin)
        if isinstance(self.encoder, RelatingEncoder):
            told = self.encoder.told_by(part)
            return EncodedPart(told.transform(part.features), self.judge.targets(part), part.origin)
        if _same_features(part, clean):
            inputs = self.train_inputs
            if len(part) != len(clean) or not np.array_equal(part.origin, clean.origin):
                inputs = inputs[part.origin]
            return EncodedPart(inputs, self.judge.targets(part), part.origin)
        return self.encode(part)


def prepare(experiment: Experiment, dataset: Dataset) -> Preparation:
    """Split, fit the encoder and lay out the model.

    Raises:
        UserError: too little data, or a model or option that does not fit.
    """
    split = split_dataset(dataset, experiment.split, experiment.seed)
    encoding = model_encoding(experiment.model.name, dataset.modality)
    encoder = fit_encoder(encoding, dataset, split.train, experiment.dataset.encoding)
    task = task_of(dataset)
    layers = model_layers(experiment.model, inputs_of(encoder), task.outputs(dataset))
    judge = task.judge(dataset, split.train)
    targets = judge.targets(split.train.take(np.zeros(1, dtype=np.int64))).size
    generator = np.random.default_rng([experiment.seed, 1])
    return Preparation(
        dataset=dataset,
        split=split,
        encoder=encoder,
        judge=judge,
        layers=layers,
        train_inputs=encoder.transform(split.train.features),
        train_sample=_sample(len(split.train), watched_rows(TRAIN_SAMPLE_ROWS, targets), generator),
        watched=_watched(dataset, split.validation, watched_rows(WATCHED_ROWS, targets), generator),
    )


def describe_run(experiment: Experiment, preparation: Preparation) -> RunInfo:
    """What the window needs to know once about a run."""
    layers, batch_size = preparation.layers, experiment.training.batch_size
    rows = len(preparation.train_sample) + len(preparation.watched)
    return RunInfo(
        experiment=experiment,
        dataset=preparation.dataset,
        split=preparation.split,
        watched=preparation.watched,
        layers=layers,
        parameters=parameter_count(layers),
        flops_per_step=training_flops(layers, batch_size),
        encoder=preparation.encoder,
        evaluate_every=experiment.training.evaluate_every or evaluation_interval(rows, batch_size),
        task=task_of(preparation.dataset),
    )


def _watched(
    dataset: Dataset, part: Part, most: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    """All rows, or a sample; of rows that are judged together all or none."""
    together = _judged_together(dataset)
    if together is None or len(part) <= most:
        return _sample(len(part), most, generator)
    units, unit_of_row, rows = np.unique(
        together[part.rows], return_inverse=True, return_counts=True
    )
    order = generator.permutation(len(units))
    drawn = order[np.cumsum(rows[order]) <= most]
    return read_only(np.flatnonzero(np.isin(unit_of_row, drawn)).astype(np.int64))


def _judged_together(dataset: Dataset) -> NDArray[Any] | None:
    """(N,) when each row of a dated series is, whose sum is seen; the customer of purchases."""
    if dataset.seasons is not None:
        return dataset.times
    return np.asarray(dataset.features)[:, 0] if dataset.modality == "purchases" else None


def _sample(rows: int, most: int, generator: np.random.Generator) -> NDArray[np.int64]:
    if rows <= most:
        return read_only(np.arange(rows, dtype=np.int64))
    return read_only(np.sort(generator.choice(rows, most, replace=False)).astype(np.int64))


def _same_features(part: Part, clean: Part) -> bool:
    """Whether each row still has the features of the clean row that it was made from."""
    if part.features is clean.features:
        return True
    return equal(part.features, clean.take(part.origin).features)
