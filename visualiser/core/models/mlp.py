"""Multilayer perceptron: fully connected layers with an activation in between."""

from typing import Annotated

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import (
    Activation,
    ActivationName,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Layers,
)
from visualiser.core.models.spec import Model

Width = Annotated[int, Field(ge=1, le=2048)]
Rate = Annotated[float, Field(ge=0, le=0.9)]


class MLPOptions(Value):
    """Widths of the hidden layers, the activation after each, and the dropout after that."""

    hidden: Annotated[tuple[Width, ...], Field(max_length=8)] = (32,)
    activation: ActivationName = "relu"
    dropout: Rate = 0.0


def mlp_layers(options: MLPOptions, inputs: Inputs, outputs: int) -> Layers:
    """Flatten where needed, then Dense, activation and dropout per hidden layer, then Dense."""
    shape = inputs.shape
    layers: list[Layer] = [Flatten(shape)] if len(shape) > 1 else []
    width = layers[0].output_shape[0] if layers else shape[0]
    for hidden in options.hidden:
        layers += [Dense(width, hidden), Activation((hidden,), options.activation)]
        if options.dropout:
            layers.append(Dropout((hidden,), options.dropout))
        width = hidden
    return (*layers, Dense(width, outputs))


MODEL = Model(
    name="mlp",
    title="Neural network (MLP)",
    story="Layers of neurons, each looking at all of the layer before: the all-rounder.",
    options=MLPOptions,
    forms=("vector", "grid"),
    needs="it must become a fixed count of numbers",
    layers=mlp_layers,
)
