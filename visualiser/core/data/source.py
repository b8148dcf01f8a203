"""What a module that brings a data set has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from visualiser.core.data.dataset import Dataset, Modality, TaskName
from visualiser.core.experiment import Value

Job = Literal[
    "First steps",
    "Image recognition",
    "Spam detection",
    "House prices",
    "Product recommendations",
    "Demand forecasting",
    "Language generation",
    "Sound",
    "Bias and decisions",
    "Classics",
    "Your own data",
]
"""Everyday jobs that data sets are sorted by, as the user reads them."""


class NoOptions(Value):
    """Nothing to set."""


class Progress:
    """Passed to long work: told how far it is, asked whether to go on.

    The default reports nothing and never cancels; the window passes one that does.
    """

    def update(self, done: float, text: str) -> None:
        """Report the share done (0…1) and what is going on, in a few words."""

    def check(self) -> None:
        """Raise Cancelled if the user asked to stop."""


class Portion(Progress):
    """A part of longer work, from the share `start` of it to `end`."""

    def __init__(self, whole: Progress, start: float, end: float, text: str = "") -> None:
        """`text` is told instead of what the part says of itself."""
        self._whole, self._start, self._end, self._text = whole, start, end, text

    def update(self, done: float, text: str) -> None:
        """Report the share of the whole."""
        share = self._start + done * (self._end - self._start)
        self._whole.update(share, self._text or text)

    def check(self) -> None:
        """Ask the whole."""
        self._whole.check()


class Cancelled(Exception):
    """The user pressed Cancel; nothing was changed."""


@dataclass(frozen=True)
class Source:
    """A data set on offer.

    Attributes:
        name: key in experiments and on the command line.
        title: as the user reads it.
        summary: one sentence for lists and tooltips.
        job: what such data is for; those of one job stand together in the registry.
        modality, task: known before loading; None for the user's own file.
        options: pydantic model of the options, all with defaults.
        load: (checked options, seed, progress) → Dataset. Raises UserError.
        defaults: model and training settings that suit it, merged over the general ones.
        file: which file or folder of the user's own a source reads; None for none. Its options
            have a `path` then.
        is_folder: whether that is a folder.
    """

    name: str
    title: str
    summary: str
    job: Job
    modality: Modality | None
    task: TaskName | None
    options: type[Value]
    load: Callable[[Any, int, Progress], Dataset]
    defaults: "Defaults"
    file: Callable[[Any], Path] | None = None
    is_folder: bool = False


@dataclass(frozen=True)
class Defaults:
    """What a newcomer should start with on a data set."""

    model: str = "mlp"
    model_options: tuple[tuple[str, Any], ...] = ()
    batch_size: int = 32
    learning_rate: float = 0.003
    weight_decay: float = 0.0
    epochs: int = 10
