"""Where finished runs come in, whoever trained them: kept, told of, counted."""

from collections.abc import Callable, Sequence
from time import monotonic

from visualiser.core.data.source import Progress
from visualiser.core.sweep.result import CellLog, CellResult
from visualiser.core.sweep.sweep import Cell

_SECONDS_BETWEEN_REPORTS = 0.1


class Desk:
    """Keeps results as they come and says how far the work is.

    Attributes:
        lost: runs that could not be trained because their process ended twice.
    """

    def __init__(
        self,
        log: CellLog,
        runs: int,
        done: int,
        progress: Progress,
        told: Callable[[CellResult], None],
        early: Callable[[Sequence[CellResult]], None] | None = None,
    ) -> None:
        """`runs` are all of the sweep, `done` those of an earlier time; `told` hears of others.

        `early` hears of those under way.
        """
        self._early = early
        self._log, self._progress, self._told = log, progress, told
        self._runs, self._done = runs, done
        self._work = float(done)
        self._reported_at = float("-inf")
        self.lost: list[Cell] = []

    def take(self, result: CellResult) -> None:
        """Keep a result, once.

        Raises:
            UserError: it cannot be written.
        """
        if result.key not in self._log.results:
            self._log.append(result)
            self._done += 1
            self._told(result)

    @property
    def looks(self) -> bool:
        """Whether anybody wants to hear of runs under way."""
        return self._early is not None

    def look(self, results: Sequence[CellResult]) -> None:
        """Runs under way as they stand: told and not kept."""
        if self._early is not None:
            self._early(results)

    def lose(self, cell: Cell) -> None:
        """A run that is given up."""
        self.lost.append(cell)

    def note(self, runs: float) -> None:
        """The work of so many runs more is done; less than none where some was lost.

        Raises:
            Cancelled: the user asked to stop.
        """
        self._progress.check()
        self._work = max(self._work + runs, 0.0)
        if monotonic() - self._reported_at >= _SECONDS_BETWEEN_REPORTS:
            self._report(min(self._work / max(self._runs, 1), 1.0))

    def finish(self) -> None:
        """All work is done."""
        self._report(1.0)

    def _report(self, share: float) -> None:
        self._reported_at = monotonic()
        self._progress.update(share, f"{self._done:,} of {self._runs:,} runs trained")
