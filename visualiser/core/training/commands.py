"""What the window may ask of a running training, as small values applied between steps."""

from dataclasses import dataclass

from visualiser.core.experiment import DatasetConfig, Edit, LearningRate, Repair, Spoiling
from visualiser.core.training.want import Want


@dataclass(frozen=True)
class Play:
    """Train until told otherwise."""


@dataclass(frozen=True)
class Pause:
    """Stop after the step under way."""


@dataclass(frozen=True)
class Advance:
    """Make so many steps, then pause."""

    steps: int


@dataclass(frozen=True)
class AdvanceEpoch:
    """Train to the end of the current epoch, then pause."""


@dataclass(frozen=True)
class SetSpeed:
    """Steps a second; None is as fast as it goes."""

    steps_per_second: float | None


@dataclass(frozen=True)
class ChangeLearningRate:
    """A new learning rate from the next step on; leaves a marker."""

    learning_rate: LearningRate


@dataclass(frozen=True)
class ChangeSpoiling:
    """Other spoiling from the next step on; leaves a marker. `Spoiling()` heals."""

    spoiling: Spoiling


@dataclass(frozen=True)
class ChangeRepairs:
    """A third model goes on with these rows repaired; leaves a marker. `()` ends it."""

    repairs: tuple[Repair, ...]


@dataclass(frozen=True)
class ChangeData:
    """Another data set of the same kind from the next step on, as when points were painted."""

    dataset: DatasetConfig


@dataclass(frozen=True)
class ChangePlan:
    """Make these edits when their time comes, in place of what was planned until now."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class DropPlan:
    """Forget the edits that are planned and still to come."""


@dataclass(frozen=True)
class OpenTest:
    """Measure on the test part, on purpose."""


@dataclass(frozen=True)
class Look:
    """Put a snapshot with what is wanted into the mailbox, at the next step boundary."""

    want: Want


@dataclass(frozen=True)
class Stop:
    """End the run and the thread."""


EditCommand = (
    ChangeLearningRate | ChangeSpoiling | ChangeRepairs | ChangeData | ChangePlan | DropPlan
)
"""What changes the experiment of a run."""

Command = Play | Pause | Advance | AdvanceEpoch | SetSpeed | EditCommand | OpenTest | Look | Stop
