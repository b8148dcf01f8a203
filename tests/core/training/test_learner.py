import numpy as np
import pytest
import torch
from torch.nn import functional

from visualiser.core.experiment import TrainingConfig
from visualiser.core.models.layers import Activation, Dense, Dropout, Layers
from visualiser.core.training import laid_out
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.device import choose_device
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.learner import Learner

PLAIN = (Dense(3, 4), Activation((4,), "relu"), Dense(4, 2))
WITH_DROPOUT = (*PLAIN[:2], Dropout((4,), 0.5), PLAIN[2])


def learner(device: str, layers: Layers = WITH_DROPOUT, **config: object) -> Learner:
    rng = np.random.default_rng(0)
    part = EncodedPart(
        rng.normal(size=(20, 3)).astype(np.float32), rng.integers(0, 2, 20), np.arange(20)
    )
    order = EpochOrder(20, part.origin, 5, seed=0)
    training = TrainingConfig(batch_size=5, **config)
    loss = functional.cross_entropy
    return Learner(layers, loss, training, part, order, torch.device(device), 0, 0)


class FailsOnce:
    """Stands in for an accelerator whose memory is full at one step."""

    def __init__(self, network: torch.nn.Module, error: RuntimeError) -> None:
        self._forward, self._error = network.forward, error
        self.failed = False

    def __call__(self, values: torch.Tensor) -> torch.Tensor:
        if not self.failed:
            self.failed = True
            raise self._error
        return self._forward(values)


@pytest.mark.parametrize(
    "error",
    [torch.OutOfMemoryError("CUDA out of memory"), RuntimeError("MPS backend out of memory")],
)
def test_a_full_accelerator_hands_over_to_the_cpu_and_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, error: RuntimeError
) -> None:
    # “cpu:0” is no accelerator, but another device than “cpu” to torch: the fall-back is real.
    on_cpu, accelerated = learner("cpu", PLAIN), learner("cpu:0", PLAIN)
    losses = [on_cpu.step() for _ in range(12)]
    same = [accelerated.step() for _ in range(6)]
    monkeypatch.setattr(accelerated.model, "forward", FailsOnce(accelerated.model, error))
    same += [accelerated.step() for _ in range(6)]
    assert accelerated.fell_back and accelerated.device == torch.device("cpu")
    assert torch.stack(losses).equal(torch.stack(same))


def test_an_evaluation_that_fills_the_accelerator_goes_on_on_the_cpu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    accelerated = learner("cpu:0", PLAIN)
    inputs = torch.ones(7, 3)
    expected = learner("cpu", PLAIN).outputs(inputs)
    error = torch.OutOfMemoryError("CUDA out of memory")
    monkeypatch.setattr(accelerated.model, "forward", FailsOnce(accelerated.model, error))
    assert np.array_equal(accelerated.outputs(inputs), expected)
    assert accelerated.fell_back


def test_other_errors_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    accelerated = learner("cpu:0")
    broken = FailsOnce(accelerated.model, RuntimeError("shapes do not match"))
    monkeypatch.setattr(accelerated.model, "forward", broken)
    with pytest.raises(RuntimeError, match="shapes do not match"):
        accelerated.step()
    assert not accelerated.fell_back


@pytest.mark.parametrize("name", ["cuda", "mps"])
def test_a_missing_device_is_named_and_replaced_by_the_cpu(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    choice = choose_device(name)
    assert choice.device.type == "cpu" and name.upper() in choice.advice


@pytest.mark.parametrize(
    ("cuda", "mps", "expected"),
    [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")],
)
def test_auto_takes_the_best_device_there_is(
    monkeypatch: pytest.MonkeyPatch, cuda: bool, mps: bool, expected: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    choice = choose_device("auto")
    assert choice.device.type == expected and not choice.advice


def test_a_fork_goes_on_as_the_original_would() -> None:
    original = learner("cpu", optimizer="adam", weight_decay=0.1)
    for _ in range(7):
        original.step()
    fork = original.fork(original._part)
    assert [original.step().item() for _ in range(9)] == [fork.step().item() for _ in range(9)]


@pytest.mark.parametrize("rows_at_once", [1, 5, 7, 12])
def test_an_epoch_laid_out_bit_by_bit_is_the_same_epoch(
    monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    def losses() -> list[float]:
        trained = learner("cpu")
        part = trained._part
        first = [trained.step().item() for _ in range(6)]
        fewer = part.origin[part.origin % 3 > 0]
        other = EncodedPart(-part.inputs[fewer], part.targets[fewer], fewer)
        trained.replace_data(other, trained._loss)
        return first + [trained.step().item() for _ in range(7)]

    whole = losses()
    row = 3 * np.dtype(np.float32).itemsize
    monkeypatch.setattr(laid_out, "_BYTES", rows_at_once * row)
    assert losses() == whole


def test_weights_and_batches_have_seeds_of_their_own() -> None:
    first, second = learner("cpu"), learner("cpu")
    assert first.model[0].weight.equal(second.model[0].weight)
    torch.manual_seed(123)
    before = torch.random.get_rng_state()
    learner("cpu").step()
    assert torch.random.get_rng_state().equal(before)


@pytest.mark.parametrize(
    ("width", "pieces"),
    [(3, [256, 44]), (28 * 28, [256, 44]), (5_000, [40] * 7 + [20]), (50_000, [32] * 9 + [12])],
)
def test_an_evaluation_takes_fewer_of_larger_rows_at_once_and_answers_the_same(
    width: int, pieces: list[int]
) -> None:
    student = learner("cpu", (Dense(width, 2),))
    sizes: list[int] = []
    student.model.register_forward_pre_hook(lambda _, inputs: sizes.append(len(inputs[0])))
    rows = torch.randn(300, width, generator=torch.Generator().manual_seed(0))
    outputs = student.outputs(rows)
    assert sizes == pieces
    with torch.no_grad():
        np.testing.assert_allclose(outputs, student.model(rows).numpy(), rtol=1e-4, atol=1e-5)
    targets = torch.arange(300)
    beside = student.condensed(rows, targets, lambda found, true: found[:, 0] + true)
    np.testing.assert_allclose(beside, outputs[:, 0] + np.arange(300), rtol=1e-6)
