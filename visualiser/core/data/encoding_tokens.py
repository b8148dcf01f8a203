"""Messages as their words one after the other, each as its number in a vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.bag_of_words import most_frequent_words, word_codes
from visualiser.core.data.dataset import Dataset, Features, FloatArray, IntArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.encoding_text import MAX_BYTES
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

NO_WORD, OTHER_WORD = "(none)", "(other words)"
UNKNOWN = 1
"""The code of each word that has none of its own."""
_MIN_LENGTH = 4


class TokensOptions(Value):
    """How many words of a message are read, and how many different words have a number."""

    length: Annotated[
        int,
        Field(
            ge=_MIN_LENGTH,
            le=512,
            title="Words read",
            description="How many words of a message the model reads; the rest is cut off.",
        ),
    ] = 48
    vocabulary: Annotated[
        int,
        Field(
            ge=16,
            le=20_000,
            title="Words known",
            description="How many different words have a vector; the others share one.",
        ),
    ] = 4096


@dataclass(frozen=True)
class TokensEncoder:
    """The first `length` words as numbers: 0 where there is none, 1 for a word unknown."""

    length: int
    words: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """One number a place."""
        return (self.length,)

    @property
    def names(self) -> tuple[str, ...]:
        """The places of a message: “word 1”, “word 2”."""
        return tuple(f"word {place}" for place in range(1, self.length + 1))

    @property
    def vocabularies(self) -> tuple[tuple[str, ...], ...]:
        """One for all places."""
        return ((NO_WORD, OTHER_WORD, *self.words),)

    def transform(self, features: Features) -> FloatArray:
        """(N,) messages → (N, length) float32 numbers of words."""
        assert isinstance(features, np.ndarray)
        number = {word: code for code, word in enumerate(self.words, start=UNKNOWN + 1)}
        encoded = np.zeros((len(features), self.length), dtype=np.float32)
        for _, rows, codes in word_codes(features, lambda word: number.get(word, UNKNOWN)):
            places = _places(rows)
            read = places < self.length
            encoded[rows[read], places[read]] = codes[read]
        return encoded


def _places(rows: IntArray) -> IntArray:
    """For (T,) numbers of messages in order, the place of each word within its message."""
    at = np.arange(len(rows))
    first = np.diff(rows, prepend=-1) > 0
    places: IntArray = at - np.maximum.accumulate(np.where(first, at, 0))
    return places


def fit_tokens(
    messages: Sequence[str] | NDArray[Any], rows: int, options: TokensOptions
) -> TokensEncoder:
    """The most frequent words of (n,) training messages of a data set with `rows` rows."""
    length = max(_MIN_LENGTH, min(options.length, MAX_BYTES // (4 * max(rows, 1))))
    words, different = most_frequent_words(messages, options.vocabulary)
    cut = sum(
        int(np.count_nonzero(np.bincount(found - found[0]) > length))
        for _, found, _ in word_codes(messages, lambda word: 0)
        if len(found)
    )
    share = 100 * cut / max(len(messages), 1)
    note = (
        f"A message becomes the numbers of its first {length} words, and zeros where it has fewer; "
        f"{share:.0f} % of the training messages have more. {len(words):,} of {different:,} "
        "different words have a number of their own, those found in most messages."
    )
    fewer = (
        (f"Only {length} instead of {options.length} words, to fit in memory.",)
        if length < options.length
        else ()
    )
    return TokensEncoder(length, words, (note, *fewer))


def _fit(dataset: Dataset, train: Part, options: TokensOptions) -> TokensEncoder:
    return fit_tokens(np.asarray(train.features), len(dataset), options)


ENCODING = Encoding("text", "tokens", TokensOptions, _fit)
