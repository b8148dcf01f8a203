"""The pages of a column in a Parquet file: found, unpacked, and made into text."""

from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_parquet_text import ToText
from visualiser.core.data.own_table_parquet_thrift import Struct, ThriftReader
from visualiser.core.data.own_table_parquet_values import (
    MOST_BYTES,
    PLAIN,
    PLAIN_DICTIONARY,
    RLE_DICTIONARY,
    Values,
    decoded,
    hybrid,
)

MOST_VALUES = 5_000_000
"""Of a page: they have some thousands as a rule."""
_LONGEST_HEAD = 2**20
_ROWS_AT_ONCE = 2_000
"""Made into text together."""
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
Decompress = Callable[[bytes, int], bytes]


class Column(NamedTuple):
    """A column as the file describes it.

    Attributes:
        kind: physical type.
        width: bytes of a value of fixed length.
        optional: whether values may be missing.
        to_text: what makes text of its values.
    """

    name: str
    kind: int
    width: int
    optional: bool
    to_text: ToText


def decompressor(codec: int) -> Decompress:
    """What unpacks a page: (bytes, how many they become) → bytes.

    Raises:
        ValueError: nobody writes that any more.
    """
    import cramjam

    unpack = {
        1: cramjam.snappy.decompress_raw_into,
        2: cramjam.gzip.decompress_into,
        4: cramjam.brotli.decompress_into,
        6: cramjam.zstd.decompress_into,
        7: cramjam.lz4.decompress_block_into,
    }.get(codec)
    if codec == 0:
        return lambda content, size: content
    if unpack is None:
        raise ValueError(f"a compression that is not read ({codec})")

    def run(content: bytes, size: int) -> bytes:
        room = bytearray(size)
        try:
            done = unpack(content, room) if size else 0
        except cramjam.DecompressionError as error:
            raise ValueError("a page is not packed as it says") from error
        if done != size:
            raise ValueError("a page is not packed as it says")
        return bytes(room)

    return run


class ColumnChunk:
    """The values of a column in one group of rows, a page at a time."""

    def __init__(self, stream: IO[bytes], column: Column, said: Struct) -> None:
        """`said` is what the file says of the chunk."""
        self._stream, self._column = stream, column
        self._unpack = decompressor(_whole(said, 4, 0))
        self._count = _whole(said, 5)
        self._start = _whole(said, 9)
        dictionary = _whole(said, 11, 0)
        if 0 < dictionary < self._start:
            self._start = dictionary
        self._end = self._start + _whole(said, 7)
        self._dictionary = _Dictionary(column, [], 0)

    def texts(self) -> Iterator[list[str]]:
        """The texts of some rows at once; empty where a value is missing.

        No more is made into text than is asked for: the beginning of a file is looked at quickly,
        and other threads get their turn.
        """
        position, done = self._start, 0
        while done < self._count and position < self._end:
            self._stream.seek(position)
            reader = ThriftReader(self._stream.read(min(_LONGEST_HEAD, self._end - position)))
            head = reader.struct()
            unpacked, packed = _whole(head, 2), _whole(head, 3)
            if max(unpacked, packed) > MOST_BYTES:
                raise ValueError("a page is too large")
            self._stream.seek(position + reader.position)
            content = self._stream.read(packed)
            position += reader.position + packed
            kind = _whole(head, 1)
            if kind == _DICTIONARY:
                self._read_dictionary(self._unpack(content, unpacked), _struct(head, 7))
            elif kind in {_DATA, _DATA_2}:
                for texts in self._data(kind, content, unpacked, head):
                    done += len(texts)
                    yield texts
        if done < self._count:
            raise ValueError("a column ends too early")

    def _read_dictionary(self, content: bytes, said: Struct) -> None:
        count = _count(said)
        kind, width = self._column.kind, self._column.width
        values = decoded(content, PLAIN, kind, width, count)
        self._dictionary = _Dictionary(self._column, values, count)

    def _data(self, kind: int, content: bytes, unpacked: int, head: Struct) -> Iterator[list[str]]:
        if kind == _DATA:
            return self._page(self._unpack(content, unpacked), _struct(head, 5))
        return self._page_2(content, unpacked, _struct(head, 8))

    def _page(self, content: bytes, said: Struct) -> Iterator[list[str]]:
        count = _count(said)
        present = np.ones(count, dtype=np.int64)
        if self._column.optional:
            size = int.from_bytes(content[:4], "little")
            present = hybrid(content[4 : 4 + size], 1, count)
            content = content[4 + size :]
        return self._texts(content, _whole(said, 2), present)

    def _page_2(self, content: bytes, unpacked: int, said: Struct) -> Iterator[list[str]]:
        count, before = _count(said), _whole(said, 5) + _whole(said, 6)
        present = np.ones(count, dtype=np.int64)
        if self._column.optional:
            present = hybrid(content[_whole(said, 6) : before], 1, count)
        values = content[before:]
        if said.get(7, True):
            values = self._unpack(values, max(0, unpacked - before))
        return self._texts(values, _whole(said, 4), present)

    def _texts(
        self, content: bytes, encoding: int, present: NDArray[np.int64]
    ) -> Iterator[list[str]]:
        known = int(present.sum())
        values: Values
        if encoding in {PLAIN_DICTIONARY, RLE_DICTIONARY}:
            values = hybrid(content[1:], content[0], known) if known else []
            to_text: ToText = self._dictionary.texts
        else:
            kind, width = self._column.kind, self._column.width
            values = decoded(content, encoding, kind, width, known)
            to_text = self._column.to_text
        if len(values) != known:
            raise ValueError("a page ends too early")
        start = 0
        for first in range(0, len(present), _ROWS_AT_ONCE):
            there = present[first : first + _ROWS_AT_ONCE]
            end = start + int(there.sum())
            texts = to_text(values[start:end]) if end > start else []
            start = end
            coming = iter(texts)
            all_there = len(texts) == len(there)
            yield texts if all_there else [next(coming) if row else "" for row in there.tolist()]


class _Dictionary:
    """The different values of a column, made into text when they are first met."""

    def __init__(self, column: Column, values: Values, count: int) -> None:
        self._column, self._values = column, values
        self._texts = [""] * count
        self._is_known = np.zeros(count, dtype=bool)

    def texts(self, codes: Values) -> list[str]:
        """The texts of (N,) codes.

        Raises:
            IndexError: there is no such value.
        """
        places = np.asarray(codes)
        new = np.unique(places[~self._is_known[places]])
        if len(new):
            values = self._values
            some = [values[n] for n in new] if isinstance(values, list) else values[new]
            for place, text in zip(new.tolist(), self._column.to_text(some), strict=True):
                self._texts[place] = text
            self._is_known[new] = True
        return [self._texts[place] for place in places.tolist()]


def _count(said: Struct) -> int:
    count = _whole(said, 1)
    if count > MOST_VALUES:
        raise ValueError("a page of too many values")
    return count


def _whole(said: Struct, field: int, otherwise: int | None = None) -> int:
    value = said.get(field, otherwise)
    if not isinstance(value, int) or value < 0:
        raise ValueError(f"a whole number is missing (field {field})")
    return value


def _struct(said: Struct, field: int) -> Struct:
    found = said.get(field)
    if not isinstance(found, dict):
        raise ValueError(f"a header is missing (field {field})")
    return found
