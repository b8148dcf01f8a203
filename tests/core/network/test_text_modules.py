"""Layers over words: what they compute, that padding counts for nothing, what they cost."""

import pytest
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.models.layers import Layers, parameter_count, training_flops
from visualiser.core.models.text_cnn import TextCNNOptions, text_cnn_layers
from visualiser.core.models.word_average import WordAverageOptions, word_average_layers
from visualiser.core.network.build import build_network

CODES, LENGTH = 9, 8
MESSAGES = torch.tensor(
    [
        [2, 3, 4, 5, 0, 0, 0, 0],
        [6, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0],
        [8, 7, 6, 5, 4, 3, 2, 1],
    ],
    dtype=torch.float32,
)


def average(length: int = LENGTH) -> Layers:
    return word_average_layers(WordAverageOptions(width=5), Inputs((length,), (CODES,)), 2)


def convolution(length: int = LENGTH, window: int = 3) -> Layers:
    options = TextCNNOptions.model_validate({"width": 5, "filters": 4, "window": window})
    return text_cnn_layers(options, Inputs((length,), (CODES,)), 2)


@pytest.mark.parametrize("layers", [average(), convolution(), convolution(window=7)])
def test_the_network_is_what_its_layers_say(layers: Layers) -> None:
    network = build_network(layers, seed=0).eval()
    assert sum(p.numel() for p in network.parameters()) == parameter_count(layers)
    values = MESSAGES
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        for layer, module in zip(layers, network, strict=True):
            values = module(values)
            assert tuple(values.shape[1:]) == layer.output_shape
            for matrix in layer.matrices:
                weight = module.get_parameter(matrix.weight)
                assert weight.reshape(len(weight), -1).shape == (matrix.outputs, matrix.inputs)
    assert training_flops(layers, len(MESSAGES)) == 3 * counter.get_total_flops()


def test_an_average_is_that_of_torchs_embedding_bag() -> None:
    network = build_network(average(), seed=1)
    bag = nn.EmbeddingBag(CODES, 5, mode="mean", padding_idx=0)
    bag.load_state_dict(network[0].state_dict())
    torch.testing.assert_close(network[1](network[0](MESSAGES)), bag(MESSAGES.long()))


@pytest.mark.parametrize("build", [average, convolution])
def test_more_room_for_words_changes_no_answer(build) -> None:
    network = build_network(build(), seed=2).eval()
    roomier = torch.nn.functional.pad(MESSAGES, (0, 5))
    torch.testing.assert_close(network(roomier), network(MESSAGES))


def test_a_filter_answers_with_its_strongest_place_among_the_words() -> None:
    network = build_network(convolution(), seed=3).eval()
    embedding, filters = network[0], network[1]
    with torch.no_grad():
        filters.bias.fill_(5.0)  # padding that counted would now be seen
        words = embedding(MESSAGES[:1, :4]).transpose(1, 2)
        plain = nn.functional.conv1d(words, filters.weight, filters.bias, padding="same")
        expected = plain.relu().amax(dim=2)
        torch.testing.assert_close(network[:4](MESSAGES[:1]), expected)
        assert not network[:4](MESSAGES[2:3]).any()


@pytest.mark.parametrize("build", [average, convolution])
def test_training_keeps_the_vector_of_padding_at_zero(build) -> None:
    network = build_network(build(), seed=4)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.1, weight_decay=0.1)
    before = network[0].weight.detach().clone()
    for _ in range(3):
        optimizer.zero_grad()
        network(MESSAGES).square().sum().backward()
        optimizer.step()
    assert not network[0].weight[0].any()
    assert not network[0].weight[1:].equal(before[1:])
