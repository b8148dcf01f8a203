"""The next character from the last few, with fully connected layers (Bengio et al. 2003)."""

from typing import Annotated

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.language_layers import DenseOverText, LastPlaces
from visualiser.core.models.layers import Activation, ActivationName, Dropout, Layer, Layers
from visualiser.core.models.spec import Model
from visualiser.core.models.text_layers import Embedding


class CharacterMLPOptions(Value):
    """How many characters are seen, numbers for each, the hidden layer, and the dropout after."""

    characters: Annotated[
        int,
        Field(ge=1, le=32, title="Characters seen", description="The last so many characters."),
    ] = 8
    width: Annotated[
        int,
        Field(
            ge=1,
            le=128,
            title="Vector length",
            description="How many numbers are learnt for each character.",
        ),
    ] = 24
    neurons: Annotated[
        int, Field(ge=1, le=1024, title="Neurons", description="Neurons of the hidden layer.")
    ] = 192
    activation: ActivationName = "relu"
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.1


def character_mlp_layers(options: CharacterMLPOptions, inputs: Inputs, outputs: int) -> Layers:
    """Embedding, the last few places in a row, Dense, activation, dropout, Dense."""
    (length,), (codes,) = inputs.shape, inputs.codes
    embedding = Embedding(codes, options.width, length)
    last = LastPlaces(embedding.output_shape, min(options.characters, length))
    hidden = DenseOverText(length, last.output_shape[1], options.neurons)
    layers: list[Layer] = [embedding, last, hidden]
    layers.append(Activation(hidden.output_shape, options.activation))
    if options.dropout:
        layers.append(Dropout(hidden.output_shape, options.dropout))
    return (*layers, DenseOverText(length, options.neurons, outputs))


MODEL = Model(
    name="character_mlp",
    title="Last few characters (MLP)",
    story="A neural network that sees a fixed count of characters, eight if not told otherwise.",
    options=CharacterMLPOptions,
    forms=("context",),
    needs="it writes text on, character by character",
    layers=character_mlp_layers,
)
