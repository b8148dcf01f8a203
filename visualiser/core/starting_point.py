"""A sensible experiment for a data set: what a newcomer gets on choosing it."""

from visualiser.core.data.registry import source_named
from visualiser.core.experiment import (
    DatasetConfig,
    Experiment,
    ModelConfig,
    Options,
    TrainingConfig,
)
from visualiser.core.models.registry import model_named

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


def with_model(experiment: Experiment, model: ModelConfig) -> Experiment:
    """The experiment with that model, and its usual learning rate unless another was chosen.

    Raises:
        UserError: there is no data set or no model of such a name.
    """
    training, data = experiment.training, experiment.dataset.name
    if training.learning_rate == _usual_rate(data, experiment.model.name):
        training = training.replace(learning_rate=_usual_rate(data, model.name))
    return experiment.replace(model=model, training=training)


def _usual_rate(dataset: str, model: str) -> float:
    own = model_named(model).learning_rate
    return source_named(dataset).defaults.learning_rate if own is None else own
