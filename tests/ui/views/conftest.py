"""Real runs, short ones, for views to draw."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.wants import EVERYTHING
from tests.ui.views.tried import Tried
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, ModelConfig, Spoiling
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.try_it import TryView


@cache
def trained(
    name: str, options: tuple[tuple[str, object], ...] = (), steps: int = 60, noise: float = 0.0,
    model: str = "",
) -> Snapshot:  # fmt: skip
    """A run on a bundled data set, with a share of wrong labels from its middle on."""
    experiment = starting_point(DatasetConfig(name=name, options=dict(options)))
    if model:
        experiment = experiment.replace(model=ModelConfig(name=model))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for step in range(steps):
        if noise and step == steps // 2:
            wrong = CorruptionConfig(name="symmetric_label_noise", amount=noise)
            trainer.change_spoiling(Spoiling(corruptions=(wrong,)))
        trainer.step()
    return trainer.snapshot(EVERYTHING, "paused", fresh=True)


@pytest.fixture(scope="session")
def snapshot_of() -> Callable[..., Snapshot]:
    return trained


@pytest.fixture(scope="session")
def spoiled_moons() -> Snapshot:
    return trained("shapes", (("shape", "moons"), ("points", 200)), 150, 0.3)


@pytest.fixture(scope="session")
def spoiled_digits() -> Snapshot:
    return trained("mnist_5k", (), 60, 0.4, "mlp")


@pytest.fixture
def open_view(qtbot: QtBot) -> Callable[..., Any]:
    """A view of some class, as large as in a small window, with a snapshot if one is given."""

    def opened(kind: type, snapshot: Snapshot | None = None) -> Any:
        view = kind()
        qtbot.addWidget(view)
        view.resize(780, 330)
        view.show()
        if snapshot is not None:
            show(view, snapshot)
        return view

    return opened


def show(view: Any, snapshot: Snapshot) -> Snapshot:
    """Start the snapshot's run in a view and draw it."""
    view.start_run(snapshot.info)
    view.show_snapshot(snapshot)
    return snapshot


@pytest.fixture(name="show")
def show_curves(qtbot: QtBot) -> Callable[..., CurvesView]:
    """Curves in a window of some size, with a snapshot."""

    def make(snapshot: Snapshot, width: int = 800, height: int = 300) -> CurvesView:
        view = CurvesView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.start_run(snapshot.info)
        view.show()
        qtbot.waitExposed(view)
        view.show_snapshot(snapshot)
        QApplication.processEvents()
        return view

    return make


@cache
def paused(name: str, steps: int, noise: float) -> Trainer:
    """A run on a bundled data set, to be asked: that leaves it as it is. It is not to go on."""
    experiment = starting_point(DatasetConfig(name=name))
    if noise:
        wrong = CorruptionConfig(name="symmetric_label_noise", amount=noise)
        experiment = experiment.replace(spoiling=Spoiling(corruptions=(wrong,)))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(steps):
        trainer.step()
    return trainer


@pytest.fixture
def tried(open_view: Callable[..., TryView]) -> Callable[..., Tried]:
    """The view for trying examples beside a run on a bundled data set.

    The run is shared by all tests that ask for the same, unless it `goes_on`.
    """

    def opened(name: str, steps: int = 60, noise: float = 0.0, goes_on: bool = False) -> Tried:
        run = (paused.__wrapped__ if goes_on else paused)(name, steps, noise)
        return Tried(open_view(TryView), run)

    return opened
