"""What training makes smaller, for each kind of task."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from visualiser.core.data.dataset import TaskName
from visualiser.core.tasks.ranking import RankingJudge
from visualiser.core.tasks.spec import Judge

Loss = Callable[[Tensor, Tensor], Tensor]
"""(outputs of a model (N, …), targets as its task's judge gives them) → mean loss, ()."""


def _cross_entropy(judge: Judge) -> Loss:
    return functional.cross_entropy


def _next_character(judge: Judge) -> Loss:
    return lambda output, target: functional.cross_entropy(output.flatten(0, 1), target.flatten())


def _squared_error(judge: Judge) -> Loss:
    return lambda output, target: functional.mse_loss(output.squeeze(1), target)


def _bought_before_others(judge: Judge) -> Loss:
    """BPR, Bayesian personalised ranking (Rendle et al. 2009): −log σ(bought − not bought).

    Not of a product drawn by chance, but the mean over all that the customer did not buy.
    """
    assert isinstance(judge, RankingJudge)
    not_bought = torch.from_numpy(~judge.bought)

    def loss(output: Tensor, target: Tensor) -> Tensor:
        nonlocal not_bought
        not_bought = not_bought.to(output.device)
        customer, product = target[:, 0], target[:, 1:]
        others = not_bought[customer].scatter(1, product, False)
        worse = functional.softplus(output - output.gather(1, product))
        compared = others.sum(dim=1).clamp(min=1)
        return ((worse * others).sum(dim=1) / compared).mean()

    return loss


LOSSES: dict[TaskName, Callable[[Judge], Loss]] = {
    "classification": _cross_entropy,
    "regression": _squared_error,
    "forecasting": _squared_error,
    "language": _next_character,
    "ranking": _bought_before_others,
}
"""For what a judge knows of the clean training part, the loss of that run.

Cross-entropy is in nats, squared error that of a standardised target.
"""


Condense = Callable[[Tensor, Tensor], Tensor]
"""(outputs (N, …), targets) → (N, …) what of them a judge needs, much smaller."""


def _surprise(output: Tensor, target: Tensor) -> Tensor:
    """(N, L, codes) logits and (N, L) codes → (N, L) nats of the characters that came."""
    return functional.cross_entropy(output.transpose(1, 2), target, reduction="none")


CONDENSED: dict[TaskName, Condense] = {"language": _surprise}
"""Tasks whose outputs are condensed where they are measured, before they are put together."""


def loss_of(task: TaskName, judge: Judge) -> Loss:
    """The loss of a run."""
    return LOSSES[task](judge)
