"""What a Parquet file says of itself: structures of Thrift's compact protocol as plain values."""

import struct
from collections.abc import Callable
from typing import TypeAlias

Thrift: TypeAlias = "bool | int | float | bytes | list[Thrift] | dict[int, Thrift]"
Struct: TypeAlias = "dict[int, Thrift]"

_DEEPEST = 16
_LONGEST_NUMBER = 10
_TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 1, 2, 3, 7, 8, 9, 10, 12
_WHOLE = frozenset([4, 5, 6])


class ThriftReader:
    """Reads structures one after the other; fields are found by their numbers.

    Raises ValueError or IndexError where the bytes are something else.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.position = 0

    def struct(self, depth: int = 0) -> Struct:
        """The structure that begins here."""
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        fields: dict[int, Thrift] = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self.zigzag()
            fields[number] = kind == _TRUE if kind in {_TRUE, _FALSE} else self._value(kind, depth)
        return fields

    def varint(self) -> int:
        """An unsigned whole number."""
        value = shift = 0
        for _ in range(_LONGEST_NUMBER):
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise ValueError("a number is too long")

    def zigzag(self) -> int:
        """A signed whole number."""
        value = self.varint()
        return (value >> 1) ^ -(value & 1)

    def _byte(self) -> int:
        self.position += 1
        return self._content[self.position - 1]

    def _bytes(self, count: int) -> bytes:
        found = self._content[self.position : self.position + count]
        if len(found) < count:
            raise ValueError("it ends too early")
        self.position += count
        return found

    def _value(self, kind: int, depth: int) -> Thrift:
        readers: dict[int, Callable[[], Thrift]] = {
            **dict.fromkeys(_WHOLE, self.zigzag),
            **dict.fromkeys((_TRUE, _FALSE, _BYTE), self._byte),
            **dict.fromkeys((_LIST, _SET), lambda: self._list(depth)),
            _BINARY: lambda: self._bytes(self.varint()),
            _DOUBLE: lambda: float(struct.unpack("<d", self._bytes(8))[0]),
            _STRUCT: lambda: self.struct(depth + 1),
        }
        if kind not in readers:
            raise ValueError(f"a field of kind {kind}")
        return readers[kind]()

    def _list(self, depth: int) -> Thrift:
        head = self._byte()
        size = head >> 4
        if size == 15:
            size = self.varint()
        if size > len(self._content):
            raise ValueError("a list is too long")
        return [self._value(head & 15, depth + 1) for _ in range(size)]
