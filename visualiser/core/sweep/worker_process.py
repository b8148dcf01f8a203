"""What a process of the pool does: trains the runs it is given until nobody gives it any more."""

import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from visualiser.core.errors import UserError

_SECONDS_BETWEEN_NOTES = 0.1
_GENTLY = 5
"""So many steps down in the queue for a core: the window and its own training go first."""


def serve(connection: Connection, gently: bool, early: bool) -> None:
    """Answer lists of experiments with results, as JSON, until the other end is closed.

    `gently` leaves the cores to others that want them; `early` tells of runs under way too.
    """
    # Ctrl-C in a terminal reaches the whole group: who gives the work decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if gently and sys.platform != "win32":
        os.nice(_GENTLY)
    try:
        _send(connection, {"up": True})
        while True:
            _train(connection, json.loads(connection.recv_bytes()), early)
            _send(connection, {"idle": True})
    except (EOFError, OSError):
        pass  # nobody wants the rest


def _train(connection: Connection, texts: list[str], early: bool) -> None:
    from visualiser.core.sweep.result import CellResult
    from visualiser.core.sweep.work import train_cells

    noted, sent_at = 0.0, monotonic()

    def note(share: float) -> None:
        nonlocal noted, sent_at
        noted += share
        if (now := monotonic()) - sent_at > _SECONDS_BETWEEN_NOTES:
            _send(connection, {"work": noted})
            noted, sent_at = 0.0, now

    def tell(results: Sequence[CellResult]) -> None:
        _send(connection, {"early": [result.model_dump(mode="json") for result in results]})

    try:
        for result in train_cells(texts, note, tell if early else None):
            _send(connection, {"result": result.model_dump(mode="json")})
    except UserError as error:
        _send(connection, {"refused": [error.message, error.hint]})
    except (EOFError, OSError):
        raise
    except Exception:
        _send(connection, {"failed": traceback.format_exc()})
    else:
        _send(connection, {"work": noted})


def _send(connection: Connection, message: dict[str, Any]) -> None:
    connection.send_bytes(json.dumps(message).encode())
