"""Runs of a sweep on a Dask cluster: the same work on other machines.

A task (cluster_task.py) is a unit of runs with a key of its own, so that the scheduler knows it
again: where a machine goes, it gives the task to another one. The key is this sweep's alone: a
scheduler that is asked twice for one key trains it once, and who takes it back takes it from all.
Only this process writes results, each run once.
Dask's processes speak to each other by pickle, which runs what it brings: connect only to a
scheduler that you trust, on a network that you trust.
"""

import asyncio
import json
import logging
import os
from collections import deque
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from visualiser import __version__
from visualiser.core.data.source import Cancelled
from visualiser.core.errors import UserError
from visualiser.core.experiment_file import experiment_text
from visualiser.core.misfit import shown
from visualiser.core.sweep.cluster_task import train_unit
from visualiser.core.sweep.desk import Desk
from visualiser.core.sweep.plan import Unit
from visualiser.core.sweep.pool import WorkerError
from visualiser.core.sweep.result import CellResult

_CONNECT_SECONDS = 10
_SECONDS_BETWEEN_CHECKS = 0.1
_FETCH_SECONDS = 2.0
_WITHOUT_SCHEDULER = 20.0
"""Seconds after which a scheduler that does not answer is given up."""
_LEAST_WORKERS = 2
"""Work is cut for so many at least: more may come."""


def check_cluster() -> None:
    """See that this program can speak to a cluster.

    Raises:
        UserError: Dask is not installed.
    """
    if find_spec("distributed") is None:
        raise UserError(
            "Sweeps on a cluster need Dask, which is not installed.",
            "Install it with pip install visualiser[cluster]; from the folder of the program that "
            'is pip install -c constraints.txt ".[cluster]".',
        )


class Cluster:
    """A scheduler that this process is connected to."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._topic = f"visualiser-{uuid4().hex}"

    @property
    def workers(self) -> int:
        """For how many the work is cut."""
        found = self._client.scheduler_info(n_workers=-1)["workers"]
        return max(_LEAST_WORKERS, sum(int(worker["nthreads"]) for worker in found.values()))

    def train(self, units: Sequence[Unit], desk: Desk) -> None:
        """Train all units, wherever there is room.

        Raises:
            UserError: an experiment cannot be trained, or the scheduler is gone.
            Cancelled: the user asked to stop; what is not done is taken back.
            WorkerError: an error in the program, with its traceback.
        """
        heard: deque[str] = deque()
        self._client.subscribe_topic(self._topic, lambda event: heard.append(event[1]))
        under_way = {self._submit(unit, desk.looks): unit for unit in units}
        notes = {future.key: _Notes(desk) for future in under_way}
        try:
            heard_at = monotonic()
            while under_way:
                desk.note(0)
                while heard:
                    message = json.loads(heard.popleft())
                    notes[message["key"]].hear(message)
                # Asked of what this process knows: a thread for callbacks would outlive the work.
                for future in [future for future in under_way if future.done()]:
                    if self._take(future, under_way[future], desk, notes[future.key]):
                        del under_way[future]
                if self._client.status == "running":
                    heard_at = monotonic()
                elif monotonic() - heard_at > _WITHOUT_SCHEDULER:
                    raise self._gone()
                sleep(_SECONDS_BETWEEN_CHECKS)
        finally:
            if self._client.status == "running":
                self._client.unsubscribe_topic(self._topic)
                self._client.cancel(list(under_way), force=True)

    def _submit(self, unit: Unit, early: bool) -> Any:
        texts = json.dumps([experiment_text(cell.experiment) for cell in unit.cells])
        key = f"{self._topic}-{unit.key}"
        return self._client.submit(
            train_unit, texts, __version__, self._topic, early, key=key, pure=False
        )

    def _take(self, future: Any, unit: Unit, desk: Desk, notes: "_Notes") -> bool:
        """Keep what came of a unit; False where its worker went before it could be fetched."""
        if future.status == "error":
            error = future.exception()
            if type(error).__name__ != "KilledWorker":
                raise WorkerError(f"{type(error).__name__}: {error}")
            notes.close()
            for cell in unit.cells:
                desk.lose(cell)
            return True
        if future.status != "finished":
            raise self._gone()
        try:
            answer = json.loads(future.result(timeout=_FETCH_SECONDS))
        except TimeoutError:
            return False  # the scheduler has it trained again
        if "refused" in answer:
            raise UserError(*answer["refused"])
        notes.close()
        for result in answer["results"]:
            desk.take(CellResult.model_validate(result))
            desk.note(1)
        return True

    def _gone(self) -> UserError:
        return UserError(
            f"The scheduler at {self._address} does not answer any more.",
            "What was trained is kept: start it again and go on with the same folder.",
        )


class _Notes:
    """What the tasks of one unit have told of; only the attempt under way counts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._attempt, self._noted = "", 0.0
        self._closed = False

    def hear(self, message: dict[str, Any]) -> None:
        """Pass it on; of an attempt that follows another one, in place of that."""
        if self._closed:
            return
        if message["attempt"] != self._attempt:
            self._take_back()
            self._attempt = message["attempt"]
        if "work" in message:
            self._noted += message["work"]
            self._desk.note(message["work"])
        else:
            self._desk.look([CellResult.model_validate(one) for one in message["early"]])

    def close(self) -> None:
        """Runs will be counted whole, or given up."""
        self._take_back()
        self._closed = True

    def _take_back(self) -> None:
        self._desk.note(-self._noted)
        self._noted = 0.0


