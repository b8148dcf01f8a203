"""Runs for the widgets to show: of the real trainer, since a made-up one proves little."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.opened_tables import answered
from tests.ui.shown_window import SHAPES
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import Experiment
from visualiser.core.training.snapshot import Snapshot, State
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.import_dialog import ImportDialog
from visualiser.ui.main_window import MainWindow
from visualiser.ui.settings import Settings
from visualiser.ui.theme import Theme

Trained = Callable[..., Snapshot]


@pytest.fixture(scope="session")
def trained() -> Trained:
    """Snapshot of an experiment after some steps; equal runs are made once."""
    made: dict[str, Snapshot] = {}

    def run(
        experiment: Experiment, steps: int = 20, state: State = "paused", exam: bool = False
    ) -> Snapshot:
        key = f"{experiment.model_dump_json()} {steps} {state} {exam}"
        if key not in made:
            trainer = Trainer(experiment, load_dataset(experiment.dataset, experiment.seed))
            for _ in range(steps):
                trainer.step()
            if exam:
                trainer.open_test()
            made[key] = trainer.snapshot(Want.PREDICTIONS, state, fresh=True)
        return made[key]

    return run


@pytest.fixture(autouse=True)
def _no_window_is_left(qapp: QApplication) -> Iterator[None]:
    """A window of one test must not take the keys of the next."""
    yield
    for window in qapp.topLevelWidgets():
        if window.isVisible():
            window.close()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Fonts and colours as in the program.

    They stay on: Qt does not survive taking an application's style sheet away again.
    """
    made = Theme(qapp)
    made.set_mode("light")
    yield made
    # Windows first: another theme would polish each of their widgets once more.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made.set_mode("light")
    made.set_scale(1.0)
    made.deleteLater()


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(theme, Settings())
    qtbot.addWidget(made)
    made.show_experiment(SHAPES)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made


@pytest.fixture
def open_table(qtbot, tmp_path):
    """The window for opening a file of that content, once it has answered; None for no file."""

    def open_dialog(content: str | bytes | None, wait_for: str = "use"):
        path = tmp_path / "table.csv"
        if isinstance(content, str):
            path.write_text(content)
        elif content is not None:
            path.write_bytes(content)
        dialog = ImportDialog(path)
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: answered(dialog, wait_for), timeout=20_000)
        return dialog

    return open_dialog
