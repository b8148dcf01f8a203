"""Purchases as codes: of the customer and the product, or of what else the customer bought."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from pydantic import Field

from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

NONE = "(nothing)"
"""What code 0 of a basket stands for."""


class PairOptions(Value):
    """A pair of codes has nothing to set."""


@dataclass(frozen=True)
class PairEncoder:
    """The codes as they are."""

    vocabularies: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """Two numbers."""
        return (2,)

    @property
    def names(self) -> tuple[str, ...]:
        """Customer and product."""
        return ("customer", "product")

    def transform(self, features: Features) -> FloatArray:
        """(N, 2) codes → float32, exact up to 16 million."""
        return np.asarray(features).astype(np.float32)


def _fit_pair(dataset: Dataset, train: Part, options: PairOptions) -> PairEncoder:
    assert dataset.catalogue is not None
    return PairEncoder((dataset.catalogue.customers, dataset.catalogue.products))


class BasketOptions(Value):
    """How much of what a customer bought a model is told, the most often bought first."""

    products: Annotated[
        int,
        Field(
            ge=1,
            le=200,
            title="Products a basket",
            description="How many of a customer's purchases the model is told, at most.",
        ),
    ] = 50


@dataclass(frozen=True, eq=False)
class BasketEncoder:
    """What each customer bought in training, without the product of the row itself.

    So that a model cannot look the answer up: it sees the rest and has to find what is missing.
    Baskets are those of the clean training part, as everything that an encoder is fitted on; a
    spoiled part has its own (`told_by`).

    Attributes:
        baskets: (customers, products + 1) codes of products from 1 on, 0 where there are no more.
        times: (N,) for each row of the data set in how many orders the product was.
    """

    baskets: IntArray
    times: IntArray
    vocabularies: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """As many codes as a model is told of one customer."""
        return (self.baskets.shape[1] - 1,)

    @property
    def names(self) -> tuple[str, ...]:
        """Places are counted."""
        return tuple(f"product {place + 1}" for place in range(self.shape[0]))

    def transform(self, features: Features) -> FloatArray:
        """(N, 2) customers and products, −1 for none → (N, products) float32 codes."""
        pairs = np.asarray(features)
        basket = self.baskets.astype(np.float32)[pairs[:, 0]]
        own = basket == (pairs[:, 1] + 1)[:, None]
        # From the place of the own product on, all move up by one; else the last one is left out.
        moved = np.logical_or.accumulate(own, axis=1)[:, :-1]
        others: FloatArray = np.where(moved, basket[:, 1:], basket[:, :-1])
        return others

    def told_by(self, train: Part) -> "BasketEncoder":
        """The same with the baskets of another training part."""
        return replace(self, baskets=_baskets(train, self.times, *self.baskets.shape))


def _fit_basket(dataset: Dataset, train: Part, options: BasketOptions) -> BasketEncoder:
    catalogue = dataset.catalogue
    assert catalogue is not None
    baskets = _baskets(train, catalogue.times, len(catalogue.customers), options.products + 1)
    note = (
        f"The model is not told who a customer is, but up to {options.products} products that this "
        "customer bought, those of most orders; the one to be found is left out. Where purchases "
        "are spoiled, the baskets learnt from are too; those of validation and test stay clean."
    )
    return BasketEncoder(baskets, catalogue.times, ((NONE, *catalogue.products),), (note,))


def _baskets(train: Part, times: IntArray, customers: int, room: int) -> IntArray:
    """(customers, room) what each bought in `train`, as BasketEncoder.baskets."""
    customer, product = np.asarray(train.features).T
    order = np.lexsort((product, -times[train.rows], customer))
    customer, product = customer[order], product[order]
    # A mistaken purchase may be one of a product that the customer bought besides.
    keys = customer * (int(product.max(initial=0)) + 1) + product
    first = np.sort(np.unique(keys, return_index=True)[1])
    customer, product = customer[first], product[first]
    sizes = np.bincount(customer, minlength=customers)
    place = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    told = place < room
    baskets = np.zeros((customers, room), dtype=np.int64)
    baskets[customer[told], place[told]] = product[told] + 1
    return baskets


PAIR = Encoding("purchases", "pair", PairOptions, _fit_pair)
BASKET = Encoding("purchases", "basket", BasketOptions, _fit_basket)
