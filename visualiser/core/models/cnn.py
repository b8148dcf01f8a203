"""A small convolutional network for pictures (after LeNet, LeCun et al. 1998)."""

from typing import Annotated, Literal

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import (
    Activation,
    ActivationName,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Layers,
    MaxPool,
)
from visualiser.core.models.spec import Model


class CNNOptions(Value):
    """Filters of each convolution, their size, and the hidden layer after them."""

    filters: Annotated[
        tuple[Annotated[int, Field(ge=1, le=128)], ...], Field(min_length=1, max_length=3)
    ] = (8, 16)
    kernel: Literal[3, 5, 7] = 5
    hidden: Annotated[int, Field(ge=1, le=1024)] = 64
    activation: ActivationName = "relu"
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0


def cnn_layers(options: CNNOptions, inputs: Inputs, outputs: int) -> Layers:
    """Convolution, activation and 2 × 2 pooling per filter count; then Dense, dropout, Dense."""
    layers: list[Layer] = []
    channels, height, width = inputs.shape
    current = (channels, height, width)
    for filters in options.filters:
        convolution = Convolution(current, filters, options.kernel)
        pool = MaxPool((filters, *current[1:]), 2 if min(current[1:]) >= 2 else 1)
        layers += [convolution, Activation(convolution.output_shape, options.activation), pool]
        current = (filters, pool.output_shape[1], pool.output_shape[2])
    flatten = Flatten(current)
    dense = Dense(flatten.output_shape[0], options.hidden)
    layers += [flatten, dense, Activation((options.hidden,), options.activation)]
    if options.dropout:
        layers.append(Dropout((options.hidden,), options.dropout))
    return (*layers, Dense(options.hidden, outputs))


MODEL = Model(
    name="cnn",
    title="Convolutional network (CNN)",
    story="Small filters that slide over a picture: fewer weights, and better on images.",
    options=CNNOptions,
    forms=("grid",),
    needs="a convolution needs pictures",
    layers=cnn_layers,
)
