"""Runs of a sweep in processes of this machine.

Processes of our own and not concurrent.futures.ProcessPoolExecutor: there one that dies takes all
that was under way with it, results come only by whole units of work, and none can be ended before
its unit is done. Here a process tells of each run and of its progress, one that dies costs the
runs that it was at, and Cancel ends all at once.
"""

import json
import multiprocessing
from collections import Counter, deque
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from typing import Any

from visualiser.core.errors import UserError
from visualiser.core.experiment_file import experiment_text
from visualiser.core.sweep.desk import Desk
from visualiser.core.sweep.plan import Unit
from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.worker_process import serve

_MOST_TRIES = 2
_MOST_DIED_IDLE = 20
"""Processes that may die between two lots of work; that is no fault of the work."""
_SECONDS_BETWEEN_CHECKS = 0.1
_PATIENCE = 5.0
"""Seconds that a process has to end."""


def train_in_processes(units: Sequence[Unit], workers: int, desk: Desk, *, gently: bool) -> None:
    """Train all units; runs of a process that died are tried once more, one by one.

    `gently` leaves the cores to who else wants them.

    Raises:
        UserError: an experiment cannot be trained, or no process can be started.
        Cancelled: the user asked to stop; no process is left.
        WorkerError: an error in the program, with its traceback.
    """
    pool = _Pool(units, desk, gently)
    try:
        pool.work(workers)
    finally:
        pool.end()


class WorkerError(RuntimeError):
    """An error in the program, in another process."""


class _Pool:
    def __init__(self, units: Sequence[Unit], desk: Desk, gently: bool) -> None:
        self._waiting = deque(units)
        self._desk, self._gently = desk, gently
        self._tries: Counter[str] = Counter()
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._died_idle = 0

    def work(self, workers: int) -> None:
        for _ in range(min(workers, len(self._waiting))):
            self._workers.append(self._new_worker())
        while self._waiting or any(worker.busy for worker in self._workers):
            ready = wait([worker.connection for worker in self._workers], _SECONDS_BETWEEN_CHECKS)
            self._desk.note(0)
            for worker in [one for one in self._workers if one.connection in ready]:
                self._hear(worker)

    def _new_worker(self) -> "_Worker":
        return _Worker(self._context, self._gently, self._desk.looks)

    def end(self) -> None:
        """Leave no process behind."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.end()

    def _hear(self, worker: "_Worker") -> None:
        """Take one message, or the end of a process."""
        try:
            message = json.loads(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._bury(worker)
            return
        self._obey(worker, message)

    def _obey(self, worker: "_Worker", message: dict[str, Any]) -> None:
        if "work" in message:
            worker.noted += message["work"]
            self._desk.note(message["work"])
        elif "early" in message:
            self._desk.look([CellResult.model_validate(one) for one in message["early"]])
        elif "result" in message:
            result = CellResult.model_validate(message["result"])
            worker.left.pop(result.key, None)
            worker.noted -= 1
            self._desk.take(result)
        elif "refused" in message:
            raise UserError(*message["refused"])
        elif "failed" in message:
            raise WorkerError(message["failed"])
        else:
            worker.is_up = True
            self._give(worker)

    def _give(self, worker: "_Worker") -> None:
        """Hand it what is next; one that has died meanwhile had no part in what it did not get."""
        worker.left, worker.noted = {}, 0.0
        if not self._waiting:
            return
        try:
            worker.send(self._waiting[0])
        except OSError as error:
            self._died_idle += 1
            if self._died_idle > _MOST_DIED_IDLE:
                raise UserError(
                    "The processes that train end again and again before they have begun.",
                    "The log of the system may say why; what was trained is kept.",
                ) from error
            self._bury(worker)
        else:
            worker.left = {cell.key: cell for cell in self._waiting.popleft().cells}

    def _bury(self, worker: "_Worker") -> None:
        """A process has died: what it was at is tried once more, each run by itself."""
        self._workers.remove(worker)
        worker.end()
        if not worker.is_up:
            raise UserError(
                "No process that trains could be started.",
                "Try again; the log or the terminal may say more.",
            )
        self._desk.note(-max(worker.noted, 0.0))
        for key, cell in worker.left.items():
            self._tries[key] += 1
            if self._tries[key] < _MOST_TRIES:
                self._waiting.append(Unit((cell,)))
            else:
                self._desk.lose(cell)
        if self._waiting:
            self._workers.append(self._new_worker())


class _Worker:
    """A process and what it is at.

    Attributes:
        left: runs that it has still to give.
        noted: work on them that it has told of, in runs.
        is_up: it has said that it is there.
    """

    def __init__(self, context: SpawnContext, gently: bool, early: bool) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, gently, early), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is the end of the connection
        self.left: dict[str, Any] = {}
        self.noted = 0.0
        self.is_up = False

    connection: "Connection[Any, Any]"

    @property
    def busy(self) -> bool:
        return bool(self.left) or not self.is_up

    def send(self, unit: Unit) -> None:
        """Hand over a unit of work.

        Raises:
            OSError: the process is gone.
        """
        texts = [experiment_text(cell.experiment) for cell in unit.cells]
        self.connection.send_bytes(json.dumps(texts).encode())

    def end(self) -> None:
        """Wait until the process is gone."""
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(_PATIENCE)
        self.connection.close()
