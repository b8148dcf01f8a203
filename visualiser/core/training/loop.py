"""The loop around a trainer on a worker thread: commands in, snapshots out, at a chosen speed."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import assert_never

from visualiser.core.errors import UserError
from visualiser.core.training import commands
from visualiser.core.training.commands import Command, EditCommand
from visualiser.core.training.mailbox import Mailbox
from visualiser.core.training.snapshot import State
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

_WATCHABLE = 30.0
"""Up to so many steps a second every snapshot is measured anew: there is time, and eyes follow."""


class TrainingLoop:
    """Runs until it is told to stop. All commands are applied between steps."""

    def __init__(
        self,
        trainer: Trainer,
        queue: "SimpleQueue[Command]",
        mailbox: Mailbox,
        answered: Callable[[], None],
        refused: Callable[[UserError], None],
    ) -> None:
        """`answered` is called after each snapshot, `refused` when a command cannot be done."""
        self._trainer = trainer
        self._queue = queue
        self._mailbox = mailbox
        self._answered = answered
        self._refused = refused
        self._stopped = False
        self._playing = False
        self._owes_step = False
        self._until: Callable[[], bool] | None = None
        self._interval = 0.0
        self._next_step_at = 0.0

    def run(self) -> None:
        """Work until Stop.

        After each snapshot comes a step: who asks again and again sees a run that moves.
        """
        while not self._stopped:
            if not self._playing or not (self._owes_step or self._queue.empty()):
                self._handle(self._queue.get())
            elif self._interval and not self._time_to_step():
                continue
            else:
                self._step()

    def _time_to_step(self) -> bool:
        """Wait for the next step of a slowed run, or for a command, whichever comes first."""
        wait = self._next_step_at - monotonic()
        if wait > 0:
            try:
                self._handle(self._queue.get(timeout=wait))
            except Empty:
                return True
            return False
        return True

    def _step(self) -> None:
        trainer = self._trainer
        try:
            trainer.step()
        except UserError as error:  # a planned change that turns out not to fit
            trainer.drop_plan()
            self._pause()
            self._refused(error)
        self._owes_step = False
        if self._interval:
            self._next_step_at = max(self._next_step_at + self._interval, monotonic())
        if trainer.diverged or (self._until is not None and self._until()):
            self._pause()

    def _pause(self) -> None:
        self._playing, self._until = False, None

    def _play(self, until: Callable[[], bool] | None) -> None:
        self._playing, self._until = not self._trainer.diverged, until
        self._next_step_at = monotonic()

    def _handle(self, command: Command) -> None:
        try:
            self._apply(command)
        except UserError as error:
            self._refused(error)

    def _apply(self, command: Command) -> None:
        trainer = self._trainer
        match command:
            case commands.Look(want):
                self._show(want)
            case commands.Play():
                self._play(until=None)
            case commands.Pause():
                self._pause()
            case commands.Advance(steps):
                target = trainer.step_number + steps
                self._play(until=lambda: trainer.step_number >= target)
            case commands.AdvanceEpoch():
                next_epoch = int(trainer.epoch + 1e-9) + 1
                self._play(until=lambda: trainer.epoch >= next_epoch - 1e-9)
            case commands.SetSpeed(steps_per_second):
                self._interval = 0.0 if steps_per_second is None else 1 / steps_per_second
                self._next_step_at = monotonic() + self._interval
            case commands.OpenTest():
                trainer.open_test()
            case commands.Stop():
                self._stopped = True
            case _:
                self._edit(command)

    def _edit(self, command: EditCommand) -> None:
        trainer = self._trainer
        match command:
            case commands.ChangeLearningRate(learning_rate):
                trainer.change_learning_rate(learning_rate)
            case commands.ChangeSpoiling(spoiling):
                trainer.change_spoiling(spoiling)
            case commands.ChangeRepairs(repairs):
                trainer.change_repairs(repairs)
            case commands.ChangeData(dataset):
                trainer.change_data(dataset)
            case commands.ChangePlan(edits):
                trainer.change_plan(edits)
            case commands.DropPlan():
                trainer.drop_plan()
            case _:
                assert_never(command)

    def _show(self, want: Want) -> None:
        slow = self._interval > 1 / _WATCHABLE
        state: State = "running" if self._playing else "paused"
        if self._trainer.step_number == 0 and not self._playing:
            state = "ready"
        self._mailbox.put(self._trainer.snapshot(want, state, fresh=slow or not self._playing))
        self._owes_step = True
        self._answered()
