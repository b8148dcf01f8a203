"""Sound as a recording program writes it into a pipe, a few bytes at a time."""

import struct

import numpy as np

from visualiser.core.data.clip_file import RATES
from visualiser.core.data.dataset import FloatArray
from visualiser.core.errors import UserError

_WIDTH = 2
"""Bytes of a sample."""
_FULL_SCALE = 32_768
_PCM, _EXTENSIBLE = 1, 0xFFFE
_LONGEST_HEADER = 4_096


class PcmStream:
    """16-bit samples, bare or after the header of a WAV file, which then says rate and channels.

    A header tells the truth where a device could not be opened at the rate that was asked for.

    Attributes:
        rate: samples a second.
    """

    def __init__(self, rate: int) -> None:
        """`rate` is that of bare samples, which have one channel."""
        self.rate = rate
        self._channels = 1
        self._waiting = b""
        self._in_header = True

    def feed(self, data: bytes) -> FloatArray:
        """The samples that are whole with these bytes, (n,) in −1…1, channels mixed to one.

        Raises:
            UserError: the header is of another kind of sound.
        """
        self._waiting += data
        if self._in_header and not self._read_header():
            return np.zeros(0, dtype=np.float32)
        frame = _WIDTH * self._channels
        whole = len(self._waiting) // frame * frame
        values = np.frombuffer(self._waiting[:whole], dtype="<i2").reshape(-1, self._channels)
        self._waiting = self._waiting[whole:]
        mixed = values.mean(axis=1, dtype=np.float64) / _FULL_SCALE
        return np.asarray(mixed, dtype=np.float32)

    def _read_header(self) -> bool:
        """Whether samples come next: take off the header, as soon as it is whole."""
        if self._waiting[:4] != b"RIFF"[: len(self._waiting)]:
            self._in_header = False
        elif len(self._waiting) >= len(b"RIFF----WAVE"):
            self._in_header = not self._read_chunks()
        return not self._in_header

    def _read_chunks(self) -> bool:
        """Whether the samples were reached; chunks before them are read or skipped."""
        place = len(b"RIFF----WAVE")
        while len(self._waiting) >= place + 8:
            name, size = struct.unpack_from("<4sI", self._waiting, place)
            place += 8
            if name == b"data":
                self._waiting = self._waiting[place:]
                return True
            if name == b"fmt " and len(self._waiting) >= place + 16:
                self._read_format(place)
            place += size + size % 2
        if len(self._waiting) > _LONGEST_HEADER:
            raise _unknown()
        return False

    def _read_format(self, place: int) -> None:
        kind, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", self._waiting, place)
        lowest, highest = RATES
        known = kind in (_PCM, _EXTENSIBLE) and bits == 8 * _WIDTH
        if not known or not channels or not lowest <= rate <= highest:
            raise _unknown()
        self.rate, self._channels = rate, channels


def _unknown() -> UserError:
    return UserError(
        "The recording program gives sound in an unknown form.",
        "Record with another program and open the clip.",
    )
