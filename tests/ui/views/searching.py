"""Find it after a search of a short run."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.findings.search import Findings, Search, look
from visualiser.core.questions.row_record import ROW_HISTORY
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.search_job import SearchJob
from visualiser.ui.views.find_it import FindView

NOISE = {"digits_8x8": "pair_flip", "sacramento": "target_noise"}

OpenView = Callable[..., FindView]


def shot(name: str, amount: float = 0.2, way: str = "") -> Snapshot:
    """A short run, with how each row was learnt; of data spoiled as its labels can be, or so."""
    return _shot(name, amount, way or NOISE.get(name, "symmetric_label_noise"))


@cache
def _shot(name: str, amount: float, way: str) -> Snapshot:
    experiment = starting_point(DatasetConfig(name=name))
    config = CorruptionConfig(name=way, amount=amount)
    spoiling = Spoiling(corruptions=(config,)) if amount else Spoiling()
    experiment = experiment.replace(spoiling=spoiling)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    while trainer.epoch < 4:
        trainer.step()
    return trainer.snapshot(Want.answers_to(ROW_HISTORY), "paused")


def found_in(name: str, amount: float = 0.2, way: str = "") -> Findings:
    """What a search of that run finds."""
    return _found_in(name, amount, way or NOISE.get(name, "symmetric_label_noise"))


@cache
def _found_in(name: str, amount: float, way: str) -> Findings:
    return look(Search.of(shot(name, amount, way)))


def searched(
    open_view: OpenView, name: str = "penguins", amount: float = 0.2, way: str = ""
) -> FindView:
    """The view after its button was pressed and the search is done."""
    view = open_view(FindView)
    show(view, shot(name, amount, way))
    jobs: list[SearchJob] = []
    view.search_wanted.connect(jobs.append)
    view.look.click()
    view.show_snapshot(shot(name, amount, way))
    jobs[0].found.emit(found_in(name, amount, way))
    return view


def press(qtbot: QtBot, view: FindView, *keys: Qt.Key, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        qtbot.keyClick(view.suspects.table, key, modifiers)


def cell(view: FindView, row: int, column: int) -> str:
    rows = view.suspects.rows
    return str(rows.data(rows.index(row, column), Qt.ItemDataRole.DisplayRole))
