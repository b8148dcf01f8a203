"""Layers of models that recommend: vectors of customers and of products, and their products.

A score is the inner product of two vectors, so that a customer is near the products to be shown.
"""

from dataclasses import dataclass
from typing import ClassVar

from visualiser.core.models.layers import Matrix, Shape, Vectors


@dataclass(frozen=True)
class Customers(Vectors):
    """The vector of each customer: pairs (N, 2) → (N, width). The product of a pair is not read."""

    title: ClassVar[str] = "Customers"


@dataclass(frozen=True)
class Basket(Vectors):
    """The mean of the vectors of products in a basket: (N, length) codes → (N, width).

    Code 0 is no product, has no vector and counts for nothing; an empty basket is all zeros.

    Attributes:
        length: products that a basket has room for.
    """

    length: int
    title: ClassVar[str] = "Basket"

    @property
    def multiply_adds(self) -> int:
        """The sum of as many vectors as a basket has room for."""
        return self.length * self.width


@dataclass(frozen=True)
class Products:
    """Scores of all products: (N, width) → (N, products).

    The inner product with each product's vector, and a bias for how much it is bought by all.
    """

    width: int
    products: int
    title: ClassVar[str] = "Products"

    @property
    def parameters(self) -> int:
        """A vector and a bias for each product."""
        return self.products * (self.width + 1)

    @property
    def multiply_adds(self) -> int:
        """Inner products with one customer."""
        return self.products * self.width

    @property
    def output_shape(self) -> Shape:
        """One score a product."""
        return (self.products,)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """One."""
        return (Matrix(self.products, self.width),)


@dataclass(frozen=True)
class ProductTower:
    """As Products, but each product's vector comes out of a small network of its own.

    The product tower: an embedding (products, width), a hidden layer with ReLU, a linear layer.
    """

    width: int
    hidden: int
    products: int
    title: ClassVar[str] = "Product tower"

    @property
    def parameters(self) -> int:
        """Embedding, two layers with biases, and a bias for each product."""
        layers = self.hidden * (self.width + 1) + self.width * (self.hidden + 1)
        return self.products * (self.width + 1) + layers

    @property
    def multiply_adds(self) -> int:
        """Inner products with one customer; the tower itself is computed once a batch."""
        return self.products * self.width

    @property
    def output_shape(self) -> Shape:
        """One score a product."""
        return (self.products,)

    @property
    def matrices(self) -> tuple[Matrix, ...]:
        """On the way of a product through its tower."""
        return (
            Matrix(self.products, self.width, "embedding", "embedding.weight", ""),
            Matrix(self.hidden, self.width, "hidden", "hidden.weight", "hidden.bias"),
            Matrix(self.width, self.hidden, "vector", "vector.weight", "vector.bias"),
        )
