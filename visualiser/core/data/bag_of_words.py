"""Words of many texts as numbers, quick enough for millions of words."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[£$€!?]")
_BLOCK = 1000
"""Texts at once: few enough for the processor's cache, and for other threads to get a turn."""
_MAX_REMEMBERED = 500_000


def tokens(message: str) -> list[str]:
    """Words and numbers in lower case, and the signs £ $ € ! ? that say much about a message."""
    return _TOKEN.findall(message.lower())


def word_spans(message: str) -> tuple[tuple[int, int], ...]:
    """Where its tokens stand in a message: start and end of each."""
    return tuple(found.span() for found in _TOKEN.finditer(message))


def word_codes(
    texts: Sequence[str] | NDArray[Any], code: Callable[[str], int]
) -> Iterator[tuple[int, IntArray, IntArray]]:
    """The tokens of each text as codes, a block of texts at a time.

    Args:
        texts: sequence or (N,) array of str.
        code: number of a token, 0 or more; −1 leaves the token out. Asked about once a token,
            as a rule, and must always answer the same.

    Yields:
        How many texts are done with this block; (T,) numbers of the texts of its tokens, counted
        from the first of all texts; (T,) codes of the tokens.
    """
    coder = WordCoder(code)
    for start in range(0, len(texts), _BLOCK):
        block = texts[start : start + _BLOCK]
        rows, codes = coder.code(block)
        known = codes >= 0
        yield start + len(block), start + rows[known], codes[known]


def most_frequent_words(
    texts: Sequence[str] | NDArray[Any], most: int
) -> tuple[tuple[str, ...], int]:
    """The words found in most texts, at most so many, and how many different words there are."""
    counts = _texts_with(texts)
    # Ties are broken by the alphabet, so that the order of the texts does not matter.
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(word for word, _ in ranked[:most]), len(counts)


def _texts_with(texts: Sequence[str] | NDArray[Any]) -> dict[str, int]:
    """For each word the number of texts that it occurs in."""
    codes: dict[str, int] = {}
    counts = np.zeros(0, dtype=np.int64)
    for _, rows, found in word_codes(texts, lambda word: codes.setdefault(word, len(codes))):
        known = max(1, len(codes))
        keys = np.sort(rows * known + found)
        once_a_text = keys[np.diff(keys, prepend=-1) > 0] % known
        more = np.bincount(once_a_text, minlength=len(codes))
        more[: len(counts)] += counts
        counts = more
    return dict(zip(codes, counts.tolist(), strict=True))


class WordCoder:
    """Codes of words, remembered from one block of texts to the next."""

    def __init__(self, code: Callable[[str], int]) -> None:
        self._pieces = _Pieces(code)

    def code(self, texts: Sequence[str] | NDArray[Any]) -> tuple[IntArray, IntArray]:
        """(T,) numbers of the texts of the tokens, and (T,) codes of the tokens."""
        pieces = [text.lower().split() for text in texts]
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        rows = np.repeat(np.arange(len(pieces)), lengths)
        found = map(self._pieces.__getitem__, chain.from_iterable(pieces))
        coded = self._pieces.expanded(rows, np.fromiter(found, np.int64, len(rows)))
        self._pieces.forget_if_many()
        return coded


class _Pieces(dict[str, int]):
    """Codes of what stands between blanks, each looked into once: most come back many times.

    No token spans a blank. A piece with one token has the code of that; one with none or several
    has −2 or less, which says where in `_several` its codes are.
    """

    def __init__(self, code: Callable[[str], int]) -> None:
        super().__init__()
        self._code = code
        self._several: list[list[int]] = []

    def __missing__(self, piece: str) -> int:
        codes = [self._code(token) for token in _TOKEN.findall(piece)]
        if len(codes) == 1:
            value = codes[0]
        else:
            self._several.append(codes)
            value = -1 - len(self._several)
        self[piece] = value
        return value

    def expanded(self, rows: IntArray, codes: IntArray) -> tuple[IntArray, IntArray]:
        """Rows and codes of pieces → rows and codes of tokens."""
        several = codes < -1
        if not several.any():
            return rows, codes
        found = [self._several[-2 - place] for place in codes[several].tolist()]
        counts = np.ones(len(codes), dtype=np.int64)
        counts[several] = [len(each) for each in found]
        expanded = np.repeat(codes, counts)
        expanded[np.repeat(several, counts)] = list(chain.from_iterable(found))
        return np.repeat(rows, counts), expanded

    def forget_if_many(self) -> None:
        """Keep memory bounded where nearly every piece is new, as addresses and numbers are."""
        if len(self) > _MAX_REMEMBERED:
            self.clear()
            self._several.clear()
