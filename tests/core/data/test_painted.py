import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.painted_points import REACH, PaintedPoint, first_points, painted_point
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, SplitConfig

coordinates = st.floats(-REACH, REACH, allow_nan=False)
points = st.builds(painted_point, coordinates, coordinates, st.integers(0, 1))


def painted(points: tuple[PaintedPoint, ...], classes: int = 2) -> DatasetConfig:
    listed = [list(point) for point in points]
    return DatasetConfig(name="painted", options={"classes": classes, "points": listed})


def members(points: tuple[PaintedPoint, ...]) -> list[set[tuple[float, float]]]:
    split = split_dataset(load_dataset(painted(points), 3), SplitConfig(), 3)
    parts = (split.train, split.validation, split.test)
    return [set(map(tuple, np.asarray(part.features).tolist())) for part in parts]


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_there_are_points_to_begin_with(classes: int) -> None:
    dataset = load_dataset(DatasetConfig(name="painted", options={"classes": classes}), 0)
    assert dataset.class_count == classes
    assert set(dataset.labels.tolist()) == set(range(classes))
    split = split_dataset(dataset, SplitConfig(), 0)
    assert min(len(split.train), len(split.validation), len(split.test)) >= 1


@given(st.lists(points, min_size=1, max_size=30))
def test_points_that_come_leave_the_others_in_their_part(more: list[PaintedPoint]) -> None:
    before = first_points(2)
    for old, new in zip(members(before), members((*before, *more)), strict=True):
        assert old <= new


def test_the_parts_have_about_their_shares() -> None:
    dice = np.random.default_rng(0)
    many = tuple(
        painted_point(x, y, i % 2) for i, (x, y) in enumerate(dice.uniform(-5, 5, (2000, 2)))
    )
    sizes = [len(part) / 2000 for part in members(many)]
    assert sizes == pytest.approx([0.7, 0.15, 0.15], abs=0.03)


@pytest.mark.parametrize(
    ("points", "classes", "words"),
    [
        ((), 2, "0 painted points are too few"),
        (first_points(2)[:5], 2, "too few"),
        (first_points(2)[:20], 2, "one class"),
        (first_points(3), 2, "only 2 classes"),
    ],
)
def test_what_cannot_be_trained_on_is_a_sentence(
    points: tuple[PaintedPoint, ...], classes: int, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        load_dataset(painted(points, classes), 0)


def test_few_points_by_bad_luck_in_one_part_are_still_cut_in_three() -> None:
    for seed in range(20):
        dataset = load_dataset(painted(first_points(2)[15:27]), seed)
        split = split_dataset(dataset, SplitConfig(), seed)
        assert min(len(split.train), len(split.validation), len(split.test)) >= 1