@contextmanager
def connected(address: str, check: Callable[[], None]) -> Iterator[Cluster]:
    """The cluster whose scheduler is at an address such as “tcp://192.168.0.5:8786”.

    `check` is asked again and again meanwhile, and may raise to give it up.

    Raises:
        UserError: Dask is not installed, or no scheduler answers there.
    """
    check_cluster()
    _host_and_port(address)
    distributed: Any = import_module("distributed")  # it need not be there
    logging.getLogger("distributed").setLevel(logging.ERROR)
    _see_that_it_is_one(address, check)
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise _nobody(address, _reason(error)) from error
    try:
        yield Cluster(client, address)
    finally:
        client.close()


def _host_and_port(address: str) -> tuple[str, int]:
    """Of an address of the form tcp://NAME:PORT.

    Raises:
        UserError: it has another one.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        plain = address == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc
    except ValueError:  # a port that is no number
        host, port, plain = None, None, False
    if not (plain and host and port and parts.scheme in ("tcp", "tls")):
        raise _nobody(address, "an address has the form tcp://NAME:PORT")
    return host, port


def _see_that_it_is_one(address: str, check: Callable[[], None]) -> None:
    """Ask who is there, before there is a client: that would wait for ever for one who is silent.

    Raises:
        UserError: nobody, somebody who says nothing, or somebody else than a scheduler.
    """
    try:
        kind = asyncio.run(_answer_within(_CONNECT_SECONDS, _kind_of(address), check))
    except Cancelled:
        raise
    except TimeoutError as error:
        reason = f"nothing came of it within {_CONNECT_SECONDS:g} seconds"
        raise _nobody(address, reason) from error
    except (OSError, ValueError, TypeError) as error:
        raise _nobody(address, _reason(error)) from error
    except Exception as error:  # a stranger may say anything
        raise _nobody(address, "who answers there does not speak as Dask does") from error
    if kind != "Scheduler":
        raise _nobody(address, f"that is a {kind.lower()} of Dask" if kind else "it is none")


async def _answer_within(
    seconds: float, asked: Coroutine[Any, Any, str], check: Callable[[], None]
) -> str:
    task, ends = asyncio.create_task(asked), monotonic() + seconds
    try:
        while not task.done():
            check()
            if monotonic() > ends:
                raise TimeoutError
            await asyncio.wait([task], timeout=_SECONDS_BETWEEN_CHECKS)
        return task.result()
    finally:
        task.cancel()


async def _kind_of(address: str) -> str:
    """What a process of Dask calls itself: “Scheduler”, “Worker”."""
    # A client of Dask tries again where nobody listens; that is known at once.
    _, writer = await asyncio.open_connection(*_host_and_port(address))
    writer.close()
    comm_of: Any = import_module("distributed.comm")
    security: Any = import_module("distributed.security").Security()
    # Nothing of what it sends is executed.
    comm = await comm_of.connect(
        address,
        timeout=_CONNECT_SECONDS,
        deserialize=False,
        **security.get_connection_args("client"),
    )
    try:
        await comm.write({"op": "identity", "reply": True})
        answer = await comm.read()
    finally:
        comm.abort()
    return str(answer.get("type", "")) if isinstance(answer, dict) else ""


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and (error.errno or 0) > 0:
        return os.strerror(error.errno or 0)
    return (error.strerror if isinstance(error, OSError) else "") or str(error)


def _nobody(address: str, reason: str) -> UserError:
    return UserError(
        f"No scheduler answers at {shown(address)} ({reason}).",
        "Start one with “dask scheduler”, and write its address as tcp://NAME:8786.",
    )
