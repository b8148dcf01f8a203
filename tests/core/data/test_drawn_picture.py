import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.drawn_picture import centred


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
        assert abs(middle - side / 2) <= 0.75


def test_an_empty_canvas_stays_empty() -> None:
    assert not centred(np.zeros((280, 280), dtype=np.float32), 28).any()
