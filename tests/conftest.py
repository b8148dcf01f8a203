"""What every test gets: no display, a home of its own, and no thread left running."""

import gc
import os
import sys
import threading
import traceback
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before Qt is imported anywhere: tests draw into memory, with a display or without.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Before NumPy, torch and scikit-learn are: a thread that waits for a core which another worker has
# keeps its own busy. The program asks for the first of these too (visualiser/__main__.py).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from visualiser.app.garbage import collect_due
from visualiser.ui.light_pyqtgraph import import_pyqtgraph

import_pyqtgraph()  # as in the program

hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")

GRACE_MS = 2_000
PROGRESS_BAR_TIMER = "TMonitor"  # of tqdm; one for the whole process


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end: it is never looked through for garbage.

    It is nearly a million objects, and going through them took a third of a second each time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        _spare_what_stays()
        gc.enable()


def _spare_what_stays() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_collected_on_this_thread() -> Iterator[None]:
    """As in the program: a run's thread, or one of pytest or xdist, would destroy widgets there.

    Qt ends the process over that, often much later, when it next goes through all widgets.
    """
    gc.disable()
    yield
    if gc.isenabled() and not gc.get_freeze_count():  # a window was closed: counting takes 20 ms
        _spare_what_stays()
    gc.disable()
    collect_due()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user folder of its own: no test reads or writes the settings of who runs it."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("VISUALISER_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def subnormal_numbers() -> Iterator[None]:
    """A trainer takes them as zero on its thread, here the tests'; hypothesis needs them."""
    yield
    if "torch" in sys.modules:
        sys.modules["torch"].set_flush_denormal(False)


@pytest.fixture(autouse=True)
def widgets_destroyed_by_qt(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep what a test shows until it ends, and then destroy it in Qt's order of things.

    Left to Python's collection, widgets lose their attributes while Qt still paints them.
    """
    shown: list[QWidget] = []
    add_widget = QtBot.addWidget

    def add_and_keep(qtbot: QtBot, widget: QWidget, **options: Any) -> None:
        shown.append(widget)
        add_widget(qtbot, widget, **options)

    monkeypatch.setattr(QtBot, "addWidget", add_and_keep)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown.clear()


@pytest.fixture(autouse=True)
def no_thread_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a thread running, and name the line that started it."""
    qt_threads: list[tuple[QThread, str]] = []
    threads: list[tuple[threading.Thread, str]] = []
    start_qt_thread = QThread.start
    start_thread = threading.Thread.start

    def start_remembered_qt_thread(thread: QThread, *arguments: QThread.Priority) -> None:
        qt_threads.append((thread, _caller()))
        start_qt_thread(thread, *arguments)

    def start_remembered_thread(thread: threading.Thread) -> None:
        threads.append((thread, _caller()))
        start_thread(thread)

    monkeypatch.setattr(QThread, "start", start_remembered_qt_thread)
    monkeypatch.setattr(threading.Thread, "start", start_remembered_thread)
    yield
    left = [
        f"{type(thread).__name__} started at {line}"
        for thread, line in qt_threads
        if isValid(thread) and thread.isRunning() and not thread.wait(GRACE_MS)
    ]
    for thread, line in threads:
        if type(thread).__name__ != PROGRESS_BAR_TIMER:
            thread.join(GRACE_MS / 1_000)
            if thread.is_alive():
                left.append(f"{thread.name} started at {line}")
    assert not left, "the test left running: " + "; ".join(left)


def _caller() -> str:
    """File and line of the call two frames above."""
    frame = traceback.extract_stack(limit=3)[0]
    return f"{frame.filename}:{frame.lineno}"
