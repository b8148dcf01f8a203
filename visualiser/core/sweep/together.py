"""Many models of one shape trained at once: every step is one step of all of them.

What costs time in small models is starting each of a step's few operations, not doing them. So
weights are stacked and `torch.func.vmap` does an operation for all models in one call (“model
ensembling” of torch.func, after functorch; He and Zou 2021). The gradient of the sum of their
losses is, for each of them, that of its own; and since every optimiser on offer treats each
weight by itself, torch's own optimiser over the stacks makes the steps that one for each model
would have made.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call, vmap

from visualiser.core.data.dataset import IntArray
from visualiser.core.experiment import TrainingConfig
from visualiser.core.models.layers import Layers
from visualiser.core.network.build import build_network
from visualiser.core.network.losses import Loss
from visualiser.core.network.modules import SeededDropout
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.optimizer import build_optimizer
from visualiser.core.training.pair import Pair

Stack = dict[str, Tensor]
"""Name of a parameter or of a dropout's mask → that of all models, (M, …)."""


class Together:
    """M models that take their steps at once, until the epochs of each are over.

    Each has its own data, order of examples, starting weights and dropout, those that its pair
    has made ready. One that has fewer examples is done sooner; its weights are given back to its
    pair and the others go on without it.

    Attributes:
        steps: optimiser updates of each pair so far.
    """

    def __init__(
        self,
        layers: Layers,
        loss: Loss,
        config: TrainingConfig,
        pairs: Sequence[Pair],
        epochs: Sequence[int],
    ) -> None:
        """All pairs have students of these layers, with no step made, on the CPU.

        Each goes through its examples as often as `epochs` says; all else is by `config`.
        """
        self._config, self._loss = config, loss
        self._template, self._dropouts = _template(layers)
        self._forward: Callable[[Stack, Tensor], Tensor] = vmap(self._of_one)
        self._pairs, self._epochs = tuple(pairs), tuple(epochs)
        self._active = list(range(len(pairs)))
        self._feed = Feed([pair.encoded for pair in pairs], [pair.student.order for pair in pairs])
        self.steps = [0] * len(pairs)
        networks = [dict(pair.student.model.named_parameters()) for pair in pairs]
        self._parameters = {
            name: torch.stack([network[name].detach() for network in networks]).requires_grad_()
            for name in networks[0]
        }
        self._optimizer = self._new_optimizer()

    @property
    def active(self) -> int:
        """How many are not done yet."""
        return len(self._active)

    def step(self) -> tuple[int, ...]:
        """One update of every model that is not done; gives the places of those that are now."""
        batches = self._feed.advance(self._active)
        by_length: dict[int, list[int]] = defaultdict(list)
        for place, rows in enumerate(batches):
            by_length[rows.shape[1]].append(place)
        losses = [
            self._loss_of(places, [batches[place] for place in places], length)
            for length, places in by_length.items()
        ]
        self._optimizer.zero_grad(set_to_none=True)
        torch.stack(losses).sum().backward()  # type: ignore[no-untyped-call]
        self._optimizer.step()
        for pair in self._active:
            self.steps[pair] += 1
        return self._let_go([pair for pair in self._active if self._is_done(pair)])

    def _loss_of(self, places: list[int], batches: list[IntArray], length: int) -> Tensor:
        """The sum of the losses of those models, each on a batch of `length` rows."""
        inputs, targets = self._feed.batch(batches)
        shape = len(places), length
        weights: Stack = self._parameters
        if len(places) < len(self._active):
            chosen = torch.tensor(places)
            weights = {name: stack[chosen] for name, stack in weights.items()}
        masks = self._masks([self._active[place] for place in places], length)
        outputs = self._forward(weights | masks, inputs.reshape(*shape, *inputs.shape[1:]))
        # Every loss is a mean over rows, and all of these have as many: their sum is M times
        # the mean over all rows.
        return self._loss(outputs.flatten(0, 1), targets) * len(places)

    def _of_one(self, weights: Stack, inputs: Tensor) -> Tensor:
        outputs: Tensor = functional_call(self._template, weights, (inputs,))
        return outputs

    def _masks(self, pairs: Sequence[int], length: int) -> Stack:
        """Drawn as each model's own dropout would have drawn them, in the order of the layers."""
        drawn: Stack = {}
        for name, shape in self._dropouts.items():
            masks = torch.empty(len(pairs), length, *shape)
            for mask, pair in zip(masks, pairs, strict=True):
                module = self._pairs[pair].student.model[int(name.split(".")[0])]
                assert isinstance(module, SeededDropout)
                keep = 1 - module.rate
                mask.bernoulli_(keep, generator=module.generator).div_(keep)
            drawn[name] = masks
        return drawn

    def _is_done(self, pair: int) -> bool:
        order = self._pairs[pair].student.order
        return order.at_epoch_end and order.epochs_done + 1 >= self._epochs[pair]

    def _let_go(self, done: list[int]) -> tuple[int, ...]:
        """Give those their weights; the others go on with the optimiser as it stands."""
        if not done:
            return ()
        for pair in done:
            self._hand_back(pair)
        kept = [place for place, pair in enumerate(self._active) if pair not in done]
        self._active = [self._active[place] for place in kept]
        if kept:
            self._keep(torch.tensor(kept))
        return tuple(done)

    def hand_back(self) -> tuple[int, ...]:
        """Give the models that are not done their weights as they are now; gives their places."""
        for pair in self._active:
            self._hand_back(pair)
        return tuple(self._active)

    def _hand_back(self, pair: int) -> None:
        place = self._active.index(pair)
        with torch.no_grad():
            for name, parameter in self._pairs[pair].student.model.named_parameters():
                parameter.copy_(self._parameters[name][place])

    def _keep(self, kept: Tensor) -> None:
        before, old = self._optimizer, self._parameters
        self._parameters = {
            name: stack.detach()[kept].requires_grad_() for name, stack in old.items()
        }
        self._optimizer = self._new_optimizer()
        for name, stack in old.items():
            self._optimizer.state[self._parameters[name]] = {
                key: value[kept] if value is not None and value.shape == stack.shape else value
                for key, value in before.state[stack].items()
            }

    def _new_optimizer(self) -> torch.optim.Optimizer:
        config = self._config
        stacks = nn.ParameterList(nn.Parameter(stack) for stack in self._parameters.values())
        self._parameters = dict(zip(self._parameters, stacks, strict=True))
        return build_optimizer(config.optimizer, stacks, config.learning_rate, config.weight_decay)


