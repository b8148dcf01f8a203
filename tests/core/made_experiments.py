"""An experiment in which everything is set, and how its text is refused."""

import json
from typing import Any

import pytest

from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    Repair,
    SplitConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.experiment_file import (
    experiment_text,
    parse_experiment,
)

FULL = Experiment(
    title="A spoiled spiral, “σ = 1”",
    dataset=DatasetConfig(
        name="shapes",
        options={"shape": "spiral", "points": 300, "noise": 0.25},
        encoding={"standardise": False},
    ),
    split=SplitConfig(train=0.6, validation=0.2, test=0.2, stratified=False),
    spoiling=Spoiling(
        corruptions=(
            CorruptionConfig(name="symmetric_label_noise", amount=0.2, parts="both"),
            CorruptionConfig(name="feature_noise", amount=0.5, options={"fraction": 0.5}, seed=3),
        ),
    ),
    model=ModelConfig(options={"hidden": [8, 8], "activation": "tanh", "dropout": 0.1}),
    training=TrainingConfig(optimizer="adamw", learning_rate=0.01, weight_decay=0.001, epochs=3),
    seed=7,
    weights_seed=8,
    repairs=(Repair(row=4, label=1), Repair(row=7, copy_number=1)),
    edits=(
        Edit(step=10, learning_rate=0.1),
        Edit(step=20, spoiling=Spoiling()),
        Edit(epoch=2, repairs=()),
    ),
)


def as_data(experiment: Experiment = FULL) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(experiment_text(experiment))
    return data


def refused(text: str) -> UserError:
    with pytest.raises(UserError) as caught:
        parse_experiment(text, "lesson.experiment.json")
    return caught.value


def refused_data(**changes: object) -> UserError:
    return refused(json.dumps(as_data() | changes))
