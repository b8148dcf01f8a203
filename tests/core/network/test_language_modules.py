"""Models of text: sizes and cost as their layers say, and nothing looks ahead."""

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.data.source import NoOptions
from visualiser.core.models.bigram import bigram_layers
from visualiser.core.models.character_gru import CharacterGRUOptions, character_gru_layers
from visualiser.core.models.character_mlp import CharacterMLPOptions, character_mlp_layers
from visualiser.core.models.gpt import GPTOptions, gpt_layers
from visualiser.core.models.language_layers import Attention, LastPlaces
from visualiser.core.models.layers import Layers, parameter_count, training_flops
from visualiser.core.network.build import build_network, share_dropout_generator
from visualiser.core.network.language_modules import CausalAttention

CONTEXT, CODES = 12, 7
INPUTS = Inputs((CONTEXT,), (CODES,))
MODELS = {
    "gpt": gpt_layers(GPTOptions(blocks=2, heads=2, head_width=4), INPUTS, CODES),
    "gpt, one head": gpt_layers(GPTOptions(blocks=1, heads=1, dropout=0), INPUTS, CODES),
    "gru": character_gru_layers(CharacterGRUOptions(width=5, neurons=9), INPUTS, CODES),
    "gru, twice": character_gru_layers(
        CharacterGRUOptions(recurrences=2, neurons=6, dropout=0), INPUTS, CODES
    ),
    "mlp": character_mlp_layers(CharacterMLPOptions(characters=3, neurons=8), INPUTS, CODES),
    "bigram": bigram_layers(NoOptions(), INPUTS, CODES),
}
TEXTS = torch.randint(CODES, (4, CONTEXT), generator=torch.Generator().manual_seed(0)).float()
every_model = pytest.mark.parametrize("layers", MODELS.values(), ids=MODELS)


@every_model
def test_the_network_is_what_its_layers_say(layers: Layers) -> None:
    network = build_network(layers, seed=0).eval()
    assert sum(p.numel() for p in network.parameters()) == parameter_count(layers)
    values = TEXTS
    for layer, module in zip(layers, network, strict=True):
        values = module(values)
        assert tuple(values.shape[1:]) == layer.output_shape
        for matrix in layer.matrices:
            weight = module.get_parameter(matrix.weight)
            assert tuple(weight.flatten(1).shape) == (matrix.outputs, matrix.inputs)
            if matrix.bias:
                assert len(module.get_parameter(matrix.bias)) == matrix.outputs
    assert values.shape == (4, CONTEXT, CODES)


@pytest.mark.parametrize("name", ["gpt", "mlp", "bigram"])
def test_the_cost_of_a_step_is_thrice_what_torch_counts_forward(name: str) -> None:
    network = build_network(MODELS[name], seed=0).eval()
    # The fused kernel of attention is not counted; the plain one is.
    plain = sdpa_kernel(SDPBackend.MATH)
    with plain, FlopCounterMode(display=False) as counter, torch.no_grad():
        network(TEXTS)
    assert training_flops(MODELS[name], batch_size=4) == 3 * counter.get_total_flops()


@every_model
def test_what_follows_changes_nothing_before_it(layers: Layers) -> None:
    network = build_network(layers, seed=1).eval()
    other = TEXTS.clone()
    other[:, 7] = (other[:, 7] + 1) % CODES
    with torch.no_grad():
        before, after = network(TEXTS), network(other)
        alone = network(TEXTS[:, :5])
    torch.testing.assert_close(before[:, :7], after[:, :7])
    assert not torch.allclose(before[:, 7], after[:, 7])
    torch.testing.assert_close(before[:, :5], alone, atol=1e-5, rtol=1e-5)


def test_attention_takes_what_its_weights_say() -> None:
    (module,) = build_network((Attention(CONTEXT, 8, heads=2),), seed=0)
    assert isinstance(module, CausalAttention)
    values = torch.randn(3, CONTEXT, 8, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        weights = module.weights(values)
        value = module.value(module.norm(values)).view(3, CONTEXT, 2, 4).transpose(1, 2)
        expected = values + module.output((weights @ value).transpose(1, 2).flatten(2))
        torch.testing.assert_close(module(values), expected)
    assert weights.triu(1).count_nonzero() == 0
    torch.testing.assert_close(weights.sum(dim=-1), torch.ones(3, 2, CONTEXT))


def test_the_last_places_stand_in_a_row_oldest_first() -> None:
    (module,) = build_network((LastPlaces((4, 2), 3),), seed=0)
    values = torch.arange(1.0, 9.0).view(1, 4, 2)
    rows = module(values)[0].tolist()
    assert rows[0] == [0, 0, 0, 0, 1, 2]
    assert rows[3] == [3, 4, 5, 6, 7, 8]


def test_models_that_repeat_draw_the_same_dropout() -> None:
    outputs = []
    for _ in range(2):
        network = build_network(MODELS["gpt"], seed=0).train()
        share_dropout_generator(network, torch.Generator().manual_seed(5))
        outputs.append(network(TEXTS))
    assert outputs[0].equal(outputs[1])
