"""Layers of models that read codes one after the other: words of a message, characters.

Where a vocabulary has a code for “no word”, that code's vector is zero and stays zero: layers after
it know by that which places of a message are empty, and leave them out.
"""

from dataclasses import dataclass
from typing import ClassVar

from visualiser.core.models.layers import Matrix, Shape, Vectors, Weightless

PADDING = 0
"""The code that stands for no word where a vocabulary has one."""


@dataclass(frozen=True)
class Embedding(Vectors):
    """The vector of each code in a row of them: (N, length) codes → (N, length, width).

    Attributes:
        length: codes in a row.
        padded: code 0 means that there is nothing; its vector is zero and is not learnt.
    """

    length: int
    padded: bool = False
    title: ClassVar[str] = "Embedding"

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.length, self.width)


@dataclass(frozen=True)
class MeanOverWords(Weightless):
    """The mean of the vectors that there are: (N, length, width) → (N, width).

    Vectors of zeros are padding and do not count; of none at all the mean is zero.
    """

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return self.input_shape[1:]


@dataclass(frozen=True)
class WordConvolution:
    """Filters that slide over words: (N, length, width) → (N, outputs, length).

    A filter sees `window` words around each word, and zeros beyond the ends (`same` padding).
    Around a place without a word the answer is 0, the least that a ReLU after it lets through.
    """

    input_shape: tuple[int, int]
    outputs: int
    window: int
    title: ClassVar[str] = "Word convolution"

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""
        return self.outputs * (self.input_shape[1] * self.window + 1)

    @property
    def multiply_adds(self) -> int:
        """Multiplications with addition for one example, forward."""
        length, width = self.input_shape
        return self.outputs * width * self.window * length

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.outputs, self.input_shape[0])

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """One, (outputs, width, window)."""
        return (Matrix(self.outputs, self.input_shape[1] * self.window),)


@dataclass(frozen=True)
class MaxOverTime(Weightless):
    """The strongest answer of each filter: (N, filters, length) → (N, filters)."""

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return self.input_shape[:1]
