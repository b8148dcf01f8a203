"""Layers of models that foretell the next character at every place of a text.

All of them take and give (N, length, width), and what they answer at a place depends on that
place and those before it alone.
"""

from dataclasses import dataclass
from typing import ClassVar

from visualiser.core.models.layers import Matrix, Shape, Vectors, Weightless


@dataclass(frozen=True)
class DenseOverText:
    """One fully connected layer for all places: (N, length, inputs) → (N, length, outputs)."""

    length: int
    inputs: int
    outputs: int
    title: ClassVar[str] = "Layer"

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""
        return self.outputs * (self.inputs + 1)

    @property
    def multiply_adds(self) -> int:
        """Multiplications with addition for one example, forward."""
        return self.length * self.outputs * self.inputs

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.length, self.outputs)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """One."""
        return (Matrix(self.outputs, self.inputs),)


@dataclass(frozen=True)
class WithinText:
    """A layer that leaves the shape as it is.

    Attributes:
        length: places.
        width: numbers at each.
    """

    length: int
    width: int

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.length, self.width)


@dataclass(frozen=True)
class Places(Vectors):
    """A vector to learn for each place, added to what stands there; places are the codes."""

    title: ClassVar[str] = "Places"

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.codes, self.width)


@dataclass(frozen=True)
class Normalisation(WithinText):
    """The numbers of a place with mean 0 and deviation 1, then scaled and shifted as learnt.

    Ba, Kiros and Hinton, “Layer normalization” (2016).
    """

    title: ClassVar[str] = "Normalisation"

    @property
    def parameters(self) -> int:
        """A scale and a shift for each number."""
        return 2 * self.width

    @property
    def multiply_adds(self) -> int:
        """Not counted: small against the layers with matrices."""
        return 0

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """None: these are two numbers for each neuron."""
        return ()


@dataclass(frozen=True)
class Attention(WithinText):
    """What each place takes from those before it, added to what it has (Vaswani et al. 2017).

    Normalised beforehand, which learns more steadily (Xiong et al. 2020).

    Attributes:
        heads: ways of looking back; `width` is a multiple of it.
        dropout: share of what is added that is set to zero while training.
    """

    heads: int
    dropout: float = 0.0
    title: ClassVar[str] = "Attention"

    @property
    def parameters(self) -> int:
        """Four matrices with biases, and the normalisation."""
        return 4 * self.width * (self.width + 1) + 2 * self.width

    @property
    def multiply_adds(self) -> int:
        """Four matrices at each place; each place against each, twice."""
        return self.length * (4 * self.width**2 + 2 * self.length * self.width)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """What is sought, what is offered, what is taken, and how heads are put together."""
        names = ("query", "key", "value", "output")
        return tuple(
            Matrix(self.width, self.width, name, f"{name}.weight", f"{name}.bias") for name in names
        )


@dataclass(frozen=True)
class FeedForward(WithinText):
    """A small network at each place, added to what is there; normalised beforehand.

    Attributes:
        hidden: neurons of its one hidden layer.
        dropout: share of what is added that is set to zero while training.
    """

    hidden: int
    dropout: float = 0.0
    title: ClassVar[str] = "Feed-forward"

    @property
    def parameters(self) -> int:
        """Two layers, and the normalisation."""
        return self.width * (2 * self.hidden + 3) + self.hidden

    @property
    def multiply_adds(self) -> int:
        """Multiplications with addition for one example, forward."""
        return self.length * 2 * self.width * self.hidden

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """Into the hidden layer and out of it."""
        return (
            Matrix(self.hidden, self.width, "hidden", "hidden.weight", "hidden.bias"),
            Matrix(self.width, self.hidden, "output", "output.weight", "output.bias"),
        )


@dataclass(frozen=True)
class LastPlaces(Weightless):
    """What stands at each place and at those before it, in a row; zeros before the beginning.

    Attributes:
        places: how many, the last one being the place itself.
    """

    places: int

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        length, width = self.input_shape
        return (length, width * self.places)
