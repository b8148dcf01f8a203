"""Which runs of a sweep are trained by whom: units of work, each of runs that are alike."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from typing import Final

from visualiser.core.models import linear, mlp
from visualiser.core.sweep.sweep import Cell

TOGETHER: Final = frozenset({linear.MODEL.name, mlp.MODEL.name})
"""Models that are worth training at once: layers of neurons, most of whose short steps is spent on
starting them. Small convolutions on 28 × 28 pixels take two to three times as long at once as one
after another (measured, 7 and 35 models), and torch.func.vmap knows no recurrent layers."""

FEWEST_TOGETHER: Final = 4
"""Fewer are quicker one after the other: measured, vmap takes as long as three steps."""
MOST_TOGETHER: Final = 40
"""More gain hardly anything, and their results would come later."""
WORTH_A_PROCESS: Final = 24
"""Runs that are trained at once are not spread over processes in smaller lots: to start one takes
as long as such a lot of small models."""


@dataclass(frozen=True)
class Unit:
    """Runs for one worker, one after the other or at once."""

    cells: tuple[Cell, ...]

    @property
    def key(self) -> str:
        """What it is known by: equal for the same runs in the same order, and for no others."""
        return sha256("-".join(cell.key for cell in self.cells).encode()).hexdigest()[:24]


def plan(
    cells: Sequence[Cell],
    done: Collection[str],
    workers: int,
    worth_a_worker: int = WORTH_A_PROCESS,
) -> tuple[Unit, ...]:
    """The runs that are not done yet, each once, in lots for so many workers.

    Models that train at once come in lots as large as that is good for, so that every worker has
    some if they are worth one; all others one by one.
    """
    pending = {cell.key: cell for cell in reversed(cells) if cell.key not in done}
    alike: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in reversed(pending.values()):
        alike[_likeness(cell)].append(cell)
    return tuple(
        unit for group in alike.values() for unit in _units(group, workers, worth_a_worker)
    )


def _likeness(cell: Cell) -> tuple[str, str]:
    """Equal for runs that only differ in their data and in how often they go through it."""
    experiment = cell.experiment
    training = experiment.training.replace(epochs=1)
    return experiment.model.model_dump_json(), training.model_dump_json()


def _units(group: Sequence[Cell], workers: int, worth: int) -> list[Unit]:
    if group[0].experiment.model.name not in TOGETHER:
        return [Unit((cell,)) for cell in group]
    lots = max(min(workers, len(group) // worth), ceil(len(group) / MOST_TOGETHER), 1)
    size = ceil(len(group) / lots)
    return [Unit(tuple(group[at : at + size])) for at in range(0, len(group), size)]
