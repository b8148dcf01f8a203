"""Folders of pictures, made by the tests."""

import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

COLOURS = {"red": (220, 30, 30), "blue": (30, 30, 220)}


def picture(path: Path, colour: tuple[int, ...], size: tuple[int, int] = (24, 20)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB" if len(colour) == 3 else "RGBA", size, colour).save(path)
    return path


def folder_of_pictures(folder: Path, each: int = 12, suffix: str = ".png") -> Path:
    for name, colour in COLOURS.items():
        for number in range(each):
            picture(folder / name / f"{number:03}{suffix}", colour, (20 + number, 24))
    return folder


def png_of(width: int, height: int) -> bytes:
    """The beginning of a picture that promises so many pixels, and has hardly any."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(np.zeros(3 * 50_000, np.uint8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
