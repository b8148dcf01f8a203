"""Layers as data: shapes, parameter counts and cost, known before any tensor exists.

A model in the registry is a function that returns a tuple of these. core/network/build.py
turns them into torch modules; the window reads them without loading torch.
"""

from dataclasses import dataclass
from math import prod
from typing import Literal

ActivationName = Literal["relu", "tanh", "sigmoid", "linear"]
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Dense:
    """Fully connected: (N, inputs) → (N, outputs), weights (outputs, inputs) and a bias."""

    inputs: int
    outputs: int

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


@dataclass(frozen=True)
class Convolution:
    """Square 2-D convolution with `same` padding: (N, C, H, W) → (N, outputs, H, W)."""

    input_shape: tuple[int, int, int]
    outputs: int
    kernel: int

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


@dataclass(frozen=True)
class _Weightless:
    input_shape: Shape

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


@dataclass(frozen=True)
class Activation(_Weightless):
    """An elementwise function."""

    function: ActivationName


@dataclass(frozen=True)
class Dropout(_Weightless):
    """Sets a share of the activations to zero while training (Srivastava et al. 2014)."""

    rate: float


@dataclass(frozen=True)
class MaxPool(_Weightless):
    """The largest value of each square: (N, C, H, W) → (N, C, H // size, W // size)."""

    size: int

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        channels, height, width = self.input_shape
        return (channels, height // self.size, width // self.size)


@dataclass(frozen=True)
class Flatten(_Weightless):
    """All values of an example in one row."""

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (prod(self.input_shape),)


Layer = Dense | Convolution | Activation | Dropout | MaxPool | Flatten
Layers = tuple[Layer, ...]


def parameter_count(layers: Layers) -> int:
    """Weights and biases of all layers together."""
    return sum(layer.parameters for layer in layers)


def training_flops(layers: Layers, batch_size: int) -> int:
    """Floating-point operations of one training step, about.

    Two for each multiply-add; forward once, backward twice (Kaplan et al. 2020, section 2.1).
    """
    return 6 * batch_size * sum(layer.multiply_adds for layer in layers)
