"""Runs of a sweep on a Dask cluster: the same work on other machines.

A task is a unit of runs with a key of its own, so that the scheduler knows it again: where a
machine goes, it gives the task to another one. Only this process writes results, each run once.
Dask's processes speak to each other by pickle, which runs what it brings: connect only to a
scheduler that you trust, on a network that you trust.
"""

import json
import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from visualiser import __version__
from visualiser.core.errors import UserError
from visualiser.core.experiment_file import experiment_text
from visualiser.core.misfit import shown
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

    @property
    def workers(self) -> int:
        """For how many the work is cut."""
        found = self._client.scheduler_info(n_workers=-1)["workers"]
        return max(_LEAST_WORKERS, sum(int(worker["nthreads"]) for worker in found.values()))

    def train(self, units: Sequence[Unit], desk: Desk) -> None:
        """Train all units, wherever there is room.

        Raises:
            UserError: an experiment cannot be trained, or the scheduler is gone.
            Cancelled: the user asked to stop; what has not begun is taken back.
            WorkerError: an error in the program, with its traceback.
        """
        under_way = {self._submit(unit): unit for unit in units}
        try:
            heard_at = monotonic()
            while under_way:
                desk.note(0)
                # Asked of what this process knows: a thread for callbacks would outlive the work.
                for future in [future for future in under_way if future.done()]:
                    if self._take(future, under_way[future], desk):
                        del under_way[future]
                if self._client.status == "running":
                    heard_at = monotonic()
                elif monotonic() - heard_at > _WITHOUT_SCHEDULER:
                    raise self._gone()
                sleep(_SECONDS_BETWEEN_CHECKS)
        finally:
            if self._client.status == "running":
                self._client.cancel(list(under_way), force=True)

    def _submit(self, unit: Unit) -> Any:
        texts = [experiment_text(cell.experiment) for cell in unit.cells]
        return self._client.submit(
            train_unit, json.dumps(texts), __version__, key=f"visualiser-{unit.key}", pure=False
        )

    def _take(self, future: Any, unit: Unit, desk: Desk) -> bool:
        """Keep what came of a unit; False where its worker went before it could be fetched."""
        if future.status == "error":
            error = future.exception()
            if type(error).__name__ != "KilledWorker":
                raise WorkerError(f"{type(error).__name__}: {error}")
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
        for result in answer["results"]:
            desk.take(CellResult.model_validate(result))
            desk.note(1)
        return True

    def _gone(self) -> UserError:
        return UserError(
            f"The scheduler at {self._address} does not answer any more.",
            "What was trained is kept: start it again and go on with the same folder.",
        )


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at an address such as “tcp://192.168.0.5:8786”.

    Raises:
        UserError: Dask is not installed, or no scheduler answers there.
    """
    check_cluster()
    _knock(address)
    distributed: Any = import_module("distributed")  # it need not be there
    logging.getLogger("distributed").setLevel(logging.ERROR)
    try:
        client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise _nobody(address, error) from error
    try:
        yield Cluster(client, address)
    finally:
        client.close()


def _knock(address: str) -> None:
    """See that somebody listens there: a client of Dask that finds nobody leaves a thread behind.

    Raises:
        UserError: the address is none, or nobody listens there.
    """
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("tcp", "tls") or parts.hostname is None or parts.port is None:
            raise ValueError("no address of the form tcp://NAME:8786")
        socket.create_connection((parts.hostname, parts.port), _CONNECT_SECONDS).close()
    except (OSError, ValueError) as error:
        raise _nobody(address, error) from error


def _nobody(address: str, error: Exception) -> UserError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UserError(
        f"No scheduler answers at {shown(address)} ({reason or type(error).__name__}).",
        "Start one with “dask scheduler”, and write its address as tcp://NAME:8786.",
    )


def train_unit(texts: str, version: str) -> str:
    """What a worker of the cluster does: experiments as JSON in, results as JSON out."""
    from visualiser.core.sweep.work import train_cells

    try:
        _check_version(version)
        results: list[dict[str, Any]] = [
            result.model_dump(mode="json") for result in train_cells(json.loads(texts))
        ]
    except UserError as error:
        return json.dumps({"refused": [error.message, error.hint]})
    return json.dumps({"results": results})


def _check_version(version: str) -> None:
    if version != __version__:
        raise UserError(
            f"A worker of the cluster has version {__version__} of this program, not {version}.",
            "Install the same version on all machines.",
        )
