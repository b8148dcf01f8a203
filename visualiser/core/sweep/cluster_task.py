"""What a worker of a Dask cluster does: trains a unit of runs, and tells how they stand."""

import json
from collections.abc import Sequence
from importlib import import_module
from time import monotonic
from typing import Any
from uuid import uuid4

from visualiser import __version__
from visualiser.core.data.source import Cancelled
from visualiser.core.errors import UserError
from visualiser.core.sweep.result import CellResult

_SECONDS_BETWEEN_NOTES = 0.25


def train_unit(texts: str, version: str, topic: str, early: bool) -> str:
    """Experiments as JSON in, results as JSON out.

    Meanwhile messages go to all who have subscribed to `topic`: how much is done and, if `early`,
    how runs under way stand. Each is JSON with the key of the task and a name of this attempt,
    since a scheduler gives work of a worker that is gone to another one.

    Raises:
        Cancelled: the task was taken back.
    """
    from visualiser.core.sweep.work import train_cells

    try:
        _check_version(version)
        line = _Line(topic)
        runs = train_cells(json.loads(texts), line.note, line.tell if early else None)
        results: list[dict[str, Any]] = [result.model_dump(mode="json") for result in runs]
    except UserError as error:
        return json.dumps({"refused": [error.message, error.hint]})
    return json.dumps({"results": results})


class _Line:
    """From the task that this thread is at to whoever asked for it."""

    def __init__(self, topic: str) -> None:
        self._worker: Any = import_module("distributed").get_worker()
        self._key = self._worker.get_current_task()
        self._topic, self._attempt = topic, uuid4().hex
        self._noted, self._sent_at = 0.0, monotonic()

    def note(self, share: float) -> None:
        """So much more of the work is done.

        Raises:
            Cancelled: nobody wants the rest.
        """
        self._noted += share
        if (now := monotonic()) - self._sent_at > _SECONDS_BETWEEN_NOTES:
            self._check()
            self._send({"work": self._noted})
            self._noted, self._sent_at = 0.0, now

    def tell(self, results: Sequence[CellResult]) -> None:
        """How runs under way stand."""
        self._send({"early": [result.model_dump(mode="json") for result in results]})

    def _check(self) -> None:
        task = self._worker.state.tasks.get(self._key)
        if task is None or task.state not in ("executing", "long-running", "resumed"):
            raise Cancelled

    def _send(self, message: dict[str, Any]) -> None:
        told = {"key": self._key, "attempt": self._attempt} | message
        self._worker.log_event(self._topic, json.dumps(told))


def _check_version(version: str) -> None:
    if version != __version__:
        raise UserError(
            f"A worker of the cluster has version {__version__} of this program, not {version}.",
            "Install the same version on all machines.",
        )
