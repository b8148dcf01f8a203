"""A small generative pre-trained transformer (after GPT, Radford et al. 2018 and 2019)."""

from typing import Annotated, Literal

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.language_layers import (
    Attention,
    DenseOverText,
    FeedForward,
    Normalisation,
    Places,
)
from visualiser.core.models.layers import Layer, Layers
from visualiser.core.models.spec import Model
from visualiser.core.models.text_layers import Embedding

_HIDDEN = 4
"""Neurons of a feed-forward network for each number that goes in, as in all GPTs."""


class GPTOptions(Value):
    """Blocks of attention and feed-forward network, heads of each, and numbers a head has."""

    blocks: Annotated[
        int,
        Field(
            ge=1,
            le=8,
            title="Blocks",
            description="Each looks back over the text by attention, then thinks it over.",
        ),
    ] = 3
    heads: Annotated[
        int,
        Field(
            ge=1,
            le=8,
            title="Heads",
            description="Ways of looking back in each block; the Attention view shows them.",
        ),
    ] = 4
    head_width: Annotated[
        Literal[4, 8, 16, 24, 32, 64],
        Field(title="Head size", description="How many numbers a head works with."),
    ] = 16
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.1


def gpt_layers(options: GPTOptions, inputs: Inputs, outputs: int) -> Layers:
    """Embedding and places; per block attention and feed-forward network; then the outputs."""
    (length,), (codes,) = inputs.shape, inputs.codes
    width = options.heads * options.head_width
    layers: list[Layer] = [Embedding(codes, width, length), Places(length, width)]
    for _ in range(options.blocks):
        layers += [
            Attention(length, width, options.heads, options.dropout),
            FeedForward(length, width, _HIDDEN * width, options.dropout),
        ]
    return (*layers, Normalisation(length, width), DenseOverText(length, width, outputs))


MODEL = Model(
    name="gpt",
    title="Small transformer (GPT)",
    story="Looks back over the text, chooses what matters for the next character, and thinks it "
    "over: the large language models in small.",
    options=GPTOptions,
    forms=("context",),
    needs="it writes text on, character by character",
    layers=gpt_layers,
)
