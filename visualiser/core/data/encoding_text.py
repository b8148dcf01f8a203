"""Messages as bags of words: which words occur, not in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.bag_of_words import most_frequent_words, word_codes
from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.hashed_words import hashed_words
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

MAX_BYTES = 512 * 2**20
"""An encoded data set may take this much memory; a larger one gets fewer words."""
MIN_SIZE = 16


class TextOptions(Value):
    """Which words count, and how many numbers a message becomes.

    `words`: "vocabulary" takes the most frequent words of the training messages; "hashed" sends
    every word to one of `size` numbers, so unknown words count too and none can be named.
    """

    words: Literal["vocabulary", "hashed"] = "vocabulary"
    size: Annotated[int, Field(ge=MIN_SIZE, le=20_000)] = 2048


@dataclass(frozen=True)
class VocabularyEncoder:
    """1 where a word of the vocabulary occurs in the message, 0 elsewhere."""

    names: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """One number a word."""
        return (len(self.names),)

    def transform(self, features: Features) -> FloatArray:
        """(N,) messages → (N, words) float32 of 0 and 1."""
        assert isinstance(features, np.ndarray)
        column = {word: index for index, word in enumerate(self.names)}
        codes = word_codes(features, lambda word: column.get(word, -1))
        return _marks(codes, len(features), len(self.names))


@dataclass(frozen=True)
class HashedEncoder:
    """1 where some word of the message goes to that number, 0 elsewhere."""

    size: int
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """One number a bucket."""
        return (self.size,)

    @property
    def names(self) -> tuple[str, ...]:
        """Buckets are numbered: a hash cannot be read backwards."""
        return tuple(f"words {number}" for number in range(self.size))

    def transform(self, features: Features) -> FloatArray:
        """(N,) messages → (N, size) float32 of 0 and 1."""
        assert isinstance(features, np.ndarray)
        return _marks(hashed_words(features, self.size), len(features), self.size)


def fit_text(
    messages: NDArray[Any], rows: int, options: TextOptions
) -> VocabularyEncoder | HashedEncoder:
    """A bag of words fitted on (n,) training messages of a data set with `rows` rows."""
    size = max(MIN_SIZE, min(options.size, MAX_BYTES // (4 * max(rows, 1))))
    fewer = (
        (f"Only {size:,} instead of {options.size:,} words, to fit in memory.",)
        if size < options.size
        else ()
    )
    if options.words == "hashed":
        note = (
            f"Every word goes to one of {size:,} numbers by its hash; a number is 1 where one of "
            "its words occurs. Different words can share a number."
        )
        return HashedEncoder(size, (note, *fewer))
    words, different = most_frequent_words(messages, size)
    words = words or ("(no words)",)
    note = (
        f"A message becomes {len(words):,} numbers: 1 where a word occurs, else 0, for the words "
        f"found in most of the training messages ({different:,} different words)."
    )
    return VocabularyEncoder(words, (note, *fewer))


def _marks(words: Iterable[tuple[int, IntArray, IntArray]], messages: int, size: int) -> FloatArray:
    """(messages, size) float32: 1 where a message has a word of that code, 0 elsewhere."""
    encoded = np.zeros((messages, size), dtype=np.float32)
    for _, rows, codes in words:
        encoded[rows, codes] = 1
    return encoded


def _fit(dataset: Dataset, train: Part, options: TextOptions) -> VocabularyEncoder | HashedEncoder:
    return fit_text(np.asarray(train.features), len(dataset), options)


ENCODING = Encoding("text", "vector", TextOptions, _fit)
