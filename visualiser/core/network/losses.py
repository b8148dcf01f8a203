"""What training makes smaller, for each kind of task."""

from collections.abc import Callable

from torch import Tensor
from torch.nn import functional

from visualiser.core.data.dataset import TaskName
from visualiser.core.tasks.spec import Judge

Loss = Callable[[Tensor, Tensor], Tensor]
"""(outputs of a model (N, …), targets as its task's judge gives them) → mean loss, ()."""


def _cross_entropy(judge: Judge) -> Loss:
    return functional.cross_entropy


def _squared_error(judge: Judge) -> Loss:
    return lambda output, target: functional.mse_loss(output.squeeze(1), target)


LOSSES: dict[TaskName, Callable[[Judge], Loss]] = {
    "classification": _cross_entropy,
    "regression": _squared_error,
    "forecasting": _squared_error,
}
"""For what a judge knows of the clean training part, the loss of that run.

Cross-entropy is in nats, squared error that of a standardised target.
"""


def loss_of(task: TaskName, judge: Judge) -> Loss:
    """The loss of a run."""
    return LOSSES[task](judge)
