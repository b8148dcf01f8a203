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
_WHAT_IT_IS = ("path", "sheet", "target")
"""Options of the user's own data that make it other data."""


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
            weight_decay=defaults.weight_decay,
            epochs=defaults.epochs,
        ),
        seed=seed,
    )


def same_examples(one: DatasetConfig, other: DatasetConfig) -> bool:
    """Whether what was chosen for one data set goes on making sense for the other.

    It does where examples are only made in another way, as with more points; not with another
    file, or where something else is to be predicted: what is spoiled then may not even be there.
    """
    return one.name == other.name and all(
        one.options.get(name, "") == other.options.get(name, "") for name in _WHAT_IT_IS
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
