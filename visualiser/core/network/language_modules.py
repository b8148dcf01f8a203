"""The torch modules of the layers that foretell the next character."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from visualiser.core.models.language_layers import (
    Attention,
    DenseOverText,
    FeedForward,
    LastPlaces,
    Normalisation,
    Places,
)
from visualiser.core.network.modules import SeededDropout, module_of

_SPREAD = 0.1
"""Standard deviation of starting vectors of places, as of characters."""


class PlaceVectors(nn.Module):
    """Adds the vector of its place; of a shorter text those of the first places."""

    def __init__(self, length: int, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(length, width) * _SPREAD)

    def forward(self, values: Tensor) -> Tensor:
        """(N, L, width) → the same shape."""
        return values + self.weight[: values.shape[1]]


class CausalAttention(nn.Module):
    """Attention to the places before and the place itself, with its residual connection."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.dropout = SeededDropout(dropout) if dropout else nn.Identity()

    def forward(self, values: Tensor) -> Tensor:
        """(N, L, width) → the same shape."""
        seen = self.norm(values)
        query, key, value = map(self._by_head, (self.query(seen), self.key(seen), self.value(seen)))
        taken = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        added: Tensor = self.dropout(self.output(taken.transpose(1, 2).flatten(2)))
        return values + added

    def weights(self, values: Tensor) -> Tensor:
        """(N, L, width) → (N, heads, L, L): how much each place takes from each one before it."""
        seen = self.norm(values)
        query, key = self._by_head(self.query(seen)), self._by_head(self.key(seen))
        scores = query @ key.transpose(2, 3) / query.shape[-1] ** 0.5
        later = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).triu(1)
        shares: Tensor = scores.masked_fill(later, -torch.inf).softmax(dim=-1)
        return shares

    def _by_head(self, values: Tensor) -> Tensor:
        """(N, L, width) → (N, heads, L, width / heads)."""
        return values.view(*values.shape[:2], self.heads, -1).transpose(1, 2)


class FeedForwardNetwork(nn.Module):
    """One hidden layer at each place, with its residual connection."""

    def __init__(self, width: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.hidden = nn.Linear(width, hidden)
        self.output = nn.Linear(hidden, width)
        self.dropout = SeededDropout(dropout) if dropout else nn.Identity()

    def forward(self, values: Tensor) -> Tensor:
        """(N, L, width) → the same shape."""
        hidden = functional.gelu(self.hidden(self.norm(values)))
        added: Tensor = self.dropout(self.output(hidden))
        return values + added


class LastVectors(nn.Module):
    """The vectors of the last places in a row, oldest first."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def forward(self, values: Tensor) -> Tensor:
        """(N, L, width) → (N, L, places · width)."""
        padded = functional.pad(values, (0, 0, self.places - 1, 0))
        return padded.unfold(1, self.places, 1).transpose(2, 3).flatten(2)


@module_of.register
def _dense_over_text(layer: DenseOverText) -> nn.Module:
    return nn.Linear(layer.inputs, layer.outputs)


@module_of.register
def _places(layer: Places) -> nn.Module:
    return PlaceVectors(layer.codes, layer.width)


@module_of.register
def _normalisation(layer: Normalisation) -> nn.Module:
    return nn.LayerNorm(layer.width)


@module_of.register
def _attention(layer: Attention) -> nn.Module:
    return CausalAttention(layer.width, layer.heads, layer.dropout)


@module_of.register
def _feed_forward(layer: FeedForward) -> nn.Module:
    return FeedForwardNetwork(layer.width, layer.hidden, layer.dropout)


@module_of.register
def _last_places(layer: LastPlaces) -> nn.Module:
    return LastVectors(layer.places)
