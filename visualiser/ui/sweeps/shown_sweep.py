"""Which sweep the window shows, what is done of it, and what was shown before."""

from pathlib import Path

from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.summary import summarise
from visualiser.core.sweep.sweep import Sweep

Results = dict[str, CellResult]


class ShownSweep:
    """The sweep that is drawn: the one that was opened, or the last one that was started.

    Attributes:
        place: the sweep and its folder; None before there is one.
        results: key → result of what is done of it.
        early: the same of runs under way, as they stand.
    """

    def __init__(self) -> None:
        self.place: tuple[Sweep, Path] | None = None
        self.results: Results = {}
        self.early: Results = {}
        self._asked: tuple[Sweep, Path] | None = None
        self._before: tuple[tuple[Sweep, Path] | None, Results] | None = None
        self._opened = False

    @property
    def to_go_on_with(self) -> tuple[Sweep, Path] | None:
        """What Start goes on with; None where it begins what the form describes."""
        return self.place if self._opened else None

    def open(self, sweep: Sweep, folder: Path, results: Results) -> None:
        """Show what a folder has."""
        self.place = self._asked = sweep, folder
        self.results, self._opened = results, True

    def ask(self, sweep: Sweep, folder: Path) -> None:
        """It is wanted; what is shown stays until its folder is open."""
        self._asked = sweep, folder

    def begin(self, sweep: Sweep, results: Results) -> None:
        """The folder of what was asked for is open, with what is done there."""
        asked = self._asked or self.place
        if asked is None:
            return
        self._before = self.place, self.results
        self.place = self._asked = sweep, asked[1]
        self.results = dict(results)

    def turn_away(self) -> None:
        """Another sweep is described: what is shown stays, and is not gone on with."""
        self._opened = False

    def end(self, *, failed: bool) -> None:
        """The work has ended; where it failed before any run was done, back to what was before."""
        self.early = {}
        if failed and self._before is not None and self._nothing_done():
            self.place, self.results = self._before
        self._before = None
        self._opened = self.place is not None and self.place == self._asked

    def _nothing_done(self) -> bool:
        return self.place is not None and summarise(self.place[0], self.results).done == 0
