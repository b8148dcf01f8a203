"""A two-tower network: what a customer bought on one side, products on the other.

After Covington, Adams & Sargin, “Deep Neural Networks for YouTube Recommendations” (2016), and
Yi et al., “Sampling-bias-corrected neural modeling” (2019).
"""

from typing import Annotated

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Activation, Dense, Dropout, Layer, Layers
from visualiser.core.models.purchase_layers import Basket, ProductTower
from visualiser.core.models.spec import Model


class TowerOptions(Value):
    """Numbers that describe a product, neurons of the hidden layer in each tower, dropout."""

    dimensions: Annotated[
        int,
        Field(
            ge=1,
            le=256,
            title="Vector length",
            description="How many numbers describe a product, before and after its tower.",
        ),
    ] = 64
    neurons: Annotated[
        int,
        Field(
            ge=1,
            le=1024,
            title="Neurons a tower",
            description="How many neurons the hidden layer of each tower has.",
        ),
    ] = 128
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.2


def tower_layers(options: TowerOptions, inputs: Inputs, outputs: int) -> Layers:
    """The customer's tower over the basket, then its inner product with each product's tower."""
    width, hidden = options.dimensions, options.neurons
    customer: list[Layer] = [
        Basket(outputs, width, inputs.shape[0]),
        Dense(width, hidden),
        Activation((hidden,), "relu"),
    ]
    if options.dropout:
        customer.append(Dropout((hidden,), options.dropout))
    return (*customer, Dense(hidden, width), ProductTower(width, hidden, outputs))


MODEL = Model(
    name="two_tower",
    title="Two-tower network",
    story="Knows a customer by the basket alone, so that it can recommend to new customers too.",
    options=TowerOptions,
    forms=("basket",),
    needs="a two-tower network needs baskets of products",
    layers=tower_layers,
)
