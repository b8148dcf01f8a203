"""A convolutional network over words (after Kim 2014)."""

from typing import Annotated, Literal

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Activation, Dense, Dropout, Layer, Layers
from visualiser.core.models.spec import Model
from visualiser.core.models.text_layers import Embedding, MaxOverTime, WordConvolution
from visualiser.core.models.word_average import Width


class TextCNNOptions(Value):
    """Numbers for a word, filters, how many words a filter sees, and dropout after them."""

    width: Width = 32
    filters: Annotated[
        int,
        Field(ge=1, le=512, title="Filters", description="How many turns of phrase it looks for."),
    ] = 32
    window: Literal[1, 3, 5, 7] = Field(
        3, title="Words a filter sees", description="How many neighbouring words it looks at."
    )
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.5


def text_cnn_layers(options: TextCNNOptions, inputs: Inputs, outputs: int) -> Layers:
    """Embedding, convolution over words, ReLU, max over time, dropout, Dense."""
    length = inputs.shape[0]
    convolution = WordConvolution((length, options.width), options.filters, options.window)
    layers: list[Layer] = [
        Embedding(inputs.codes[0], options.width, length, padded=True),
        convolution,
        Activation(convolution.output_shape, "relu"),
        MaxOverTime(convolution.output_shape),
    ]
    if options.dropout:
        layers.append(Dropout((options.filters,), options.dropout))
    return (*layers, Dense(options.filters, outputs))


MODEL = Model(
    name="text_cnn",
    title="Convolutional network for text",
    story="Filters that slide over a few words at a time and find turns of phrase: here the order "
    "of words counts.",
    options=TextCNNOptions,
    forms=("tokens",),
    needs="a convolution over words needs text",
    layers=text_cnn_layers,
)
