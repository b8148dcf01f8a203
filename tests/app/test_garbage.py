import gc
from threading import Thread, current_thread, main_thread

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from visualiser.app.garbage import WindowThreadCollector


class Knot:
    """A cycle that notes on which thread it was taken apart."""

    def __init__(self, notes: list[Thread]) -> None:
        self.notes = notes
        self.itself = self

    def __del__(self) -> None:
        self.notes.append(current_thread())


def tie_knots(notes: list[Thread]) -> None:
    for _ in range(3_000):
        Knot(notes)


def test_what_another_thread_leaves_is_collected_on_the_windows_thread(qtbot: QtBot) -> None:
    owner = QObject()
    collector = WindowThreadCollector(owner)
    try:
        notes: list[Thread] = []
        thread = Thread(target=tie_knots, args=(notes,))
        thread.start()
        thread.join()
        assert not notes
        qtbot.waitUntil(lambda: len(notes) == 3_000, timeout=10_000)
        assert set(notes) == {main_thread()}
    finally:
        collector.stop()


def test_stopping_gives_collection_back_to_python(qtbot: QtBot) -> None:
    owner = QObject()
    collector = WindowThreadCollector(owner)
    collector.spare_what_stays()
    assert not gc.isenabled() and gc.get_freeze_count() > 0
    collector.stop()
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_a_thread_of_a_test_destroys_nothing_either() -> None:
    notes: list[Thread] = []
    thread = Thread(target=tie_knots, args=(notes,))
    thread.start()
    thread.join()
    assert not notes
