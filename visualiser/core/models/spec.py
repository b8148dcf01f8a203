"""What a module that brings a model has to say about itself. No torch here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from visualiser.core.data.encoding_spec import Form, Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Layers


@dataclass(frozen=True)
class Model:
    """A model on offer.

    Attributes:
        name: key in experiments and on the command line.
        title: as the user reads it.
        story: one sentence on what it is and when to take it.
        options: pydantic model of its options, all with defaults.
        forms: what encoded examples may look like, what suits it best first.
        needs: why it cannot take other data, as in “a convolution needs pictures”.
        layers: (checked options, what its inputs are, outputs) → Layers. Outputs are one logit
            a class, or one number for regression.
        learning_rate: what suits it on any data; None for what suits the data.
    """

    name: str
    title: str
    story: str
    options: type[Value]
    forms: tuple[Form, ...]
    needs: str
    layers: Callable[[Any, Inputs, int], Layers]
    learning_rate: float | None = None
