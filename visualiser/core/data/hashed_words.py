"""Words of many texts sent to a fixed number of buckets by their hash, many at once."""

import string
import zlib
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.bag_of_words import WordCoder
from visualiser.core.data.dataset import IntArray

_BLOCK = 2000
"""Texts at once: few enough for the processor's cache, and for other threads to get a turn."""
_LONGEST = 64
"""Texts among which there is a longer word are read word by word."""
_STEP = np.array([zlib.crc32(bytes([byte ^ 255])) ^ 0xFF000000 for byte in range(256)], np.uint32)
"""What a byte does to a checksum: zlib's own table, read from its answers on single bytes."""
_IN_WORD, _SIGN, _APOSTROPHE = 1, 2, 3
_KIND = dict.fromkeys(string.ascii_lowercase + string.digits, _IN_WORD)
_KIND |= {"$": _SIGN, "!": _SIGN, "?": _SIGN, "'": _APOSTROPHE}
_KINDS = bytes(_KIND.get(chr(byte), 0) for byte in range(256))
"""What each byte is: part of a word, a word by itself, part of one between two such, or none."""


def bucket(word: str, size: int) -> int:
    """The number that a hashed word goes to, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) % size


def hashed_words(
    texts: Sequence[str] | NDArray[Any], size: int
) -> Iterator[tuple[int, IntArray, IntArray]]:
    """The words of each text as buckets, a block of texts at a time.

    Args:
        texts: sequence or (N,) array of str.
        size: how many buckets there are.

    Yields:
        What `word_codes` does, with the words of a block in any order.
    """
    one_by_one = WordCoder(lambda word: bucket(word, size))
    for start in range(0, len(texts), _BLOCK):
        block = list(texts[start : start + _BLOCK])
        others = np.fromiter((not text.isascii() for text in block), bool, len(block))
        found = _buckets_of_ascii(list(compress(block, ~others)), size)
        if found is None:
            others[:] = True
            found = one_by_one.code([])
        rows, codes = one_by_one.code(list(compress(block, others)))
        rows = np.append(np.flatnonzero(~others)[found[0]], np.flatnonzero(others)[rows])
        yield start + len(block), start + rows, np.append(found[1], codes)


def _buckets_of_ascii(texts: list[str], size: int) -> tuple[IntArray, IntArray] | None:
    """Number of the text and bucket of each word; None where a word is very long."""
    letters = b" " + " ".join(texts).lower().encode() + b" "
    starts, lengths = _words_in(letters)
    if len(starts) and lengths.max() > _LONGEST:
        return None
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    rows = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(starts, ends + 1), prepend=0))
    return rows, (_crc32(np.frombuffer(letters, np.uint8), starts, lengths) % size).astype(np.int64)


def _words_in(letters: bytes) -> tuple[IntArray, IntArray]:
    """Where the words start in text in lower case with a blank at both ends, and their lengths."""
    kinds = np.frombuffer(letters.translate(_KINDS), dtype=np.uint8)
    inside, sign = kinds == _IN_WORD, kinds == _SIGN
    inside[1:-1] |= (kinds[1:-1] == _APOSTROPHE) & inside[:-2] & inside[2:]
    starts = np.flatnonzero(sign[1:] | (inside[1:] & ~inside[:-1])) + 1
    ends = np.flatnonzero(sign[:-1] | (inside[:-1] & ~inside[1:])) + 1
    return starts, ends - starts


def _crc32(letters: NDArray[np.uint8], starts: IntArray, lengths: IntArray) -> NDArray[np.uint32]:
    """The checksum of zlib of each word, letter by letter of all words."""
    order = np.argsort(_LONGEST - lengths.astype(np.uint8), kind="stable")
    places = starts[order]
    longer = len(order) - np.cumsum(np.bincount(lengths, minlength=1))
    remainder = np.full(len(order), 2**32 - 1, dtype=np.uint32)
    for place, count in enumerate(longer[:-1].tolist()):
        so_far = remainder[:count]
        step = _STEP[(so_far & 255) ^ letters[places[:count] + place]]
        remainder[:count] = step ^ (so_far >> 8)
    checksums = np.empty_like(remainder)
    checksums[order] = ~remainder
    return checksums
