"""What can be chosen about the curves."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

Choice = Literal["epochs", "log_loss", "batches", "smooth", "baseline"]


@dataclass(frozen=True)
class Choices:
    """What the user chose about the curves."""

    epochs: bool = False
    log_loss: bool = False
    batches: bool = False
    smooth: bool = False
    baseline: bool = True

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """Names of what is switched on."""
        return tuple(name for name in get_args(Choice) if getattr(self, name))

    @classmethod
    def of(cls, chosen: Collection[str]) -> "Choices":
        """With what is named switched on, and all else off."""
        return cls(**{name: name in chosen for name in get_args(Choice)})
