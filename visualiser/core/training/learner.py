"""One model with its optimiser, its data on the device and its place in the epoch."""

from collections.abc import Callable
from copy import deepcopy
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from visualiser.core.data.dataset import FloatArray
from visualiser.core.experiment import TrainingConfig
from visualiser.core.models.layers import Layers
from visualiser.core.network.build import build_network, share_dropout_generator
from visualiser.core.network.losses import Condense, Loss
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.device import out_of_memory
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.laid_out import LaidOut
from visualiser.core.training.optimizer import build_optimizer
from visualiser.core.training.row_recorder import RowRecorder
from visualiser.core.training.widening import Widening

Result = TypeVar("Result")

_LEAST_ROWS, _MOST_ROWS = 32, 256
"""At once in an evaluation: with fewer, the weights are fetched too often."""
_EVALUATION_NUMBERS = 256 * 28 * 28
"""Inputs at once in an evaluation, within those rows, as of 256 small pictures or 40 spectrograms:
activations of more fall out of the processor's cache."""

CPU = torch.device("cpu")


class Learner:
    """Trains one model step by step; knows nothing of windows, spoiling or twins.

    Raises from `step` and `outputs` whatever torch raises, but moves to the CPU once and goes on
    where an accelerator runs out of memory; `fell_back` then says so.

    Attributes:
        recorder: keeps the outputs of the steps; None keeps nothing. A fork has none.
    """

    def __init__(
        self,
        layers: Layers,
        loss: Loss,
        config: TrainingConfig,
        part: EncodedPart,
        order: EpochOrder,
        device: torch.device,
        weights_seed: int,
        dropout_seed: int,
    ) -> None:
        self._layers, self._loss, self._config = layers, loss, config
        self.device = device
        self.fell_back = False
        self.recorder: RowRecorder | None = None
        self.order = order
        self.model = build_network(layers, weights_seed)
        self._generator = torch.Generator().manual_seed(dropout_seed)
        self._place(part)

    def _place(self, part: EncodedPart) -> None:
        """Model, optimiser and data to the device, or to the CPU where that is full."""
        self._part = part
        self._guarded(self._to_device)

    def _to_device(self) -> None:
        move_to(self.model, self.device)
        if self._generator.device != self.device:
            seed = self._generator.initial_seed()
            self._generator = torch.Generator(self.device).manual_seed(seed)
        share_dropout_generator(self.model, self._generator)
        self.optimizer = build_optimizer(
            self._config.optimizer,
            self.model,
            self._config.learning_rate,
            self._config.weight_decay,
        )
        self._laid_out = LaidOut()

    def _guarded(self, work: Callable[[], Result]) -> Result:
        """Do it; where an accelerator is full, move to the CPU and do it there."""
        try:
            return work()
        except RuntimeError as error:
            if self.device == CPU or not out_of_memory(error):
                raise
        self._fall_back()
        return work()

    def _fall_back(self) -> None:
        state = self.optimizer.state_dict() if hasattr(self, "optimizer") else None
        self.device, self.fell_back = CPU, True
        self._to_device()
        if state is not None:
            self.optimizer.load_state_dict(state)

    def step(self) -> Tensor:
        """One update on the next mini-batch; returns its loss, () on the device, detached."""
        start, stop, fresh = self.order.advance()
        if fresh:
            self._laid_out.forget()
        return self._guarded(lambda: self._update(start, stop))

    def _update(self, start: int, stop: int) -> Tensor:
        batch = self._laid_out.batch(start, stop, self._part, self.order, self.device)
        inputs, targets = batch
        outputs = self.model(inputs)
        loss = self._loss(outputs, targets)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimizer.step()
        if self.recorder is not None:
            self.recorder.note(start, self.order.positions[start:stop], outputs, targets)
        return loss.detach()

    @property
    def part(self) -> EncodedPart:
        """What it learns from now."""
        return self._part

    def replace_data(self, part: EncodedPart, loss: Loss) -> None:
        """Go on with other data, and the loss for it, from the next step; weights stay."""
        self.order.replace_part(part.origin)
        self._part, self._loss = part, loss
        self._laid_out.forget()
        if self.recorder is not None:
            self.recorder.restart(len(part.inputs))

    def restart_data(self, clean_rows: int, part: EncodedPart) -> None:
        """Go on with a part made from other clean rows; weights and optimiser stay."""
        self.order.restart(clean_rows, part.origin)
        self._part = part
        self._laid_out.forget()

    def widen(self, layers: Layers, widening: Widening, part: EncodedPart) -> None:
        """Go on with other inputs of the first layer, and `part` encoded for them.

        New inputs start with the weights given and with no momentum; `part` has the rows that this
        learner has had so far, or those that it is given next.
        """
        first = self.model[0]
        assert isinstance(first, nn.Linear)
        state, old = self.optimizer.state_dict(), first.weight.detach()
        new = _rearranged(old, widening.sources, torch.from_numpy(widening.fresh))
        first.weight, first.in_features = nn.Parameter(new), new.shape[1]
        nothing = torch.zeros(widening.fresh.shape)
        # The weights of the first layer are the first parameter of all.
        moments = {
            name: _rearranged(value, widening.sources, nothing)
            if isinstance(value, Tensor) and value.shape == old.shape
            else value
            for name, value in state["state"].get(0, {}).items()
        }
        if moments:
            state["state"][0] = moments
        self._layers, self._part = layers, part
        self._to_device()
        self.optimizer.load_state_dict(state)

    def set_learning_rate(self, learning_rate: float) -> None:
        """From the next step on."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate

    def outputs(self, inputs: Tensor) -> FloatArray:
        """(N, …) logits or standardised targets in eval mode, without gradients.

        `inputs` (N, *shape) may be on any device.
        """
        return self._evaluated(
            lambda: [
                self.model(piece.to(self.device))
                for piece in torch.split(inputs, _rows_at_once(inputs))
            ]
        )

    def condensed(self, inputs: Tensor, targets: Tensor, condense: Condense) -> FloatArray:
        """(N, …) what `condense` leaves of the outputs, piece by piece; else as `outputs`."""
        rows = _rows_at_once(inputs)
        return self._evaluated(
            lambda: [
                condense(self.model(piece.to(self.device)), target.to(self.device))
                for piece, target in zip(
                    torch.split(inputs, rows), torch.split(targets, rows), strict=True
                )
            ]
        )

    def _evaluated(self, work: Callable[[], list[Tensor]]) -> FloatArray:
        self.model.eval()
        values = self._guarded(lambda: _joined(work))
        self.model.train()
        return values

    def fork(self, part: EncodedPart) -> "Learner":
        """An independent learner with the same weights, optimiser state, order and dropout.

        `part` must have the rows that this learner has seen so far.
        """
        twin = Learner.__new__(Learner)
        twin.__dict__.update(self.__dict__)
        del twin.__dict__["optimizer"]
        twin.recorder = None
        twin.order = self.order.copy()
        twin.model = build_network(self._layers, seed=0)
        twin._generator = torch.Generator(self.device)
        twin._generator.set_state(self._generator.get_state())
        twin._place(part)
        twin.model.load_state_dict(self.model.state_dict())
        # Loading alone would leave both optimisers with the same moment tensors.
        twin.optimizer.load_state_dict(deepcopy(self.optimizer.state_dict()))
        return twin


def _rearranged(old: Tensor, sources: NDArray[np.int64], fresh: Tensor) -> Tensor:
    """(outputs, inputs): columns of `old` at their new places, those of `fresh` where none was."""
    places = torch.from_numpy(sources).to(old.device)
    new = old[:, places.clamp(min=0)]
    new[:, places < 0] = fresh.to(old)
    return new.contiguous()


def _rows_at_once(inputs: Tensor) -> int:
    """How many of (N, *shape) inputs are evaluated at a time."""
    rows = _EVALUATION_NUMBERS // max(1, inputs.shape[1:].numel())
    return min(max(rows, _LEAST_ROWS), _MOST_ROWS)


def _joined(work: Callable[[], list[Tensor]]) -> FloatArray:
    with torch.inference_mode():
        answers = work()
        joined = answers[0] if len(answers) == 1 else torch.cat(answers)
        values: FloatArray = joined.float().cpu().numpy()
    return values


def move_to(model: nn.Module, device: torch.device) -> None:
    """To a device, in the memory format that convolutions like best."""
    # Channels last: measured, a step of the CNN takes three quarters of the time, an evaluation
    # less than half.
    model.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]
