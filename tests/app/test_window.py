"""The program from its start to its end, by the user's wish or the system's."""

import gc
import signal
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from visualiser.app import window as program
from visualiser.paths import settings_file
from visualiser.ui.main_window import MainWindow
from visualiser.ui.message_bar import Message
from visualiser.ui.settings import load_settings


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


def the_window() -> MainWindow:
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return window


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_and_what_it_shows_is_remembered(
    qapp: QApplication, number: signal.Signals
) -> None:
    handler = signal.getsignal(number)

    def end() -> None:
        the_window().column.sections["model"].setProperty("folded", True)
        signal.raise_signal(number)

    QTimer.singleShot(0, end)
    assert program.open_window() == 128 + number
    assert load_settings(settings_file())[0].folded == ("model",)
    assert signal.getsignal(number) is handler


def test_a_signal_that_is_to_be_ignored_stays_ignored(qapp: QApplication) -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        seen = []
        QTimer.singleShot(0, lambda: seen.append(signal.getsignal(signal.SIGTERM)))
        QTimer.singleShot(0, lambda: the_window().close())
        assert program.open_window() == 0
    finally:
        signal.signal(signal.SIGTERM, before)
    assert seen == [signal.SIG_IGN]


def test_after_the_window_python_collects_garbage_as_before(qapp: QApplication) -> None:
    QTimer.singleShot(0, lambda: the_window().close())
    assert program.open_window() == 0
    assert gc.isenabled() and gc.get_freeze_count() == 0


def test_a_home_that_cannot_be_made_is_told_and_the_window_works(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_its_place = tmp_path / "a file"
    in_its_place.write_text("mine", encoding="utf-8")
    monkeypatch.setenv("VISUALISER_HOME", str(in_its_place))
    told: list[Message] = []

    def look() -> None:
        told.extend(the_window().messages.messages)
        the_window().close()

    QTimer.singleShot(0, look)
    assert program.open_window() == 0
    assert [message.kind for message in told] == ["warning"]
    assert str(in_its_place) in told[0].text and "VISUALISER_HOME" in told[0].hint
    assert in_its_place.read_text(encoding="utf-8") == "mine"


def test_a_home_that_can_be_made_is_made(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUALISER_HOME", str(tmp_path / "new" / "home"))
    assert program.prepare_home() is None
    assert (tmp_path / "new" / "home").is_dir()
