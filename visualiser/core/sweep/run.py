"""A sweep from its folder to its figures, wherever the work is done."""

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from visualiser.core.data.source import Progress
from visualiser.core.experiment_file import experiment_text
from visualiser.core.sweep.desk import Desk
from visualiser.core.sweep.plan import WORTH_A_PROCESS, Unit, plan
from visualiser.core.sweep.result import CellLog, CellResult
from visualiser.core.sweep.sweep import Cell, Sweep, cells_of

_WORTH_A_WORKER = 7
"""Runs in a lot for a cluster, whose workers need not be started: as many amounts are usual."""


_WORTH_A_PROCESS_THAT_IS = 12
"""Runs in a lot where processes are started in any case."""
_WORTH_PROCESSES = 15.0
"""Seconds of work for which processes are started: that takes some three."""


@dataclass(frozen=True)
class Place:
    """Where the work is done.

    Attributes:
        workers: processes; one means this process itself, none that it begins by itself and takes
            as many processes as there are cores once that is worth their start.
        scheduler: address of a Dask cluster that does it instead; empty for this machine.
        apart: never in this process, which has better things to do.
    """

    workers: int = 0
    scheduler: str = ""
    apart: bool = False


def usual_workers() -> int:
    """As many processes as this machine has cores."""
    return max(1, os.cpu_count() or 1)


def run_sweep(
    sweep: Sweep,
    log: CellLog,
    place: Place,
    progress: Progress,
    told: Callable[[CellResult], None],
    early: Callable[[Sequence[CellResult]], None] | None = None,
) -> tuple[Cell, ...]:
    """Train what is not in the log yet; gives the runs that had to be given up.

    `log` is of the folder that the sweep was opened in, and `told` hears of each result when it is
    on the disk; `early` of those under way, now and then, as they stand.

    Raises:
        UserError: an experiment cannot be trained, a result cannot be written, or there is no
            cluster.
        Cancelled: the user asked to stop; what is done is kept.
        WorkerError: an error in the program, in another process.
    """
    cells = cells_of(sweep)
    wanted = {cell.key for cell in cells}
    done = wanted & log.results.keys()
    desk = Desk(log, len(wanted), len(done), progress, told, early)
    if place.scheduler:
        from visualiser.core.sweep.cluster import connected

        with connected(place.scheduler, progress.check) as cluster:
            lots = plan(cells, done, cluster.workers, _WORTH_A_WORKER)
            cluster.train(lots, desk)
    else:
        there_anyway = place.apart or place.workers > 1
        worth = _WORTH_A_PROCESS_THAT_IS if there_anyway else WORTH_A_PROCESS
        units = plan(cells, done, place.workers or usual_workers(), worth)
        _train_on_this_machine(units, place, desk)
    desk.finish()
    return tuple(desk.lost)


def _train_on_this_machine(units: Sequence[Unit], place: Place, desk: Desk) -> None:
    left = deque(units)
    while left and not place.apart and place.workers <= 1:
        started = monotonic()
        _train_here(left.popleft(), desk)
        worth_it = len(left) * (monotonic() - started) > _WORTH_PROCESSES
        if worth_it and place.workers != 1 and usual_workers() > 1:
            break
    if left:
        from visualiser.core.sweep.pool import train_in_processes

        workers = place.workers or usual_workers()
        train_in_processes(left, workers, desk, gently=place.apart)


def _train_here(unit: Unit, desk: Desk) -> None:
    from visualiser.core.sweep.work import train_cells

    texts = [experiment_text(cell.experiment) for cell in unit.cells]
    for result in train_cells(texts, desk.note, desk.look if desk.looks else None):
        desk.take(result)
