"""Strokes of a run: what they keep gives the same points again, from a file too."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.painted import PAINTED
from visualiser.core.data.painted_points import (
    MOST_POINTS,
    PaintedPoint,
    Points,
    first_points,
    painted_point,
)
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.strokes import data_after, painted_over, stroke_between
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Edit, Experiment, Stroke
from visualiser.core.experiment_file import experiment_text, parse_experiment
from visualiser.core.training.edits import EditLog, Moment

COORDINATES = st.sampled_from([-6.0, -0.5, 0.001, 1.234, 6.0])
"""Few of them, so that points are painted where there were some before."""
POINTS = st.builds(painted_point, COORDINATES, COORDINATES, st.integers(0, 1))
LISTS = st.lists(POINTS, max_size=12).map(tuple)


def painted(points: Points, classes: int = 2) -> DatasetConfig:
    options = {"classes": classes, "points": [list(point) for point in points]}
    return DatasetConfig(name=PAINTED, options=options)


@given(LISTS, LISTS)
def test_a_stroke_makes_any_points_of_any_others(before: Points, after: Points) -> None:
    assert painted_over(before, stroke_between(before, after)) == after


@given(LISTS, st.sets(st.integers(0, 11)), LISTS)
def test_a_stroke_keeps_no_more_than_what_was_erased_and_painted(
    before: Points, rubbed: set[int], more: Points
) -> None:
    left = tuple(point for place, point in enumerate(before) if place not in rubbed)
    stroke = stroke_between(before, left + more)
    assert len(stroke.added) <= len(more)
    assert len(stroke.erased) <= len(before) - len(left)


@dataclass
class Painting:
    """A run that is painted on, as the trainer keeps it."""

    data: DatasetConfig
    points: Points
    log: EditLog

    def stroke(self, step: int, rubbed: set[int], more: Points) -> None:
        left = tuple(point for place, point in enumerate(self.points) if place not in rubbed)
        self.points = left + more
        before, self.data = self.data, painted(self.points)
        self.log.note_data(before, self.data, "painted", Moment(step, step / 10, step / 100))


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sets(st.integers(0, 60), max_size=8), LISTS), max_size=12
    )
)
@settings(max_examples=60, deadline=None)
def test_any_strokes_are_saved_and_read_as_the_same_edits_points_and_lots(
    strokes: list[tuple[int, set[int], Points]],
) -> None:
    begun = Experiment(dataset=DatasetConfig(name=PAINTED))
    run = Painting(begun.dataset, first_points(2), EditLog(begun))
    step, kept = 0, {}
    for wait, rubbed, more in strokes:
        step += wait
        run.stroke(step, {place for place in rubbed if place < 60}, first_points(2)[:20] + more)
        kept[step] = run.points
    made = run.log.experiment()
    read = parse_experiment(experiment_text(made), "x")
    assert read == made
    data = read.dataset
    for edit in read.edits:
        data = data_after(edit, data) or data
        assert data.options["points"] == [list(point) for point in kept[edit.step]]
    if strokes:
        again, there = load_dataset(data, 5), load_dataset(run.data, 5)
        assert np.array_equal(again.features, there.features)
        assert np.array_equal(again.labels, there.labels)
        assert np.array_equal(again.lots, there.lots)


def test_a_thousand_strokes_make_a_small_file() -> None:
    dice = np.random.default_rng(0)
    edits = []
    for step in range(1, 1001):
        places = dice.uniform(-6, 6, (10, 2))
        added = tuple(painted_point(x, y, step % 2) for x, y in places)
        edits.append(Edit(step=step, stroke=Stroke(erased=(3, 17), added=added)))
    made = Experiment(dataset=DatasetConfig(name=PAINTED), edits=tuple(edits))
    text = experiment_text(made)
    assert len(text) < 400_000
    assert parse_experiment(text, "x") == made


def test_two_strokes_at_one_step_are_one_edit() -> None:
    begun = Experiment(dataset=painted(first_points(2)))
    run = Painting(begun.dataset, first_points(2), EditLog(begun))
    run.stroke(5, {0, 3}, (painted_point(1, 1, 0), painted_point(2, 2, 0)))
    run.stroke(5, {1, 38}, (painted_point(3, 3, 1),))
    (edit,) = run.log.experiment().edits
    assert edit.stroke == Stroke(
        erased=(0, 2, 3), added=(painted_point(2, 2, 0), painted_point(3, 3, 1))
    )


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ((Edit(step=1, stroke=Stroke(erased=(40,))),), "erases point 40, but the last point is"),
        (
            (Edit(step=1, stroke=Stroke(erased=tuple(range(31)))),),
            "9 painted points are too few",
        ),
        (
            (Edit(step=1, stroke=Stroke(added=(PaintedPoint(0, 0, 2),))),),
            "points of class C but only 2",
        ),
        (
            tuple(
                Edit(step=n, stroke=Stroke(added=(PaintedPoint(0, 0, 1),) * (MOST_POINTS // 2)))
                for n in (1, 2)
            ),
            "20,000 are the most",
        ),
        ((Edit(step=1, dataset=DatasetConfig(name="cats")),), "no data set called “cats”"),
        (
            (
                Edit(step=1, dataset=DatasetConfig()),
                Edit(step=2, stroke=Stroke(erased=(1,))),
            ),
            "“shapes”, which is not painted",
        ),
    ],
)
def test_a_file_with_a_stroke_that_no_run_can_make_is_refused(
    edits: tuple[Edit, ...], words: str
) -> None:
    made = Experiment(dataset=DatasetConfig(name=PAINTED), edits=edits)
    with pytest.raises(UserError, match=words):
        parse_experiment(experiment_text(made), "x")
