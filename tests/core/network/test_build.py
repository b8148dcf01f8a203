import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.models.cnn import CNNOptions, cnn_layers
from visualiser.core.models.layers import Layers, parameter_count, training_flops
from visualiser.core.models.linear import LinearOptions, linear_layers
from visualiser.core.models.mlp import MLPOptions, mlp_layers
from visualiser.core.network.build import build_network
from visualiser.core.network.modules import SeededDropout

ACTIVATIONS = st.sampled_from(["relu", "tanh", "sigmoid", "linear"])


@st.composite
def models(draw: st.DrawFn) -> tuple[tuple[int, ...], Layers, int]:
    kind = draw(st.sampled_from(["linear", "mlp", "cnn"]))
    outputs = draw(st.integers(1, 5))
    if kind == "cnn":
        shape: tuple[int, ...] = (draw(st.integers(1, 3)), *[draw(st.integers(2, 12))] * 2)
        options = CNNOptions(
            filters=tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))),
            kernel=draw(st.sampled_from([3, 5, 7])),
            hidden=draw(st.integers(1, 9)),
            dropout=draw(st.sampled_from([0.0, 0.5])),
        )
        return shape, cnn_layers(options, Inputs(shape), outputs), outputs
    shape = draw(st.sampled_from([(3,), (1, 4, 4)]))
    if kind == "linear":
        return shape, linear_layers(LinearOptions(), Inputs(shape), outputs), outputs
    mlp = MLPOptions(
        hidden=tuple(draw(st.lists(st.integers(1, 9), max_size=4))),
        activation=draw(ACTIVATIONS),
        dropout=draw(st.sampled_from([0.0, 0.5])),
    )
    return shape, mlp_layers(mlp, Inputs(shape), outputs), outputs


@settings(max_examples=40)
@given(models())
def test_the_network_is_what_its_layers_say(model: tuple[tuple[int, ...], Layers, int]) -> None:
    shape, layers, outputs = model
    network = build_network(layers, seed=0)
    assert sum(p.numel() for p in network.parameters()) == parameter_count(layers)
    values = torch.zeros(2, *shape)
    for layer, module in zip(layers, network, strict=True):
        values = module(values)
        assert tuple(values.shape[1:]) == layer.output_shape
    assert values.shape == (2, outputs)


@settings(max_examples=20)
@given(models())
def test_the_cost_of_a_step_is_thrice_what_torch_counts_forward(
    model: tuple[tuple[int, ...], Layers, int],
) -> None:
    shape, layers, _ = model
    network = build_network(layers, seed=0).eval()
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        network(torch.zeros(8, *shape))
    assert training_flops(layers, batch_size=8) == 3 * counter.get_total_flops()


def test_dropout_is_the_identity_in_eval_mode_and_keeps_the_mean_in_training() -> None:
    dropout = SeededDropout(0.3)
    dropout.generator = torch.Generator().manual_seed(0)
    values = torch.ones(20_000)
    assert dropout.eval()(values).equal(values)
    dropped = dropout.train()(values)
    assert abs(dropped.mean().item() - 1) < 0.02
    assert abs((dropped == 0).float().mean().item() - 0.3) < 0.02


def test_the_seed_decides_the_starting_weights_and_nothing_else() -> None:
    layers = mlp_layers(MLPOptions(), Inputs((4,)), 2)
    state = torch.random.get_rng_state()
    first, again, other = (build_network(layers, seed) for seed in (1, 1, 2))
    assert first[0].weight.equal(again[0].weight)
    assert not first[0].weight.equal(other[0].weight)
    assert torch.random.get_rng_state().equal(state)
