"""What a module that brings a way of encoding examples has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Modality
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

Form = Literal["vector", "grid", "tokens", "series", "pair", "context"]
"""What one encoded example looks like to a model.

vector: (D,) numbers in a row · grid: (C, H, W) channels of a picture · tokens: (L,) numbers of
words, 0 where there is none · series: (T, C) numbers for each moment, oldest first ·
pair: (2,) numbers of a customer and a product · context: (L,) numbers of characters. All are
float32, which is exact for such numbers.
"""


class Encoder(Protocol):
    """A fitted encoder.

    Attributes:
        shape: shape of one encoded example.
        names: what each number of a flat example means; empty for pictures.
        notes: what was fitted, one sentence each, shown to the user.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """See above."""

    @property
    def names(self) -> tuple[str, ...]:
        """See above."""

    @property
    def notes(self) -> tuple[str, ...]:
        """See above."""

    def transform(self, features: Features) -> FloatArray:
        """(N, *shape) float32, without NaN."""


@dataclass(frozen=True)
class Encoding:
    """A way from examples of one kind to numbers of one form.

    Attributes:
        options: pydantic model of `DatasetConfig.encoding`, all with defaults.
        fit: (data set, clean training part, checked options) → Encoder.
    """

    modality: Modality
    form: Form
    options: type[Value]
    fit: Callable[[Dataset, Part, Any], Encoder]
