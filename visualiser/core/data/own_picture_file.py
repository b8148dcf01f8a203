"""One picture from a file that a stranger made: upright, small, on white, and never too large."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.errors import UserError

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ppm"])
MOST_PIXELS = 60_000_000
"""Of a picture: unpacked they take four bytes each. JPEG is made smaller while it is read."""
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM")
"""No format that another program would be started for."""
GREY = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""How bright red, green and blue are to the eye."""
_WHITE = (255, 255, 255, 255)
Fit = Literal["pad", "crop", "stretch"]


class Unreadable(Exception):
    """A picture cannot be used; says what it is in a few words: “gone”, “too large: …”."""


class TooLarge(Unreadable):
    """There are more pixels than are unpacked for a small picture of them."""


def read_picture(path: Path, size: int, fit: Fit = "pad") -> NDArray[np.uint8]:
    """(size, size, 3) bytes: turned as the camera was held, transparency on white.

    Args:
        path: of the picture.
        size: pixels of a side.
        fit: how a picture that is no square becomes one: with white beside it, its middle alone,
            or stretched.

    Raises:
        Unreadable: it is damaged, of another kind than its name says, or far too large.
    """
    with _refusals_in_words():
        return np.asarray(_square(_upright(path, size), size, fit), dtype=np.uint8)


def read_whole(path: Path, longest: int) -> NDArray[np.uint8]:
    """(H, W, 3) bytes of the whole picture, upright and on white; neither side is above `longest`.

    Raises:
        Unreadable: as `read_picture`.
    """
    with _refusals_in_words():
        picture = _upright(path, longest)
        picture.thumbnail((longest, longest))
        return np.asarray(picture, dtype=np.uint8)


def _upright(path: Path, size: int) -> "Image":
    """The picture in colour, turned as the camera was held and not much larger than needed."""
    from PIL import Image, ImageOps

    with Image.open(path, formats=_FORMATS) as picture:
        picture.draft("RGB", (2 * size, 2 * size))
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLarge(f"too large: {picture.width:,} × {picture.height:,} pixels")
        return ImageOps.exif_transpose(_on_white(picture, size))


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    """Whatever a decoder raises becomes Unreadable, which says what the picture is."""
    from PIL import Image

    try:
        yield
    except Unreadable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge("too large") from error
    except FileNotFoundError as error:
        raise Unreadable("gone") from error
    except PermissionError as error:
        raise Unreadable("closed to you: its permissions forbid it") from error
    except Exception as error:  # whatever a decoder raises over bytes that are no picture
        raise Unreadable("no picture that can be read") from error


def _on_white(picture: "Image", size: int) -> "Image":
    """The picture in colour, at most some four times as large as needed."""
    from PIL import Image

    exif = picture.getexif()
    if picture.mode.startswith("I"):  # 16 bits a pixel
        picture = picture.point(lambda value: value / 256).convert("L")
    factor = min(picture.size) // (4 * size)
    if factor > 1 and picture.mode not in {"P", "1"}:
        picture = picture.reduce(factor)
    if picture.mode in {"RGBA", "LA", "PA", "P", "RGBa"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, _WHITE), clear)
    flat = picture.convert("RGB")
    flat.info["exif"] = exif.tobytes() if len(exif) else b""
    return flat


def _square(picture: "Image", size: int, fit: Fit) -> "Image":
    from PIL import Image, ImageOps

    way = Image.Resampling.LANCZOS
    if fit == "stretch":
        return picture.resize((size, size), way)
    if fit == "crop":
        return ImageOps.fit(picture, (size, size), way)
    return ImageOps.pad(picture, (size, size), way, color=_WHITE[:3])


@contextmanager
def bombs_refused() -> Iterator[None]:
    """Within, a picture whose header promises too many pixels is refused before it is unpacked.

    Raises:
        UserError: pictures cannot be read here.
    """
    try:
        from PIL import Image
    except ImportError as error:
        raise UserError(
            f"Pictures cannot be read here: {error}.", "Install the program anew, with Pillow."
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield
