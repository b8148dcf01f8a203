"""The torch modules of recurrent layers."""

from torch import Tensor, nn

from visualiser.core.models.recurrent_layers import GRU
from visualiser.core.network.modules import module_of


class GatedRecurrence(nn.GRU):
    """torch's GRU with one answer: the states of all moments, or the last."""

    def __init__(self, inputs: int, units: int, whole: bool) -> None:
        super().__init__(inputs, units, batch_first=True)
        self.whole = whole

    def forward(self, values: Tensor) -> Tensor:  # type: ignore[override]
        """(N, time, inputs) → (N, time, units), or (N, units)."""
        states, last = super().forward(values)
        answer: Tensor = states if self.whole else last[0]
        return answer


@module_of.register
def _gru(layer: GRU) -> nn.Module:
    return GatedRecurrence(layer.input_shape[1], layer.units, layer.whole)