class Feed:
    """The batches of all models out of one array: those whose examples are the same share them."""

    def __init__(self, parts: Sequence[EncodedPart], orders: Sequence[EpochOrder]) -> None:
        inputs = {id(part.inputs): part.inputs for part in parts}
        starts = np.cumsum([0, *(len(array) for array in inputs.values())])
        start_of = dict(zip(inputs, starts.tolist(), strict=False))
        self._inputs = torch.from_numpy(np.concatenate(list(inputs.values())))
        self._targets = torch.from_numpy(np.concatenate([part.targets for part in parts]))
        lengths = [len(part.targets) for part in parts]
        self._orders = tuple(orders)
        # A row of a part, as its place among all inputs and among all targets.
        self._places = [
            np.stack([np.arange(length) + start_of[id(part.inputs)], np.arange(length) + before])
            for part, length, before in zip(
                parts, lengths, np.cumsum([0, *lengths]).tolist(), strict=False
            )
        ]
        self._epoch: list[IntArray] = list(self._places)

    def advance(self, models: Sequence[int]) -> list[IntArray]:
        """(2, b) places of the next batch of each of those models, among inputs and targets."""
        batches = []
        for model in models:
            start, stop, fresh = self._orders[model].advance()
            if fresh:
                self._epoch[model] = self._places[model][:, self._orders[model].positions]
            batches.append(self._epoch[model][:, start:stop])
        return batches

    def batch(self, batches: Sequence[IntArray]) -> tuple[Tensor, Tensor]:
        """Inputs (n, *shape) and targets (n, …) of those batches, one after the other."""
        inputs, targets = torch.from_numpy(np.concatenate(batches, axis=1))
        return self._inputs.index_select(0, inputs), self._targets.index_select(0, targets)


class _GivenMask(nn.Module):
    """Dropout whose mask is handed in with the weights."""

    mask: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mask", torch.ones(()))

    def forward(self, values: Tensor) -> Tensor:
        """(N, …) → (N, …)."""
        return values * self.mask


def _template(layers: Layers) -> tuple[nn.Sequential, dict[str, tuple[int, ...]]]:
    """A network to call with any weights; and of each dropout its mask's name and shape."""
    network, masks = build_network(layers, seed=0), {}
    for place, layer in enumerate(layers):
        if isinstance(network[place], SeededDropout):
            network[place] = _GivenMask()
            masks[f"{place}.mask"] = layer.output_shape
    return network, masks


def train_alone(pair: Pair, epochs: int) -> Iterator[None]:
    """The same for one model as its trainer has it: a step at each turn."""
    order = pair.student.order
    while order.epochs_done + int(order.at_epoch_end) < epochs:
        pair.step()
        yield
