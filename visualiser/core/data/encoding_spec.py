"""What a module that brings a way of encoding examples has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Modality
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

Form = Literal["vector", "grid", "tokens", "series", "pair", "basket", "context"]
"""What one encoded example looks like to a model.

vector: (D,) numbers in a row · grid: (C, H, W) channels of a picture · tokens: (L,) numbers of
words, 0 where there is none · series: (T, C) numbers for each moment, oldest first ·
pair: (2,) numbers of a customer and a product · basket: (L,) numbers of products, 0 where there is
none · context: (L,) numbers of characters. All are float32, which is exact for such numbers.
"""


class Encoder(Protocol):
    """A fitted encoder.

    Attributes:
        shape: shape of one encoded example.
        names: what each number of a flat example, or of a moment of a series, means; empty for
            pictures.
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


@runtime_checkable
class CodingEncoder(Encoder, Protocol):
    """An encoder whose numbers are codes: of words, of characters, of customers and products.

    Attributes:
        vocabularies: what code 0, 1, … stands for: one vocabulary for all places of tokens and
            contexts, one for each place of a pair.
    """

    @property
    def vocabularies(self) -> tuple[tuple[str, ...], ...]:
        """See above."""


@runtime_checkable
class RelatingEncoder(Encoder, Protocol):
    """An encoder that tells of a row what other training rows say, as those of its customer."""

    def told_by(self, train: Part) -> Encoder:
        """The same encoder, with other rows as `train` has them, a training part spoiled or not.

        For the rows of that part alone: others are told what the clean part says.
        """


@dataclass(frozen=True)
class Inputs:
    """What a model has to know of its inputs before it can be laid out.

    Attributes:
        shape: of one encoded example.
        codes: how many codes each vocabulary has; empty where inputs are amounts.
    """

    shape: tuple[int, ...]
    codes: tuple[int, ...] = ()


def inputs_of(encoder: Encoder) -> Inputs:
    """What the examples of an encoder look like to a model."""
    coded = encoder.vocabularies if isinstance(encoder, CodingEncoder) else ()
    return Inputs(encoder.shape, tuple(len(vocabulary) for vocabulary in coded))


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
