"""Cells of one column as they come in, piece by piece, and the column that they make."""

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_numbers import forget_huge, parse_numbers

if TYPE_CHECKING:
    import pandas as pd

MISSING = frozenset(
    [
        "",
        "NA",
        "N/A",
        "n/a",
        "na",
        "NaN",
        "nan",
        "-NaN",
        "-nan",
        "NULL",
        "null",
        "None",
        "<NA>",
        "#N/A",
        "#NA",
        "#VALUE!",
        "?",
        "-",
        "–",
    ]
)
"""Cells that mean “not known”."""
MAX_UNPARSED = 0.01
"""A column with more cells than this share that are no numbers is no numeric column."""


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """Values as float64, NaN where missing.

    Attributes:
        unparsed: how many cells were no numbers; the first of them is `first_unparsed`.
        too_large: how many were numbers that cannot be used.
    """

    name: str
    values: NDArray[np.float64]
    unparsed: int = 0
    first_unparsed: str = ""
    too_large: int = 0


@dataclass(frozen=True, eq=False)
class WordColumn:
    """Codes into `texts`, which are distinct unless `may_repeat`; −1 where missing."""

    name: str
    codes: NDArray[np.int32]
    texts: tuple[str, ...]
    may_repeat: bool = False

    def merged(self) -> "WordColumn":
        """The same column with distinct texts."""
        if not self.may_repeat:
            return self
        import pandas as pd

        new, texts = pd.factorize(np.array(self.texts, dtype=object))
        return WordColumn(self.name, np.append(new, -1).astype(np.int32)[self.codes], tuple(texts))


@dataclass(frozen=True, eq=False)
class UnreadColumn:
    """Names or ids, as a look at the first rows has shown, and therefore not read any further."""

    name: str


@dataclass(frozen=True, eq=False)
class AmountColumn:
    """Amounts as people write them, read as numbers, NaN where missing.

    Attributes:
        unit, decimal_comma: as in Parsed.
        misread: how many cells are no numbers; the first of them is `first_misread`.
        too_large: how many are numbers that cannot be used.
    """

    name: str
    values: NDArray[np.float64]
    unit: str
    decimal_comma: bool
    misread: int = 0
    first_misread: str = ""
    too_large: int = 0


@dataclass(frozen=True, eq=False)
class DateColumn:
    """Days since 1 January 1970, NaN where missing; `words` tell the format."""

    name: str
    values: NDArray[np.float64]
    words: str


RawColumn = NumberColumn | AmountColumn | DateColumn | WordColumn | UnreadColumn


class NotAsExpected(Exception):
    """A column is not what its first rows promised: it must be read again as text."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass
class GrowingNumbers:
    """A column of numbers so far."""

    name: str
    pieces: list[NDArray[np.float64]] = field(default_factory=list)
    rows: int = 0
    unparsed: int = 0
    first_unparsed: str = ""
    cell_type = ""
    """What to have the cells read as; empty for what they look like."""

    def add(self, piece: "pd.Series[Any]") -> None:
        """Numbers as they are; a piece with a stray word in it is parsed cell by cell.

        Raises:
            NotAsExpected: there are too many such words.
        """
        if piece.dtype.kind in "iuf":
            self._keep(piece.to_numpy(dtype=np.float64))
            return
        codes, words = piece.astype(str).where(piece.notna()).factorize()
        parsed = parse_numbers([str(word) for word in words])
        # The huge ones are counted when the column is complete.
        found = np.where(parsed.too_large, np.inf, parsed.values)
        values = np.append(found, np.nan)[codes]
        stray = np.flatnonzero(np.isnan(values) & (codes >= 0))
        if len(stray) > max(MAX_UNPARSED * len(piece), 1):
            raise NotAsExpected(self.name)
        if len(stray) and not self.first_unparsed:
            word = words[codes[stray[0]]]
            self.first_unparsed = f"“{str(word)[:40]}” in row {self.rows + int(stray[0]) + 1:,}"
        self.unparsed += len(stray)
        self._keep(values)

    def _keep(self, values: NDArray[np.float64]) -> None:
        self.pieces.append(values)
        self.rows += len(values)

    def column(self) -> NumberColumn:
        """The whole column; to be asked for once."""
        joined = np.concatenate(self.pieces)
        self.pieces.clear()
        too_large = int(np.count_nonzero(forget_huge(joined)))
        return NumberColumn(self.name, joined, self.unparsed, self.first_unparsed, too_large)


class GrowingWords:
    """A column of words so far, and the code of its word for each row."""

    cell_type = "object"

    def __init__(self, name: str) -> None:
        self.name = name
        self._pieces: list[NDArray[np.int32]] = []
        self._merged = _Codes()
        self._unmerged: list[str] = []
        self._merging = True

    @property
    def distinct(self) -> int:
        """How many different words there are; more than there are once merging has stopped."""
        return self._merged.count + len(self._unmerged)

    def stop_merging(self) -> None:
        """From now on most words are new: looking up whether they are costs more than it saves."""
        self._merging = False

    def add(self, piece: "pd.Series[Any]") -> None:
        """Words without the blanks around them."""
        import pandas as pd

        if self._merging:
            codes, found = pd.factorize(piece.to_numpy(dtype=object))
        else:
            present = piece.notna().to_numpy()
            found = piece.to_numpy(dtype=object)[present]
            codes = np.where(present, np.cumsum(present) - 1, -1)
        words = [word.strip() for word in found]
        table = np.full(len(words) + 1, -1, dtype=np.int32)
        if self._merging:
            table[:-1] = [self._merged[word] for word in words]
        else:
            known = np.array([word not in MISSING for word in words], dtype=bool)
            table[:-1][known] = self.distinct + np.arange(np.count_nonzero(known))
            self._unmerged += itertools.compress(words, known)
        self._pieces.append(table[codes])

    def column(self) -> WordColumn:
        """All of it so far."""
        texts = (*self._merged.texts(), *self._unmerged)
        return WordColumn(self.name, np.concatenate(self._pieces), texts, not self._merging)


class _Codes(dict[str, int]):
    """A new word gets the next code; the signs for “not known” have −1."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(MISSING, -1))

    def __missing__(self, word: str) -> int:
        code = self[word] = len(self) - len(MISSING)
        return code

    @property
    def count(self) -> int:
        """How many words have a code."""
        return len(self) - len(MISSING)

    def texts(self) -> tuple[str, ...]:
        """The words in the order of their codes."""
        return tuple(self)[len(MISSING) :]
