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
        self._dictionary: list[str] = []

    def texts(self) -> Iterator[list[str]]:
        """The texts of each page; empty where a value is missing."""
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
            elif kind == _DATA:
                page = self._page(self._unpack(content, unpacked), _struct(head, 5))
                done += len(page)
                yield page
            elif kind == _DATA_2:
                page = self._page_2(content, unpacked, _struct(head, 8))
                done += len(page)
                yield page
        if done < self._count:
            raise ValueError("a column ends too early")

    def _read_dictionary(self, content: bytes, said: Struct) -> None:
        count = _count(said)
        kind, width = self._column.kind, self._column.width
        self._dictionary = self._column.to_text(decoded(content, PLAIN, kind, width, count))

    def _page(self, content: bytes, said: Struct) -> list[str]:
        count = _count(said)
        present = np.ones(count, dtype=np.int64)
        if self._column.optional:
            size = int.from_bytes(content[:4], "little")
            present = hybrid(content[4 : 4 + size], 1, count)
            content = content[4 + size :]
        return self._texts(content, _whole(said, 2), present)

    def _page_2(self, content: bytes, unpacked: int, said: Struct) -> list[str]:
        count, before = _count(said), _whole(said, 5) + _whole(said, 6)
        present = np.ones(count, dtype=np.int64)
        if self._column.optional:
            present = hybrid(content[_whole(said, 6) : before], 1, count)
        values = content[before:]
        if said.get(7, True):
            values = self._unpack(values, max(0, unpacked - before))
        return self._texts(values, _whole(said, 4), present)

    def _texts(self, content: bytes, encoding: int, present: NDArray[np.int64]) -> list[str]:
        known = int(present.sum())
        if encoding in {PLAIN_DICTIONARY, RLE_DICTIONARY}:
            codes = hybrid(content[1:], content[0], known) if known else ()
            texts = [self._dictionary[code] for code in codes]
        else:
            kind, width = self._column.kind, self._column.width
            values: Values = decoded(content, encoding, kind, width, known)
            texts = self._column.to_text(values)
        if len(texts) != known:
            raise ValueError("a page ends too early")
        if known == len(present):
            return texts
        coming = iter(texts)
        return [next(coming) if there else "" for there in present.tolist()]


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
