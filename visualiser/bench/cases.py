"""The three trainings that are measured."""

from visualiser.core.experiment import DatasetConfig, Experiment, ModelConfig, TrainingConfig

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
