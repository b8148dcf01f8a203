"""The trainings that are measured."""

from visualiser.core.experiment import DatasetConfig, Experiment, ModelConfig, TrainingConfig
from visualiser.core.starting_point import starting_point

_DIGITS = DatasetConfig(name="mnist_5k")

CASES: dict[str, Experiment] = {
    "tiny_mlp": Experiment(
        dataset=DatasetConfig(name="shapes", options={"shape": "moons", "points": 500}),
        model=ModelConfig(name="mlp", options={"hidden": [8, 8]}),
        training=TrainingConfig(batch_size=10),
    ),
    "mlp": Experiment(
        dataset=_DIGITS,
        model=ModelConfig(name="mlp", options={"hidden": [64]}),
        training=TrainingConfig(batch_size=32),
    ),
    "cnn": Experiment(
        dataset=_DIGITS,
        model=ModelConfig(name="cnn"),
        training=TrainingConfig(batch_size=64),
    ),
}
"""2-8-8-2 on two moons, 784-64-10 and the default CNN on digits; all with Adam."""


def _further(dataset: str, model: str = "") -> Experiment:
    """A data set as it opens, or with another model."""
    experiment = starting_point(DatasetConfig(name=dataset))
    return experiment.replace(model=ModelConfig(name=model)) if model else experiment


def further_cases() -> dict[str, Experiment]:
    """The models of the other everyday jobs, which the long form measures too."""
    return {
        "word_average": _further("sms_spam", "word_average"),
        "text_cnn": _further("sms_spam", "text_cnn"),
        "gru": _further("bike_daily", "gru"),
        "factorisation": _further("retail_purchases"),
        "gpt": _further("alice29"),
        "sound_cnn": _further("drums"),
    }
