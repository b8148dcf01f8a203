import pytest
from pytestqt.qtbot import QtBot

from tests.core.wants import EVERYTHING
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Experiment, ModelConfig, TrainingConfig
from visualiser.core.training.commands import Advance, Play
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.core.training.want import Want
from visualiser.worker import training_thread
from visualiser.worker.loading_thread import LoadingThread
from visualiser.worker.training_thread import TrainingThread

SHAPES = Experiment(
    dataset=DatasetConfig(name="shapes", options={"points": 100}),
    training=TrainingConfig(batch_size=10),
)


def started(qtbot: QtBot, experiment: Experiment = SHAPES) -> TrainingThread:
    thread = TrainingThread(experiment, load_dataset(experiment.dataset, experiment.seed))
    with qtbot.waitSignal(thread.prepared, timeout=30_000) as ready:
        thread.start()
    assert isinstance(ready.args[0], RunInfo)
    return thread


def answer(qtbot: QtBot, thread: TrainingThread) -> Snapshot:
    with qtbot.waitSignal(thread.answered, timeout=20_000):
        thread.look(EVERYTHING)
    snapshot = thread.take()
    assert snapshot is not None
    return snapshot


def test_commands_go_in_and_snapshots_come_out(qtbot: QtBot) -> None:
    thread = started(qtbot)
    thread.send(Advance(5))
    assert thread.expects_running and not thread.settled
    snapshot = answer(qtbot, thread)
    while snapshot.state == "running":
        snapshot = answer(qtbot, thread)
    assert snapshot.step == 5 and thread.settled and not thread.expects_running
    thread.end()
    assert thread.wait(20_000)


def test_a_window_that_asks_twice_gets_one_answer(qtbot: QtBot) -> None:
    thread = started(qtbot)
    with qtbot.waitSignal(thread.answered, timeout=20_000):
        thread.look(Want.NOTHING)
        thread.look(Want.NOTHING)
    assert thread.take() is not None and thread.take() is None
    thread.end()
    assert thread.wait(20_000)


def test_what_is_wanted_while_an_answer_is_under_way_is_still_to_be_asked_for(
    qtbot: QtBot,
) -> None:
    thread = started(qtbot)
    with qtbot.waitSignal(thread.answered, timeout=20_000):
        thread.look(Want.NOTHING)
        thread.look(Want.WEIGHTS)
    snapshot = thread.take()
    assert snapshot is not None and not snapshot.layers and not thread.settled
    assert answer(qtbot, thread).layers and thread.settled
    thread.end()
    assert thread.wait(20_000)


def test_a_run_rests_until_its_picture_is_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_thread, "_LONGEST_WAIT", 60.0)
    thread = started(qtbot)
    thread.send(Play())
    first = answer(qtbot, thread)
    with qtbot.assertNotEmitted(thread.answered, wait=100):
        thread.look(Want.NOTHING)
    with qtbot.waitSignal(thread.answered, timeout=20_000):
        thread.go_on()
    second = thread.take()
    assert second is not None and second.step == first.step + 1
    thread.end()  # while it rests
    assert thread.wait(20_000)


def test_a_window_that_never_draws_holds_nothing_up(qtbot: QtBot) -> None:
    thread = started(qtbot)
    thread.send(Play())
    first, second = answer(qtbot, thread), answer(qtbot, thread)
    assert second.step > first.step
    thread.end()
    assert thread.wait(20_000)


def test_a_run_that_is_given_up_in_the_middle_ends_and_says_nothing(qtbot: QtBot) -> None:
    thread = started(qtbot)
    thread.send(Play())
    with qtbot.assertNotEmitted(thread.answered):
        thread.end()
        assert thread.wait(20_000)


def test_a_model_that_does_not_fit_is_refused_in_a_sentence(qtbot: QtBot) -> None:
    experiment = SHAPES.replace(model=ModelConfig(name="cnn"))
    thread = TrainingThread(experiment, load_dataset(experiment.dataset, 0))
    with qtbot.waitSignal(thread.refused, timeout=30_000) as refused:
        thread.start()
    assert "needs pictures" in refused.args[0]
    assert thread.wait(20_000)


def test_an_error_in_the_program_is_reported_and_logged(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("visualiser.core.training.trainer.prepare", broken)
    thread = TrainingThread(SHAPES, load_dataset(SHAPES.dataset, 0))
    with qtbot.waitSignal(thread.failed, timeout=30_000) as failed:
        thread.start()
    assert failed.args == ["ZeroDivisionError"]
    assert "Traceback" in caplog.text
    assert thread.wait(20_000)


def test_loading_delivers_a_data_set(qtbot: QtBot) -> None:
    thread = LoadingThread(SHAPES)
    with qtbot.waitSignal(thread.loaded, timeout=20_000) as loaded:
        thread.start()
    assert len(loaded.args[0]) == 100
    assert thread.wait(20_000)


def test_a_missing_file_is_refused_in_a_sentence(qtbot: QtBot) -> None:
    config = DatasetConfig(name="own_table", options={"path": "no/such/file.csv"})
    thread = LoadingThread(SHAPES.replace(dataset=config))
    with qtbot.waitSignal(thread.refused, timeout=20_000) as refused:
        thread.start()
    assert "file.csv" in refused.args[0]
    assert thread.wait(20_000)


def test_cancelled_loading_delivers_nothing(qtbot: QtBot) -> None:
    thread = LoadingThread(SHAPES)
    thread.cancel()
    with qtbot.waitSignal(thread.cancelled, timeout=20_000), qtbot.assertNotEmitted(thread.loaded):
        thread.start()
    assert thread.wait(20_000)
