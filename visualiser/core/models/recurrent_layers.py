"""Layers that read a sequence one moment at a time and keep a state."""

from dataclasses import dataclass
from typing import ClassVar

from visualiser.core.models.layers import Matrix, Shape

GATES = ("reset", "update", "new")
"""What the rows of a GRU's weights are for, in their order: so many units for each."""


@dataclass(frozen=True)
class GRU:
    """A gated recurrent unit (Cho et al. 2014), oldest moment first.

    (N, time, inputs) → (N, time, units) states of all moments where `whole`, which another GRU or
    a loss for each moment needs; else (N, units), the state after the last.
    """

    input_shape: tuple[int, int]
    units: int
    whole: bool = False
    title: ClassVar[str] = "GRU"

    @property
    def parameters(self) -> int:
        """Weights and biases: from the input and from the state, for each gate."""
        return len(GATES) * self.units * (self.input_shape[1] + self.units + 2)

    @property
    def multiply_adds(self) -> int:
        """Multiplications with addition for one example, forward."""
        time, inputs = self.input_shape
        return time * len(GATES) * self.units * (inputs + self.units)

    @property
    def output_shape(self) -> Shape:
        """Shape of one example after this layer."""
        return (self.input_shape[0], self.units) if self.whole else (self.units,)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """What comes in, and what the state before adds; rows are gates × units."""
        rows = len(GATES) * self.units
        return (
            Matrix(rows, self.input_shape[1], "input", "weight_ih_l0", "bias_ih_l0"),
            Matrix(rows, self.units, "state", "weight_hh_l0", "bias_hh_l0"),
        )
