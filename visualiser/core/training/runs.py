"""A run of this session, kept for the list of runs, for overlay and for export."""

from dataclasses import dataclass

from visualiser.core.training.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class RunRecord:
    """A finished or current run.

    Attributes:
        number: 1 for the first run of the session, then counting up.
        title: as the list shows it: “Handwritten digits, MLP, wrong labels 20 %”.
        snapshot: the newest one; its history is the whole run.
    """

    number: int
    title: str
    snapshot: Snapshot
