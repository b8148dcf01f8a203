"""A GRU is torch's, gives all states or the last, and counts its weights and cost rightly."""

import pytest
import torch

from visualiser.core.models.layers import Dense, parameter_count
from visualiser.core.models.recurrent_layers import GRU
from visualiser.core.network.build import build_network

TIME, INPUTS, UNITS = 5, 3, 4
SEQUENCES = torch.randn(6, TIME, INPUTS, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("whole", [True, False])
def test_the_module_is_what_the_layer_says(whole: bool) -> None:
    layer = GRU((TIME, INPUTS), UNITS, whole)
    (module,) = build_network((layer,), seed=0)
    assert tuple(module(SEQUENCES).shape[1:]) == layer.output_shape
    assert sum(p.numel() for p in module.parameters()) == layer.parameters
    for matrix in layer.matrices:
        assert module.get_parameter(matrix.weight).shape == (matrix.outputs, matrix.inputs)
        assert module.get_parameter(matrix.bias).shape == (matrix.outputs,)
    # A multiplication for each weight but the biases at each moment.
    assert layer.multiply_adds == TIME * (layer.parameters - 6 * UNITS)


def test_the_last_state_is_the_last_of_all() -> None:
    last, whole = (build_network((GRU((TIME, INPUTS), UNITS, w),), 1)[0] for w in (False, True))
    torch.testing.assert_close(last(SEQUENCES), whole(SEQUENCES)[:, -1])


def test_states_follow_the_equations_of_a_gru() -> None:
    (module,) = build_network((GRU((TIME, INPUTS), UNITS),), seed=2)
    weights = (module.weight_ih_l0, module.bias_ih_l0, module.weight_hh_l0, module.bias_hh_l0)
    state = torch.zeros(len(SEQUENCES), UNITS)
    for moment in range(TIME):
        from_input = (SEQUENCES[:, moment] @ weights[0].T + weights[1]).chunk(3, dim=1)
        from_state = (state @ weights[2].T + weights[3]).chunk(3, dim=1)
        reset, update = (
            torch.sigmoid(a + b) for a, b in zip(from_input[:2], from_state[:2], strict=True)
        )
        new = torch.tanh(from_input[2] + reset * from_state[2])
        state = (1 - update) * new + update * state
    torch.testing.assert_close(module(SEQUENCES), state)


def test_two_layers_stand_on_each_other() -> None:
    layers = (GRU((TIME, INPUTS), UNITS, whole=True), GRU((TIME, UNITS), 2), Dense(2, 1))
    network = build_network(layers, seed=3)
    assert network(SEQUENCES).shape == (6, 1)
    assert sum(p.numel() for p in network.parameters()) == parameter_count(layers)
