from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event, Thread

import numpy as np
import pytest

from tests.core.training.conftest import wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
)
from visualiser.core.training.commands import (
    Advance,
    AdvanceEpoch,
    ChangeLearningRate,
    ChangeSpoiling,
    Command,
    Look,
    OpenTest,
    Pause,
    Play,
    SetSpeed,
    Stop,
)
from visualiser.core.training.loop import TrainingLoop
from visualiser.core.training.mailbox import Mailbox
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


class Workshop:
    """A loop on a thread of its own, and the window's side of it."""

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        self._queue: SimpleQueue[Command] = SimpleQueue()
        self._mailbox = Mailbox()
        self._answered = Event()
        self.refusals: list[UserError] = []
        self.trainer = Trainer(experiment, dataset)
        loop = TrainingLoop(
            self.trainer, self._queue, self._mailbox, self._answered.set, self.refusals.append
        )
        self._thread = Thread(target=loop.run)
        self._thread.start()

    def send(self, *sent: Command) -> None:
        for command in sent:
            self._queue.put(command)

    def look(self) -> Snapshot:
        self._answered.clear()
        self.send(Look(Want.NOTHING))
        assert self._answered.wait(20)
        snapshot = self._mailbox.take()
        assert snapshot is not None
        return snapshot

    def look_until(self, condition: Callable[[Snapshot], bool]) -> Snapshot:
        for _ in range(100_000):
            if condition(snapshot := self.look()):
                return snapshot
        raise AssertionError("the run never got there")

    def stop(self) -> None:
        self.send(Stop())
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def workshop(moons: Dataset, experiment: Experiment) -> Iterator[Workshop]:
    made = Workshop(experiment, moons)
    yield made
    made.stop()


def paused(snapshot: Snapshot) -> bool:
    return snapshot.state == "paused"


def test_a_run_waits_for_play(workshop: Workshop) -> None:
    assert workshop.look().state == "ready" and workshop.look().step == 0


def test_play_runs_until_pause(workshop: Workshop) -> None:
    workshop.send(Play())
    assert workshop.look_until(lambda s: s.step > 50).state == "running"
    workshop.send(Pause())
    first = workshop.look_until(paused)
    assert workshop.look().step == first.step


def test_advance_makes_so_many_steps_and_pauses(workshop: Workshop) -> None:
    workshop.send(Advance(7))
    assert workshop.look_until(paused).step == 7
    workshop.send(Advance(1))
    assert workshop.look_until(lambda s: paused(s) and s.step > 7).step == 8


def test_an_epoch_ends_where_the_next_begins(workshop: Workshop) -> None:
    workshop.send(Advance(4))
    workshop.look_until(paused)
    workshop.send(AdvanceEpoch())
    assert workshop.look_until(paused).epoch == 1.0
    workshop.send(AdvanceEpoch())
    assert workshop.look_until(lambda s: paused(s) and s.epoch > 1).epoch == 2.0


def test_a_paused_run_is_measured_at_its_own_step(workshop: Workshop) -> None:
    workshop.send(Advance(33))
    snapshot = workshop.look_until(paused)
    assert snapshot.measured_at == 33 and 33 not in snapshot.history["step"]


def test_a_slow_run_answers_at_once_and_can_be_stopped(workshop: Workshop) -> None:
    workshop.send(SetSpeed(0.01), Play())
    assert workshop.look().step <= 1
    workshop.send(SetSpeed(None))
    workshop.look_until(lambda s: s.step > 20)


def test_paused_stepped_and_edited_it_is_the_same_history(
    workshop: Workshop, moons: Dataset, experiment: Experiment
) -> None:
    workshop.send(Advance(20))
    workshop.look_until(paused)
    workshop.send(ChangeSpoiling(wrong_labels(0.3)), OpenTest(), ChangeLearningRate(0.02))
    workshop.send(Advance(1))
    workshop.look_until(lambda s: s.step == 21)
    workshop.send(Play())
    workshop.look_until(lambda s: s.step > 80)
    workshop.send(Pause())
    final = workshop.look_until(paused)
    headless = Trainer(final.experiment, moons)
    for _ in range(final.step):
        headless.step()
    history = headless.history.view()
    for name, column in final.history.columns.items():
        assert np.array_equal(column, history[name], equal_nan=True), name


def test_an_edit_that_does_not_fit_is_refused_and_the_run_goes_on(workshop: Workshop) -> None:
    foreign = CorruptionConfig(name="word_noise", amount=0.2)
    workshop.send(Advance(3), ChangeSpoiling(Spoiling(corruptions=(foreign,))))
    snapshot = workshop.look_until(lambda s: s.step == 3)
    assert len(workshop.refusals) == 1 and not snapshot.changes
    workshop.send(Advance(1))
    assert workshop.look_until(lambda s: s.step == 4).spoiling == Spoiling()


def test_a_planned_change_that_turns_out_not_to_fit_pauses_the_run_and_ends_the_plan(
    moons: Dataset, experiment: Experiment
) -> None:
    other = DatasetConfig(name="shapes", options={"shape": "circles", "points": 200})
    planned = (Edit(step=3, dataset=other), Edit(step=90, learning_rate=0.1))
    workshop = Workshop(experiment.replace(edits=planned), moons)
    try:
        workshop.send(Play())
        ended = workshop.look_until(paused)
        assert ended.step == 3 and len(workshop.refusals) == 1
        assert not ended.plan.to_come
        workshop.send(Advance(1))
        assert workshop.look_until(lambda s: s.step == 4).state != "diverged"
    finally:
        workshop.stop()
