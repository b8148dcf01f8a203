"""What tests of the whole window show in it, and keys pressed there."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    ModelConfig,
    Spoiling,
)
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.main_window import MainWindow

Trained = Callable[..., Snapshot]

SHAPES = Experiment(
    dataset=DatasetConfig(name="shapes"), model=ModelConfig(options={"hidden": [4]})
)
NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.3),))
DIGITS = Experiment(dataset=DatasetConfig(name="mnist_5k"))


def show(window: MainWindow, snapshot: Snapshot) -> None:
    window.show_experiment(snapshot.experiment)
    window.start_run(snapshot.info)
    window.show_snapshot(snapshot)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.windowHandle(), key, modifiers)
