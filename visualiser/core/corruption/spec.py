"""What a module that spoils data has to say about itself."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from visualiser.core.data.dataset import Dataset, IntArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.experiment import SpoiledParts, Value

Touches = Literal["labels", "features", "rows"]
"""What a corruption changes: labels or targets, features, or which rows there are."""


_MEANINGS = {
    "share": "a share",
    "retained": "the share that is kept,",
    "sd": "standard deviations,",
    "db": "decibels,",
    "factor": "the share that is kept of the rarest,",
    "correlation": "a correlation",
    "columns": "a whole number of columns,",
    "times": "a whole number of times,",
    "severity": "a severity in whole steps,",
}
_TEXTS: dict[str, Callable[[float], str]] = {
    "share": lambda amount: f"{100 * amount:.3g} %",
    "retained": lambda amount: f"{100 * (1 - amount):.3g} %",
    "sd": lambda amount: f"{amount:.2g} sd",
    "db": lambda amount: f"{amount:.3g} dB".replace("-", "−"),
    "factor": lambda amount: f"1 in {1 / amount:.3g} kept",
    "correlation": lambda amount: f"{amount:.2f}",
    "severity": lambda amount: f"severity {amount:.0f}",
    "columns": lambda amount: _counted(amount, "column"),
    "times": lambda amount: _counted(amount, "time"),
}
_WHOLE = frozenset({"severity", "columns", "times"})
"""Units of amounts that are counted."""


def _counted(amount: float, noun: str) -> str:
    return f"{amount:.0f} {noun}{'' if amount == 1 else 's'}"


def _nothing() -> IntArray:
    return read_only(np.zeros(0, dtype=np.int64))


class NoOptions(Value):
    """Options of a corruption that has nothing to set besides its amount."""


@dataclass(frozen=True)
class Amount:
    """The one number that a slider sets.

    Attributes:
        parameter: the field's name for it, as in “label_noise_rate”.
        identity: the amount that changes nothing (the slider's left end).
        extreme: the amount at the slider's right end; may be below `identity`.
        unit: "share" (shown in per cent), "retained" (a share that is kept, shown as the per cent
            left out), "sd" (standard deviations), "db" (decibels between a signal and noise),
            "factor" (1 in n is kept), "correlation", "severity" (a step of a scale), or "columns"
            or "times", which are counted; the last three are whole.
    """

    parameter: str
    identity: float
    extreme: float
    unit: str

    @property
    def range_text(self) -> str:
        """What it is and what it may be: “the share that is kept, from 1 (spoils nothing) to 0”."""
        return f"{_MEANINGS[self.unit]} from {self.identity:g} (spoils nothing) to {self.extreme:g}"

    @property
    def whole(self) -> bool:
        """Whether only whole amounts make sense."""
        return self.unit in _WHOLE

    def contains(self, amount: float) -> bool:
        """Whether `amount` lies between identity and extreme, and is whole where it has to be."""
        low, high = sorted((self.identity, self.extreme))
        return low <= amount <= high and not (self.whole and amount % 1)

    def text(self, amount: float) -> str:
        """The amount as a user reads it: “20 %”, “0.5 sd”, “1 in 10 kept”."""
        if self.unit == "db" and amount == self.identity:
            return "none"
        return _TEXTS[self.unit](amount)


@dataclass(frozen=True, eq=False)
class Change:
    """What one corruption really did.

    Attributes:
        changed: how many of `eligible` were changed, removed or repeated.
        noun: what they are, as in “labels”, “pictures” or “words”.
        verb: what was done: “changed”, “removed” …
        rows: positions in the clean part of what was changed, removed or repeated.
        added: rows of the data set that were added from elsewhere than the clean part.
        touches: what this change touched, where an option decides otherwise than the registry
            says; None where it does not.
    """

    name: str
    amount: float
    changed: int
    eligible: int
    noun: str
    verb: str
    rows: IntArray
    added: IntArray = field(default_factory=_nothing)
    touches: Touches | None = None

    def sentence(self) -> str:
        """“37 of 250 labels changed”."""
        return f"{self.changed:,} of {self.eligible:,} {self.noun} {self.verb}"


@dataclass(frozen=True, eq=False)
class Context:
    """What a corruption may know besides the rows it spoils.

    Attributes:
        dataset: names of classes and groups, task, modality.
        clean: the clean part; statistics such as standard deviations are taken from it.
        reference: the clean training part, whose standard deviations are the unit of noise.
        test: the test part, where rows of it may be copied; None where it is out of reach.
    """

    dataset: Dataset
    clean: Part
    reference: Part
    test: Part | None = None


@dataclass(frozen=True)
class Corruption:
    """A way of spoiling on offer.

    Attributes:
        name: key in experiments.
        flag: option on the command line, without dashes: “label-noise”.
        title: label of the slider: “Wrong labels”.
        dimension: side of data quality: “Labels”, “Noise”, “Balance”, “Bias” …
        touches: what it changes.
        story: one sentence with the everyday case.
        source: paper or convention it follows.
        options: pydantic model of the further options, all with defaults.
        refuses: dataset → why it makes no sense there, or None where it does.
        corrupt: (part, amount, options, context, generator) → (part, Change). Pure: the part
            given is not changed. All randomness comes from the generator, whose seed depends on
            the experiment and the corruption's name but never on the amount; draws are made for
            every row of the clean part and looked up by `part.origin`, so that more amount
            changes a superset of rows.
        parts: what it is done to unless the user says otherwise. A clue that is there whenever the
            data is collected is in the validation rows too, and gone where the model is used.
        training_only: it makes sense of what is learnt from only; validation rows are left alone.
        widen: (dataset, amount, options) → names of the numeric columns that it fills and that the
            data does not have; they hold 0 wherever nothing is spoiled. None for most.
    """

    name: str
    flag: str
    title: str
    dimension: str
    touches: Touches
    story: str
    source: str
    amount: Amount
    options: type[Value]
    refuses: Callable[[Dataset], str | None]
    corrupt: Callable[[Part, float, Any, Context, np.random.Generator], tuple[Part, Change]]
    parts: SpoiledParts = "train"
    training_only: bool = False
    widen: Callable[[Dataset, float, Any], tuple[str, ...]] | None = None


def generator_of(seed: int, name: str, held_out: bool = False) -> np.random.Generator:
    """The draws of a corruption: they depend on seed and name, never on the amount.

    Validation rows (`held_out`) get draws of their own, not those of the training rows at the
    same places.
    """
    return np.random.default_rng([seed, zlib.crc32(name.encode()), held_out])
