import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.bundled import read_arrays
from visualiser.core.data.drawn_picture import Manner, centred, manner_of


def drawing(top: int, left: int, height: int, width: int) -> np.ndarray:
    ink = np.zeros((280, 280), dtype=np.float32)
    ink[top : top + height, left : left + width] = 1
    return ink


@given(
    top=st.integers(0, 180),
    left=st.integers(0, 180),
    height=st.integers(12, 100),
    width=st.integers(12, 100),
    side=st.sampled_from([8, 28, 32]),
)
def test_a_drawing_fills_the_middle_wherever_it_was_made(
    top: int, left: int, height: int, width: int, side: int
) -> None:
    picture = centred(drawing(top, left, height, width), side)
    assert picture.shape == (side, side) and picture.dtype == np.float32
    assert picture.min() >= 0 and picture.max() <= 1
    rows, columns = np.nonzero(picture)
    longer = max(np.ptp(rows), np.ptp(columns)) + 1
    assert abs(longer - side * 20 / 28) <= 1
    places = np.arange(side) + 0.5
    for axis in (0, 1):
        middle = (picture.sum(axis=1 - axis) * places).sum() / picture.sum()
        assert abs(middle - (side + 1) / 2) <= 0.75


def test_an_empty_canvas_stays_empty() -> None:
    assert not centred(np.zeros((280, 280), dtype=np.float32), 28).any()


def test_digits_of_mnist_are_where_it_has_them() -> None:
    digits = read_arrays("mnist_5k.npz")["x"][::50].astype(np.float32) / 255
    for digit in digits:
        assert np.abs(centred(digit, 28) - digit).max() <= 0.1  # fainter is no ink


@pytest.mark.parametrize(
    "name, names, expected",
    [
        ("mnist_5k", "0123456789", Manner(False, 20 / 28, True)),
        ("digits_8x8", "0123456789", Manner(False, 1.0, True)),
        ("fashion_6k", ("shirt", "bag"), Manner(False, 1.0, False)),
    ],
)
def test_how_pictures_are_made_is_measured(name: str, names: str, expected: Manner) -> None:
    pixels = read_arrays(f"{name}.npz")["x"][:1000, None].astype(np.float32)
    pixels /= pixels.max()
    assert manner_of(pixels, names) == expected
    turned = manner_of(1 - pixels, names)
    assert turned == Manner(True, expected.filled, expected.written)


def test_pictures_of_things_of_all_sizes_have_no_size_of_their_own() -> None:
    pixels = np.zeros((40, 1, 28, 28), np.float32)
    for number, picture in enumerate(pixels):
        picture[0, 4 : 5 + number // 2, 10:12] = 1
    assert manner_of(pixels, "ab") == Manner()
