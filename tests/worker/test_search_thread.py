import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import DatasetConfig, SplitConfig
from visualiser.core.findings.search import Findings, Search, look
from visualiser.worker.search_thread import SearchThread


def search() -> Search:
    dataset = load_dataset(DatasetConfig(name="iris"), 0)
    split = split_dataset(dataset, SplitConfig(), 0)
    return Search(dataset, split.train, split.validation, 0, None)


def test_a_search_on_a_thread_finds_what_it_finds_without_one(qtbot: QtBot) -> None:
    thread, shares = SearchThread(search()), []
    thread.progressed.connect(lambda share, _: shares.append(share))
    with qtbot.waitSignal(thread.found, timeout=30_000) as found:
        thread.start()
    assert thread.wait(20_000)
    assert isinstance(found.args[0], Findings)
    expected = look(search())
    for name, suspects in found.args[0].suspects.items():
        assert np.array_equal(suspects.score, expected.suspects[name].score)
    assert shares and shares == sorted(shares)


def test_a_search_that_is_cancelled_says_so(qtbot: QtBot) -> None:
    thread = SearchThread(search())
    thread.cancel()
    with qtbot.waitSignal(thread.cancelled, timeout=30_000), qtbot.assertNotEmitted(thread.found):
        thread.start()
    assert thread.wait(20_000)


def test_an_error_in_a_finder_is_told_in_a_sentence(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("visualiser.core.findings.search.look", broken)
    thread = SearchThread(search())
    with qtbot.waitSignal(thread.refused, timeout=30_000) as refused:
        thread.start()
    assert thread.wait(20_000)
    assert refused.args == ["ZeroDivisionError: by zero"]
