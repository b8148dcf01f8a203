"""A recurrent network that reads a series value by value (GRU, Cho et al. 2014)."""

from typing import Annotated, Literal

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Dense, Layers
from visualiser.core.models.recurrent_layers import GRU
from visualiser.core.models.spec import Model


class GRUOptions(Value):
    """How large the state is that is kept, and whether a second layer reads the first one's."""

    hidden: Annotated[
        int,
        Field(
            ge=1,
            le=512,
            title="Neurons",
            description="How many numbers the network keeps in mind from one value to the next.",
        ),
    ] = 32
    layers: Literal[1, 2] = Field(
        1, title="Layers", description="A second layer reads the states of the first."
    )


def gru_layers(options: GRUOptions, inputs: Inputs, outputs: int) -> Layers:
    """One or two GRUs, then Dense from the last state."""
    time, numbers = inputs.shape
    below = (GRU((time, numbers), options.hidden, whole=True),) if options.layers == 2 else ()
    width = options.hidden if below else numbers
    return (*below, GRU((time, width), options.hidden), Dense(options.hidden, outputs))


MODEL = Model(
    name="gru",
    title="Recurrent network for series (GRU)",
    story="Reads the values before one after the other and keeps in mind what matters of them.",
    options=GRUOptions,
    forms=("series",),
    needs="a recurrent network needs a dated series",
    layers=gru_layers,
)
