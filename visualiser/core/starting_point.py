"""A sensible experiment for a data set: what a newcomer gets on choosing it."""

from visualiser.core.data.registry import source_named
from visualiser.core.experiment import (
    DatasetConfig,
    Experiment,
    ModelConfig,
    Options,
    TrainingConfig,
)

FIRST_DATASET = "mnist_5k"
"""What the program opens with: real data that needs no explanation."""


def starting_point(dataset: DatasetConfig, seed: int = 0) -> Experiment:
    """The model and the training settings that suit a data set.

    Raises:
        UserError: there is no data set of that name.
    """
    defaults = source_named(dataset.name).defaults
    options: Options = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in defaults.model_options
    }
    return Experiment(
        dataset=dataset,
        model=ModelConfig(name=defaults.model, options=options),
        training=TrainingConfig(
            batch_size=defaults.batch_size,
            learning_rate=defaults.learning_rate,
            epochs=defaults.epochs,
        ),
        seed=seed,
    )
