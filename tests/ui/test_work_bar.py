from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui import work_bar
from visualiser.ui.work_bar import WorkBar


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[WorkBar]:
    window = QWidget()
    qtbot.addWidget(window)
    made = WorkBar()
    QVBoxLayout(window).addWidget(made)
    window.show()
    yield made


def test_work_that_lasts_comes_up_by_itself(
    bar: WorkBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_bar, "_SHOWN_AFTER_MS", 1)
    bar.begin("Loading the data")
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    assert bar.text.text() == "Loading the data …"


def test_work_that_is_over_at_once_never_shows(
    bar: WorkBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_bar, "_SHOWN_AFTER_MS", 1)
    bar.begin("Loading the data")
    bar.end()
    bar.begin("Other")
    bar.end()
    with qtbot.waitCallback() as soon:
        work_bar.QTimer.singleShot(5, soon)
    assert not bar.isVisible()


def at_times(monkeypatch: pytest.MonkeyPatch, *seconds: float) -> None:
    times = iter(seconds)
    monkeypatch.setattr(work_bar, "monotonic", lambda: next(times))


def test_says_how_far_it_is_and_how_long_it_will_take(
    bar: WorkBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_times(monkeypatch, 100.0, 130.0)
    bar.begin("Loading the data")
    bar.progress(0.0, "row 0")
    bar.progress(0.75, "row 750,000")
    assert bar.text.text() == "row 750,000, about 10 s left"
    assert bar.bar.value() / bar.bar.maximum() == 0.75


def test_a_slow_start_is_not_taken_for_the_pace(
    bar: WorkBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_times(monkeypatch, 110.0, 112.0)  # libraries were loaded until then
    bar.begin("Loading the data")
    bar.progress(0.1, "picture 1,000")
    bar.progress(0.2, "picture 2,000")
    assert bar.text.text() == "picture 2,000, about 16 s left"


def test_promises_no_time_before_it_can_know_nor_at_the_end(
    bar: WorkBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_times(monkeypatch, 100.0, 100.1, 160.0, 161.0)
    bar.begin("Loading the data")
    for share in (0.4, 0.5, 0.0, 1.0):
        bar.progress(share, "reading")
        assert bar.text.text() == "reading"


def test_cancel_is_asked_for_once_and_answered_at_once(bar: WorkBar, qtbot: QtBot) -> None:
    bar.begin("Loading the data")
    bar.show()
    with qtbot.waitSignal(bar.cancelled):
        bar.cancel.click()
    assert not bar.cancel.isEnabled()
    bar.progress(0.5, "a late report")
    assert bar.text.text() == "Stopping …"
    bar.begin("Loading other data")
    assert bar.cancel.isEnabled()
