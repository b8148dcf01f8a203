"""What the training data of a run is or was spoiled with: healed data does not heal a model.

A secret that was learnt, or a clue that a model goes by, is asked about for the rest of the run.
"""

from dataclasses import dataclass

from visualiser.core.corruption.planted_secret import NAME as SECRET
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.questions.exposure import Exposure
from visualiser.core.training.snapshot import RunInfo, Snapshot


@dataclass(frozen=True)
class SpoiledWith:
    """One way of spoiling the training part, as the run has or had it last.

    Attributes:
        healed_at: the step at which it was taken back; None while it is in force.
    """

    config: CorruptionConfig
    healed_at: int | None


def spoiled_with(snapshot: Snapshot, name: str) -> SpoiledWith | None:
    """How the run is or was last spoiled with a corruption, None if not for a single step."""
    now = config_of(snapshot.spoiling, name)
    if now is not None:
        return SpoiledWith(now, None)
    experiment = snapshot.experiment
    held, since = config_of(experiment.spoiling, name), 0
    last: SpoiledWith | None = None
    for edit in experiment.edits:
        if edit.spoiling is None or edit.step is None or not edit.came_before(snapshot.step):
            continue
        if held is not None and edit.step > since:
            last = SpoiledWith(held, edit.step)
        held, since = config_of(edit.spoiling, name), edit.step
    return last


def exposure_of(planted: SpoiledWith | None, info: RunInfo) -> Exposure | None:
    """The question about a secret that is or was planted; None without one."""
    if planted is None:
        return None
    seed = planted.config.seed
    return Exposure(info.experiment.seed if seed is None else seed)


def secret_question(snapshot: Snapshot) -> Exposure | None:
    """About the secret that is planted in this run's text, or was earlier."""
    return exposure_of(spoiled_with(snapshot, SECRET), snapshot.info)


def config_of(spoiling: Spoiling, name: str) -> CorruptionConfig | None:
    """How a recipe does it to the training part, None where it does not."""
    return next((c for c in spoiling.on("train").corruptions if c.name == name and c.amount), None)
