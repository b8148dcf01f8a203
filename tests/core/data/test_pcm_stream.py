"""What a recording program writes, in pieces of any size."""

import io
import struct
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.pcm_stream import PcmStream
from visualiser.core.errors import UserError

VALUES = np.array([0, 16_384, -32_768, 32_767, 7], dtype="<i2")


def wave_bytes(rate: int = 44_100, channels: int = 1, width: int = 2) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(np.repeat(VALUES, channels).tobytes())
    return file.getvalue()


def fed(stream: PcmStream, data: bytes, size: int) -> np.ndarray:
    return np.concatenate([stream.feed(data[i : i + size]) for i in range(0, len(data), size)])


@given(st.integers(1, 60))
def test_bare_samples_are_of_the_rate_that_was_asked_for(size: int) -> None:
    stream = PcmStream(16_000)
    np.testing.assert_array_equal(fed(stream, VALUES.tobytes(), size), VALUES / 32_768)
    assert stream.rate == 16_000


@given(st.integers(1, 60), st.integers(1, 3))
def test_a_header_says_another_rate_and_channels_are_mixed(size: int, channels: int) -> None:
    stream = PcmStream(16_000)
    found = fed(stream, wave_bytes(channels=channels), size)
    np.testing.assert_allclose(found, VALUES / 32_768, atol=1e-7)
    assert stream.rate == 44_100


def test_other_chunks_before_the_samples_are_skipped() -> None:
    data = wave_bytes()
    place = data.index(b"data")
    extended = data[:place] + struct.pack("<4sI4s", b"LIST", 3, b"abc") + data[place:]
    np.testing.assert_allclose(PcmStream(8_000).feed(extended), VALUES / 32_768, atol=1e-7)


@pytest.mark.parametrize(
    "data",
    [
        wave_bytes(width=1),
        wave_bytes(rate=10),
        b"RIFF----WAVE" + struct.pack("<4sI", b"junk", 9_000) + bytes(5_000),
    ],
)
def test_other_kinds_of_sound_are_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="unknown form"):
        PcmStream(16_000).feed(data)
