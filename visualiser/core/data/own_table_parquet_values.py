"""How Parquet writes the values of a page, as numpy arrays and lists of bytes."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_parquet_thrift import ThriftReader

Values: TypeAlias = "NDArray[Any] | list[bytes]"

BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTES, FIXED = range(8)
PLAIN, PLAIN_DICTIONARY, RLE, RLE_DICTIONARY = 0, 2, 3, 8
_DELTA, _DELTA_LENGTH, _DELTA_BYTES, _STREAM_SPLIT = 5, 6, 7, 9
_NUMBERS = {INT32: "<i4", INT64: "<i8", FLOAT: "<f4", DOUBLE: "<f8"}
_WIDEST = 64
MOST_BYTES = 300_000_000
"""Of a page once unpacked: they have one megabyte as a rule."""


def decoded(content: bytes, encoding: int, kind: int, width: int, count: int) -> Values:
    """The values of a page that are there.

    Args:
        content: what follows the levels.
        encoding: as the page says.
        kind: physical type.
        width: bytes of a value of fixed length.
        count: how many there are.

    Raises:
        ValueError, IndexError: the page is damaged, or written in a way that is not read.
    """
    if encoding == PLAIN:
        return _plain(content, kind, width, count)
    if encoding == RLE and kind == BOOLEAN:
        return hybrid(content[4:], 1, count)
    if encoding == _DELTA and kind in {INT32, INT64}:
        return _delta(ThriftReader(content), content, count).astype(_NUMBERS[kind])
    if encoding == _DELTA_LENGTH and kind == BYTES:
        reader = ThriftReader(content)
        lengths = _delta(reader, content, count)
        return _cut(content, reader.position, lengths)
    if encoding == _DELTA_BYTES and kind in {BYTES, FIXED}:
        return _delta_bytes(content, count)
    if encoding == _STREAM_SPLIT and kind != BYTES:
        size = np.dtype(_NUMBERS[kind]).itemsize if kind in _NUMBERS else width
        streams = np.frombuffer(content, np.uint8, size * count).reshape(size, count)
        return _plain(streams.T.tobytes(), kind, width, count)
    raise ValueError(f"an encoding that is not read ({encoding})")


def hybrid(content: bytes, width: int, count: int) -> NDArray[np.int64]:
    """(count,) small whole numbers of `width` bits, in runs and in packs of eight."""
    found = np.zeros(count, dtype=np.int64)
    reader, done = ThriftReader(content), 0
    while done < count and width:
        head = reader.varint()
        start = reader.position
        if head & 1:
            packed = content[start : start + (head >> 1) * width]
            values = _unpacked(packed, width, min((head >> 1) * 8, count - done))
            reader.position += (head >> 1) * width
            found[done : done + len(values)] = values
            done += len(values)
        else:
            size = (width + 7) // 8
            end = min(count, done + (head >> 1))
            found[done:end] = int.from_bytes(content[start : start + size], "little")
            reader.position += size
            done = end
    return found


def _unpacked(packed: bytes, width: int, count: int) -> NDArray[np.int64]:
    if not 0 < width <= _WIDEST:
        raise ValueError("numbers of too many bits")
    stream = np.unpackbits(np.frombuffer(packed, np.uint8), bitorder="little")
    bits = stream[: count * width].reshape(count, width)
    places = np.uint64(1) << np.arange(width, dtype=np.uint64)
    return (bits @ places).astype(np.int64)


def _plain(content: bytes, kind: int, width: int, count: int) -> Values:
    if kind == BOOLEAN:
        return np.unpackbits(np.frombuffer(content, np.uint8), bitorder="little")[:count]
    if kind in _NUMBERS:
        return np.frombuffer(content, _NUMBERS[kind], count)
    if kind == INT96:
        return np.frombuffer(content, [("nanoseconds", "<i8"), ("day", "<i4")], count)
    if kind == FIXED:
        if len(content) < width * count:
            raise ValueError("a page ends too early")
        return [content[start : start + width] for start in range(0, width * count, width)]
    values, position = [], 0
    for _ in range(count):
        start = position + 4
        position = start + int.from_bytes(content[position:start], "little")
        values.append(content[start:position])
    if position > len(content):
        raise ValueError("a page ends too early")
    return values


def _delta(reader: ThriftReader, content: bytes, count: int) -> NDArray[np.int64]:
    """Whole numbers written as differences, in blocks with a smallest difference each."""
    block, parts, total, first = (*(reader.varint() for _ in range(3)), reader.zigzag())
    if total != count or not parts or block % parts or block > 2**20:
        raise ValueError("a block of differences is damaged")
    size = block // parts
    steps, found = [np.array([first], np.int64)], 1
    while found < count:
        least = reader.zigzag()
        widths = content[reader.position : reader.position + parts]
        reader.position += parts
        for width in widths:
            if found >= count:
                break
            step = np.zeros(size, np.int64)
            if width:
                packed = content[reader.position : reader.position + size * width // 8]
                step = _unpacked(packed, width, size)
                reader.position += size * width // 8
            steps.append((step + np.int64(least))[: count - found])
            found += len(steps[-1])
        if len(widths) < parts:
            raise ValueError("a block of differences ends too early")
    with np.errstate(over="ignore"):
        return np.cumsum(np.concatenate(steps))[:count]


def _cut(content: bytes, position: int, lengths: NDArray[np.int64]) -> list[bytes]:
    if len(lengths) and lengths.min() < 0:
        raise ValueError("a length below zero")
    ends = (position + np.cumsum(lengths)).tolist()
    if ends and ends[-1] > len(content):
        raise ValueError("a page ends too early")
    starts = [position, *ends[:-1]]
    return [content[start:end] for start, end in zip(starts, ends, strict=True)]


def _delta_bytes(content: bytes, count: int) -> list[bytes]:
    """Texts that each begin with some bytes of the one before."""
    reader = ThriftReader(content)
    prefixes = _delta(reader, content, count).tolist()
    lengths = _delta(reader, content, count)
    values: list[bytes] = []
    before, size = b"", 0
    for prefix, suffix in zip(prefixes, _cut(content, reader.position, lengths), strict=True):
        before = before[: max(0, prefix)] + suffix
        size += len(before)
        if size > MOST_BYTES:
            raise ValueError("a page unpacks to too much")
        values.append(before)
    return values
