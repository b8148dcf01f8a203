"""What training makes smaller, for each kind of task."""

from collections.abc import Callable

from torch import Tensor
from torch.nn import functional

from visualiser.core.data.dataset import TaskName

Loss = Callable[[Tensor, Tensor], Tensor]


def _squared_error(output: Tensor, target: Tensor) -> Tensor:
    return functional.mse_loss(output.squeeze(1), target)


LOSSES: dict[TaskName, Loss] = {
    "classification": functional.cross_entropy,
    "regression": _squared_error,
    "forecasting": _squared_error,
}
"""(outputs of a model (N, outputs), targets as its task's judge gives them) → mean loss, ().

Cross-entropy is in nats, squared error that of a standardised target.
"""
