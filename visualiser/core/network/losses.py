"""What training makes smaller, for each kind of task."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from visualiser.core.data.dataset import Dataset, TaskName
from visualiser.core.data.split import Part
from visualiser.core.tasks.ranking import bought_in

Loss = Callable[[Tensor, Tensor], Tensor]
"""(outputs of a model (N, …), targets as its task's judge gives them) → mean loss, ()."""


def _cross_entropy(dataset: Dataset, train: Part) -> Loss:
    return functional.cross_entropy


def _next_character(dataset: Dataset, train: Part) -> Loss:
    return lambda output, target: functional.cross_entropy(output.flatten(0, 1), target.flatten())


def _squared_error(dataset: Dataset, train: Part) -> Loss:
    return lambda output, target: functional.mse_loss(output.squeeze(1), target)


def _bought_before_others(dataset: Dataset, train: Part) -> Loss:
    """BPR, Bayesian personalised ranking (Rendle et al. 2009): −log σ(bought − not bought).

    Not of a product drawn by chance, but the mean over all that the customer did not buy, as far
    as the part that is learnt from tells: of what spoiling hides a model is told nothing.
    """
    not_bought = torch.from_numpy(~bought_in(dataset, train))

    def loss(output: Tensor, target: Tensor) -> Tensor:
        nonlocal not_bought
        not_bought = not_bought.to(output.device)
        customer, product = target[:, 0], target[:, 1:]
        others = not_bought[customer].scatter(1, product, False)
        worse = functional.softplus(output - output.gather(1, product))
        compared = others.sum(dim=1).clamp(min=1)
        return ((worse * others).sum(dim=1) / compared).mean()

    return loss


LOSSES: dict[TaskName, Callable[[Dataset, Part], Loss]] = {
    "classification": _cross_entropy,
    "regression": _squared_error,
    "forecasting": _squared_error,
    "language": _next_character,
    "ranking": _bought_before_others,
}
"""For a data set and the part of it that is learnt from, spoiled or not, the loss to make smaller.

Cross-entropy is in nats, squared error that of a standardised target.
"""


Condense = Callable[[Tensor, Tensor], Tensor]
"""(outputs (N, …), targets) → (N, …) what of them a judge needs, much smaller."""


def _surprise(output: Tensor, target: Tensor) -> Tensor:
    """(N, L, codes) logits and (N, L) codes → (N, L) nats of the characters that came."""
    return functional.cross_entropy(output.transpose(1, 2), target, reduction="none")


CONDENSED: dict[TaskName, Condense] = {"language": _surprise}
"""Tasks whose outputs are condensed where they are measured, before they are put together."""


ROW_LOSSES: dict[TaskName, Condense] = {
    "classification": lambda output, target: functional.cross_entropy(
        output, target, reduction="none"
    ),
    "regression": lambda output, target: (output.squeeze(1) - target) ** 2,
    "forecasting": lambda output, target: (output.squeeze(1) - target) ** 2,
    "language": lambda output, target: _surprise(output, target).mean(dim=1),
}
"""(N,) loss of each row, in the tasks in which a row has one of its own."""


def loss_of(dataset: Dataset, train: Part) -> Loss:
    """What learning from `train` makes smaller."""
    return LOSSES[dataset.task](dataset, train)
