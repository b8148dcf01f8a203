"""No text of a chart covers another."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from visualiser.ui.views.curves_labels import (
    free_part,
    place_marker_texts,
    room_for_names,
    spread,
)

places = st.lists(st.floats(-50, 350), max_size=12)


@given(places, st.floats(8, 40))
def test_labels_never_overlap_and_stay_inside(wanted: list[float], height: float) -> None:
    placed = [middle for middle in spread(wanted, height, 0, 300) if middle is not None]
    ordered = sorted(placed)
    assert all(b - a >= height - 1e-6 for a, b in itertools.pairwise(ordered))
    assert all(height / 2 - 1e-6 <= middle <= 300 - height / 2 + 1e-6 for middle in placed)
    assert len(placed) == min(len(wanted), int(300 / height))


@given(places)
def test_labels_keep_the_order_of_their_curves(wanted: list[float]) -> None:
    placed = spread(wanted, 20, 0, 300)
    pairs = [(w, p) for w, p in zip(wanted, placed, strict=True) if p is not None]
    pairs.sort()
    middles = [p for w, p in pairs]
    inside = [w for w, _ in pairs]
    if len(set(inside)) == len(inside):
        assert middles == sorted(middles)


def test_labels_with_room_stay_where_their_curves_end() -> None:
    assert spread([250, 40, 120], 20, 0, 300) == [250, 40, 120]


def test_where_there_is_no_room_the_first_labels_win() -> None:
    assert [p is not None for p in spread([10, 20, 30, 40], 20, 0, 50)] == [
        True,
        True,
        False,
        False,
    ]


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(10, 200)), max_size=15),
    st.integers(1, 3),
)
def test_marker_texts_never_overlap_and_stay_inside(
    markers: list[tuple[float, float]], lines: int
) -> None:
    xs, widths = [x for x, _ in markers], [w for _, w in markers]
    shown = place_marker_texts(xs, widths, 0, 500, lines)
    for text in shown:
        assert text.left >= 0 and text.left + widths[text.index] <= 500
        assert 0 <= text.line < lines
    for a in shown:
        for b in shown:
            if a.index < b.index and a.line == b.line:
                apart = a.left + widths[a.index] < b.left or b.left + widths[b.index] < a.left
                assert apart


def test_texts_keep_off_what_stands_already() -> None:
    taken = place_marker_texts([100], [80], 0, 500, 2)
    shown = place_marker_texts([90, 300], [80, 80], 0, 500, 2, taken, [80])
    assert {(text.index, text.line) for text in shown} == {(0, 1), (1, 0)}


def test_the_newest_marker_always_has_its_text() -> None:
    shown = place_marker_texts([100, 101, 102], [80, 80, 80], 0, 500, 1)
    assert shown[0].index == 2


def test_a_text_goes_left_of_its_line_where_the_right_is_taken() -> None:
    taken = place_marker_texts([310], [80], 0, 500, 1)
    (shown,) = place_marker_texts([300], [80], 0, 500, 1, taken, [80])
    assert shown.left + 80 < 300


boxes = st.lists(
    st.tuples(st.floats(0, 400), st.sampled_from([0.0, 16.0, 250.0, 270.0]), st.floats(10, 200)),
    max_size=6,
)


@given(boxes, st.floats(0, 400))
def test_what_is_left_of_a_column_touches_none_of_the_texts_at_its_ends(
    texts: list[tuple[float, float, float]], left: float
) -> None:
    taken = [(x, y, x + width, y + 16) for x, y, width in texts]
    top, bottom = free_part(0, 300, left, left + 90, taken)
    assert 0 <= top < bottom <= 300
    for x, y, right, low in taken:
        assert right <= left or x >= left + 90 or low <= top or y >= bottom


def test_names_leave_half_of_a_narrow_chart_to_its_curves() -> None:
    assert room_for_names(160, 240) == 120
    assert room_for_names(100, 600) == 100
    assert room_for_names(100, -20) == 0
