"""Sweeps that train in a moment."""

from pathlib import Path
from typing import Any

from visualiser.core.data.source import Progress
from visualiser.core.experiment import (
    DatasetConfig,
    Experiment,
    ModelConfig,
    TrainingConfig,
)
from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.sweep import Sweep
from visualiser.core.sweep.sweep_file import open_folder

MOONS = Experiment(
    dataset=DatasetConfig(name="shapes", options={"shape": "moons", "points": 120}),
    model=ModelConfig(name="mlp", options={"hidden": [5]}),
    training=TrainingConfig(batch_size=16, epochs=2, learning_rate=0.01),
)


HERE = Place(workers=1)


def sweep_of(base: Experiment = MOONS, **changes: Any) -> Sweep:
    """Three amounts of wrong labels with two seeds."""
    fields: dict[str, Any] = {
        "base": base,
        "corruption": "symmetric_label_noise",
        "amounts": (0.0, 0.2, 0.4),
        "seeds": (0, 1),
    }
    return Sweep(**fields | changes)


def trained(sweep: Sweep, folder: Path, place: Place = HERE) -> dict[str, CellResult]:
    """All results of a sweep, from its folder."""
    opened, log = open_folder(sweep, folder)
    assert not run_sweep(opened, log, place, Progress(), lambda result: None)
    return log.results
