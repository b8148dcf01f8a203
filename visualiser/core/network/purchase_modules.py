"""Modules of the layers that recommend."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from visualiser.core.models.purchase_layers import Basket, Customers, Products, ProductTower
from visualiser.core.network.modules import module_of

_SPREAD = 0.1
"""Standard deviation of starting vectors: inner products then begin near zero, and BPR at log 2."""


class CustomerVectors(nn.Module):
    """Looks up the vector of each pair's customer."""

    def __init__(self, layer: Customers) -> None:
        super().__init__()
        self.weight = _vectors(layer.codes, layer.width)

    def forward(self, pairs: Tensor) -> Tensor:
        """(N, 2) float codes → (N, width)."""
        return functional.embedding(pairs[:, 0].long(), self.weight)


class BasketMean(nn.Module):
    """The mean vector of the products in a basket."""

    def __init__(self, layer: Basket) -> None:
        super().__init__()
        self.weight = _vectors(layer.codes, layer.width)

    def forward(self, codes: Tensor) -> Tensor:
        """(N, L) float codes, 0 for none → (N, width)."""
        return functional.embedding_bag(
            torch.clamp(codes.long() - 1, min=0),
            self.weight,
            mode="sum",
            per_sample_weights=_shares(codes),
        )


class ProductScores(nn.Module):
    """Inner products with each product's vector, and its bias."""

    def __init__(self, layer: Products) -> None:
        super().__init__()
        self.weight = _vectors(layer.products, layer.width)
        self.bias = nn.Parameter(torch.zeros(layer.products))

    def vectors(self) -> Tensor:
        """(products, width) of now."""
        return self.weight

    def forward(self, customers: Tensor) -> Tensor:
        """(N, width) → (N, products)."""
        return functional.linear(customers, self.weight, self.bias)


class TowerScores(nn.Module):
    """Inner products with what comes out of the products' tower."""

    def __init__(self, layer: ProductTower) -> None:
        super().__init__()
        self.embedding = nn.Embedding(
            layer.products, layer.width, _weight=_vectors(layer.products, layer.width).data
        )
        self.hidden = nn.Linear(layer.width, layer.hidden)
        self.vector = nn.Linear(layer.hidden, layer.width)
        self.bias = nn.Parameter(torch.zeros(layer.products))

    def vectors(self) -> Tensor:
        """(products, width) of now."""
        vectors: Tensor = self.vector(functional.relu(self.hidden(self.embedding.weight)))
        return vectors

    def forward(self, customers: Tensor) -> Tensor:
        """(N, width) → (N, products)."""
        return functional.linear(customers, self.vectors(), self.bias)


def _vectors(count: int, width: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(count, width) * _SPREAD)


def _shares(codes: Tensor) -> Tensor:
    """(N, L): one part in the size of the basket where there is a product, 0 elsewhere."""
    there = (codes > 0).float()
    return there / there.sum(dim=1, keepdim=True).clamp(min=1)


@module_of.register
def _customers(layer: Customers) -> nn.Module:
    return CustomerVectors(layer)


@module_of.register
def _basket(layer: Basket) -> nn.Module:
    return BasketMean(layer)


@module_of.register
def _products(layer: Products) -> nn.Module:
    return ProductScores(layer)


@module_of.register
def _product_tower(layer: ProductTower) -> nn.Module:
    return TowerScores(layer)
