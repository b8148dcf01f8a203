"""The torch modules of the layers that read codes."""

import torch
from torch import Tensor, nn

from visualiser.core.models.text_layers import (
    PADDING,
    Embedding,
    MaxOverTime,
    MeanOverWords,
    WordConvolution,
)
from visualiser.core.network.modules import module_of

_SPREAD = 0.1
"""Standard deviation of starting vectors. torch's 1 lets rare words, which hardly move from where
they start, decide as much as those that were learnt."""


class CodeEmbedding(nn.Embedding):
    """Vectors of codes that come as float32, as all inputs do."""

    def __init__(self, codes: int, width: int, padding: int | None) -> None:
        super().__init__(codes, width, padding_idx=padding)
        with torch.no_grad():
            self.weight.mul_(_SPREAD)

    def forward(self, codes: Tensor) -> Tensor:
        """(N, L) → (N, L, width)."""
        return super().forward(codes.long())


class MeanOfWords(nn.Module):
    """The mean over the places that have a word."""

    def forward(self, vectors: Tensor) -> Tensor:
        """(N, L, width) → (N, width)."""
        words = _present(vectors).sum(dim=1, keepdim=True)
        return vectors.sum(dim=1) / words.clamp_min(1)


class ConvolutionOverWords(nn.Conv1d):
    """A convolution that answers 0 around places without a word."""

    def forward(self, vectors: Tensor) -> Tensor:
        """(N, L, width) → (N, filters, L)."""
        answers = super().forward(vectors.transpose(1, 2))
        return answers * _present(vectors).unsqueeze(1)


class Strongest(nn.Module):
    """The largest value over time."""

    def forward(self, values: Tensor) -> Tensor:
        """(N, filters, L) → (N, filters)."""
        return values.amax(dim=2)


def _present(vectors: Tensor) -> Tensor:
    """(N, L) 1 where there is a word, 0 where there is padding, whose vector is zero."""
    return vectors.detach().any(dim=2).to(vectors.dtype)


@module_of.register
def _embedding(layer: Embedding) -> nn.Module:
    return CodeEmbedding(layer.codes, layer.width, PADDING if layer.padded else None)


@module_of.register
def _mean_over_words(layer: MeanOverWords) -> nn.Module:
    return MeanOfWords()


@module_of.register
def _word_convolution(layer: WordConvolution) -> nn.Module:
    width = layer.input_shape[1]
    return ConvolutionOverWords(width, layer.outputs, layer.window, padding="same")


@module_of.register
def _max_over_time(layer: MaxOverTime) -> nn.Module:
    return Strongest()
