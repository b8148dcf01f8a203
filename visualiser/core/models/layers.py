"""Layers as data: shapes, parameter counts and cost, known before any tensor exists.

A model in the registry is a function that returns a tuple of these. core/network/ turns them into
torch modules; the window reads them without loading torch. Layers of one family of models may
have a module of their own: anything with the attributes of Layer is one.
"""

from dataclasses import dataclass
from math import prod
from typing import ClassVar, Literal, Protocol

ActivationName = Literal["relu", "tanh", "sigmoid", "linear"]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Matrix:
    """Weights of a layer that are looked at as one: a heat map, a histogram over time.

    Attributes:
        outputs, inputs: weights are (outputs, inputs), further axes of inputs unrolled.
        title: what it is among the matrices of its layer, as in “query”; empty for an only one.
        weight: name of the parameter within the layer's torch module; its first axis is outputs.
        bias: name of the parameter with one number for each output, or empty.
    """

    outputs: int
    inputs: int
    title: str = ""
    weight: str = "weight"
    bias: str = "bias"


class Layer(Protocol):
    """What every layer can tell of itself."""

    @property
    def title(self) -> str:
        """What its kind is called, as the user reads it before its number: “Convolution”."""

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""

    @property
    def multiply_adds(self) -> int:
        """Multiplications with addition for one example, forward."""

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """The weights to be looked at, in the order of the way through the layer."""


Layers = tuple[Layer, ...]


@dataclass(frozen=True)
class Dense:
    """Fully connected: (N, inputs) → (N, outputs), weights (outputs, inputs) and a bias."""

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
        return self.outputs * self.inputs

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.outputs,)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """One."""
        return (Matrix(self.outputs, self.inputs),)


@dataclass(frozen=True)
class Convolution:
    """Square 2-D convolution with `same` padding: (N, C, H, W) → (N, outputs, H, W)."""

    input_shape: tuple[int, int, int]
    outputs: int
    kernel: int
    title: ClassVar[str] = "Convolution"

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""
        return self.outputs * (self.input_shape[0] * self.kernel**2 + 1)

    @property
    def multiply_adds(self) -> int:
        """Multiplications with addition for one example, forward."""
        channels, height, width = self.input_shape
        return self.outputs * channels * self.kernel**2 * height * width

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.outputs, *self.input_shape[1:])

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """One, (outputs, C, kernel, kernel)."""
        return (Matrix(self.outputs, self.input_shape[0] * self.kernel**2),)


@dataclass(frozen=True)
class Weightless:
    """A layer with nothing to learn: by itself it changes no shape."""

    input_shape: Shape
    title: ClassVar[str] = ""

    @property
    def parameters(self) -> int:
        """No weights."""
        return 0

    @property
    def multiply_adds(self) -> int:
        """Not counted: small against the layers with weights."""
        return 0

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return self.input_shape

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """None."""
        return ()


@dataclass(frozen=True)
class Vectors:
    """A vector to learn for each code, looked up rather than computed: (N, …) codes → (N, width).

    Attributes:
        codes: how many there are.
        width: numbers of a vector.
    """

    codes: int
    width: int

    @property
    def parameters(self) -> int:
        """One vector a code."""
        return self.codes * self.width

    @property
    def multiply_adds(self) -> int:
        """None: nothing is multiplied."""
        return 0

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.width,)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """One without a bias, with the vector of a code in each row."""
        return (Matrix(self.codes, self.width, bias=""),)


@dataclass(frozen=True)
class Activation(Weightless):
    """An elementwise function."""

    function: ActivationName


@dataclass(frozen=True)
class Dropout(Weightless):
    """Sets a share of the activations to zero while training (Srivastava et al. 2014)."""

    rate: float


@dataclass(frozen=True)
class MaxPool(Weightless):
    """The largest value of each square: (N, C, H, W) → (N, C, H // size, W // size)."""

    size: int

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        channels, height, width = self.input_shape
        return (channels, height // self.size, width // self.size)


@dataclass(frozen=True)
class Flatten(Weightless):
    """All values of an example in one row."""

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (prod(self.input_shape),)


def parameter_count(layers: Layers) -> int:
    """Weights and biases of all layers together."""
    return sum(layer.parameters for layer in layers)


def training_flops(layers: Layers, batch_size: int) -> int:
    """Floating-point operations of one training step, about.

    Two for each multiply-add; forward once, backward twice (Kaplan et al. 2020, section 2.1).
    """
    return 6 * batch_size * sum(layer.multiply_adds for layer in layers)
