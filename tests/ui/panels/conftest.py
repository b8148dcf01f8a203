from collections.abc import Callable

import pytest

from visualiser.core.corruption.registry import spoil
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.history import History
from visualiser.core.training.preparation import describe_run, prepare
from visualiser.core.training.snapshot import Plan, RunInfo, Snapshot


@pytest.fixture
def run_info() -> Callable[[Experiment], RunInfo]:
    return make_run_info


@pytest.fixture
def snapshot() -> Callable[..., Snapshot]:
    return make_snapshot


def make_run_info(experiment: Experiment) -> RunInfo:
    dataset = load_dataset(experiment.dataset, experiment.seed)
    return describe_run(experiment, prepare(experiment, dataset))


def make_snapshot(
    info: RunInfo, spoiling: Spoiling, applied: int = 0, learning_rate: float = 0.003
) -> Snapshot:
    part, changes = spoil(info.split.train, spoiling, info.experiment.seed, info.dataset)
    figures = Figures(0.5, {"accuracy": 0.8, "f1": 0.8})
    fields = dict.fromkeys(Snapshot.__dataclass_fields__)
    fields |= {
        "info": info,
        "state": "running",
        "step": 10,
        "epoch": 1.0,
        "seconds": 1.0,
        "learning_rate": learning_rate,
        "batch_loss": 0.5,
        "history": History().view(),
        "markers": (),
        "train": figures,
        "validation": figures,
        "measured_at": 10,
        "changes": changes,
        "spoiled_train": part,
        "twin_differs": True,
        "experiment": info.experiment,
        "spoiling": spoiling,
        "plan": Plan(edits=info.experiment.edits, done=applied),
        "layers": (),
        "twin_layers": (),
        "distributions": (),
        "advice": "",
    }
    return Snapshot(**fields)
