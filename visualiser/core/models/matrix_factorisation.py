"""Matrix factorisation for implicit feedback (Koren, Bell & Volinsky 2009; Rendle et al. 2009)."""

from typing import Annotated

from pydantic import Field

from visualiser.core.data.encoding_spec import Inputs
from visualiser.core.experiment import Value
from visualiser.core.models.layers import Dropout, Layers
from visualiser.core.models.purchase_layers import Customers, Products
from visualiser.core.models.spec import Model


class FactorOptions(Value):
    """How many numbers a customer and a product are described by, and dropout of those."""

    dimensions: Annotated[
        int,
        Field(
            ge=1,
            le=256,
            title="Numbers each",
            description="How many numbers describe each customer and each product.",
        ),
    ] = 128
    dropout: Annotated[
        float,
        Field(
            ge=0,
            le=0.9,
            title="Dropout",
            description="Share of a customer's numbers that is left out of each training step.",
        ),
    ] = 0.7


def factor_layers(options: FactorOptions, inputs: Inputs, outputs: int) -> Layers:
    """The customer's vector, then its inner product with that of every product."""
    customers = Customers(inputs.codes[0], options.dimensions)
    products = Products(options.dimensions, outputs)
    if not options.dropout:
        return (customers, products)
    return (customers, Dropout((options.dimensions,), options.dropout), products)


MODEL = Model(
    name="matrix_factorisation",
    title="Matrix factorisation",
    story="A list of numbers for each customer and each product: those that go together get lists "
    "that point the same way.",
    options=FactorOptions,
    forms=("pair",),
    needs="matrix factorisation needs customers and what they bought",
    layers=factor_layers,
)
