"""Until when the data of a run was spoiled, where it is no longer."""

from collections.abc import Callable

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.experiment import Spoiling
from visualiser.core.training.snapshot import Snapshot


def healed_at(snapshot: Snapshot) -> int | None:
    """The last step on spoiled training data; None where it is spoiled now, or never was."""
    return None if snapshot.changes else _last_step(snapshot, lambda s: _spoils(s.on("train")))


def validation_healed_at(snapshot: Snapshot) -> int | None:
    """The last step with spoiled validation rows; None where there are some now, or never were."""
    if snapshot.spoiled_validation is not None:
        return None
    return _last_step(snapshot, lambda spoiling: _spoils(spoiling.on("validation")))


def _last_step(snapshot: Snapshot, holds: Callable[[Spoiling], bool]) -> int | None:
    """The step until which a thing held of the spoiling in force; edits still to come left out."""
    experiment = snapshot.experiment
    held, last = holds(experiment.spoiling), None
    for edit in experiment.edits:
        if edit.spoiling is None or not edit.came_before(snapshot.step):
            continue
        holds_now = holds(edit.spoiling)
        if held and not holds_now:
            last = edit.step
        held = holds_now
    return last


def _spoils(spoiling: Spoiling) -> bool:
    return any(
        config.amount != corruption_named(config.name).amount.identity
        for config in spoiling.corruptions
    )
