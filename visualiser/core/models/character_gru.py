"""A network with a memory that goes through the text (GRU, Cho et al. 2014)."""

from typing import Annotated

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.language_layers import DenseOverText
from visualiser.core.models.layers import Dropout, Layer, Layers
from visualiser.core.models.recurrent_layers import GRU
from visualiser.core.models.spec import Model
from visualiser.core.models.text_layers import Embedding


class CharacterGRUOptions(Value):
    """Numbers for each character, neurons of the memory, how many of them one upon the other."""

    width: Annotated[
        int,
        Field(
            ge=1,
            le=256,
            title="Vector length",
            description="How many numbers are learnt for each character.",
        ),
    ] = 48
    neurons: Annotated[
        int, Field(ge=1, le=512, title="Neurons", description="Neurons of the memory.")
    ] = 192
    recurrences: Annotated[
        int,
        Field(ge=1, le=3, title="Memories", description="Memories, one upon the other."),
    ] = 1
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.2


def character_gru_layers(options: CharacterGRUOptions, inputs: Inputs, outputs: int) -> Layers:
    """Embedding; per recurrence its memory and dropout; then the outputs."""
    (length,), (codes,) = inputs.shape, inputs.codes
    layers: list[Layer] = [Embedding(codes, options.width, length)]
    width = options.width
    for _ in range(options.recurrences):
        layers.append(GRU((length, width), options.neurons, whole=True))
        width = options.neurons
        if options.dropout:
            layers.append(Dropout((length, width), options.dropout))
    return (*layers, DenseOverText(length, width, outputs))


MODEL = Model(
    name="character_gru",
    title="Recurrent network for text (GRU)",
    story="Reads character after character and keeps a memory of what came: no fixed count.",
    options=CharacterGRUOptions,
    forms=("context",),
    needs="it writes text on, character by character",
    layers=character_gru_layers,
)
