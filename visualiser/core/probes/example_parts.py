"""The parts of an example that a user knows: pixels, cells of a spectrogram, words, columns.

A model sees encoded numbers, several of which may be of one part: the channels of a pixel, the 0/1
numbers of a category, the moments at which one column is repeated.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from visualiser.core.data.bag_of_words import word_spans
from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray, Table, read_only
from visualiser.core.data.encoding_moments import MomentsEncoder
from visualiser.core.data.encoding_series import SeriesEncoder
from visualiser.core.data.encoding_spec import Encoder
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.data.encoding_text import HashedEncoder, VocabularyEncoder
from visualiser.core.data.encoding_tokens import TokensEncoder
from visualiser.core.data.hashed_words import bucket

Spans = tuple[tuple[int, int], ...]


class Parts(Protocol):
    """How the encoded numbers of one example are added up to its parts.

    Attributes:
        spans, names: as in LookedAt.
    """

    @property
    def spans(self) -> Spans:
        """See above."""

    @property
    def names(self) -> tuple[str, ...]:
        """See above."""

    def gathered(self, numbers: FloatArray) -> FloatArray:
        """(*shape of the encoder) → what the parts have, shaped as in Attribution.values."""


class Pixels:
    """Of (C, H, W) pictures and (1, mels, frames) spectrograms."""

    spans: Spans = ()
    names: tuple[str, ...] = ()

    def gathered(self, numbers: FloatArray) -> FloatArray:
        """The sum over channels."""
        return read_only(numbers.sum(axis=0))


class Words:
    """Of a message; a number that several words share is divided among them."""

    names: tuple[str, ...] = ()

    def __init__(self, text: str, place: Callable[[int, str], int]) -> None:
        """`place` tells for the number of a word and the word where it is encoded, or −1."""
        self.spans = word_spans(text)
        words = [text[start:end].lower() for start, end in self.spans]
        self._places: IntArray = np.array([place(n, w) for n, w in enumerate(words)], np.int64)

    def gathered(self, numbers: FloatArray) -> FloatArray:
        """(T,) zero for words that are not read."""
        found = self._places >= 0
        sharing = np.bincount(self._places[found], minlength=len(numbers))
        values = np.zeros(len(self._places), dtype=np.float32)
        places = self._places[found]
        values[found] = numbers[places] / np.maximum(sharing[places], 1)
        return read_only(values)


class Columns:
    """Of a table or a point: each column has some of the numbers."""

    spans: Spans = ()

    def __init__(self, names: tuple[str, ...], owners: IntArray) -> None:
        """`owners` has for each encoded number, unrolled, the place of its column."""
        self.names, self._owners = names, owners

    def gathered(self, numbers: FloatArray) -> FloatArray:
        """(C,) the sum of the numbers of each column."""
        sums = np.bincount(self._owners, numbers.ravel(), minlength=len(self.names))
        return read_only(sums.astype(np.float32))


def parts_of(dataset: Dataset, encoder: Encoder, features: Features) -> Parts:
    """Of one example, (1,) features."""
    if dataset.modality == "text":
        return Words(str(np.asarray(features)[0]), _word_place(encoder))
    if isinstance(features, Table):
        return Columns(features.names, _owners(encoder, features))
    if dataset.modality == "points":
        return Columns(encoder.names, np.arange(len(encoder.names)))
    return Pixels()


def _word_place(encoder: Encoder) -> Callable[[int, str], int]:
    if isinstance(encoder, TokensEncoder):
        length = encoder.length
        return lambda number, word: number if number < length else -1
    if isinstance(encoder, HashedEncoder):
        size = encoder.size
        return lambda number, word: bucket(word, size)
    assert isinstance(encoder, VocabularyEncoder)
    column = {word: index for index, word in enumerate(encoder.names)}
    return lambda number, word: column.get(word, -1)


def _owners(encoder: Encoder, table: Table) -> IntArray:
    if isinstance(encoder, MomentsEncoder):
        return _owners_of_moments(encoder, table)
    of_table = encoder.table if isinstance(encoder, SeriesEncoder) else encoder
    assert isinstance(of_table, TableEncoder)
    return _spread(of_table)


def _spread(encoder: TableEncoder) -> IntArray:
    """(numbers,) which column each is of."""
    widths = [end - start for start, end in encoder.spans]
    return np.repeat(np.arange(len(widths)), widths)


def _owners_of_moments(encoder: MomentsEncoder, table: Table) -> IntArray:
    """A moment has its own past value, and beside it all that is known of the period."""
    seasons, numbers = encoder.seasons, len(table.numeric_names)
    known = [*range(seasons.apart), *range(seasons.past, len(table.names))]
    assert len(table.names) - numbers == len(table.categorical_names)
    owners = np.empty(encoder.shape, dtype=np.int64)
    owners[:, 0] = np.arange(seasons.apart, seasons.past)
    owners[:, 1:] = np.array(known)[_spread(encoder.known)]
    return owners.ravel()
