"""What strokes of brush and rubber make of painted points.

A run keeps of each stroke what it erased and added instead of all points that there were, so that
a thousand strokes are a thousand small edits; one after the other they give the same points again.
"""

from collections.abc import Sequence

from visualiser.core.data.painted import PAINTED, SOURCE, PaintedOptions, check_points, points_of
from visualiser.core.data.painted_points import MOST_POINTS, PaintedPoint, Points
from visualiser.core.data.registry import source_named
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig, Edit, Experiment, Stroke, check_options


def stroke_between(before: Sequence[PaintedPoint], after: Sequence[PaintedPoint]) -> Stroke:
    """The shortest stroke that makes `after` of `before`, in that very order."""
    erased, kept = [], 0
    for position, point in enumerate(before):
        if kept < len(after) and after[kept] == point:
            kept += 1
        else:
            erased.append(position)
    return Stroke(erased=tuple(erased), added=tuple(after[kept:]))


def painted_over(points: Points, stroke: Stroke) -> Points:
    """The points after a stroke.

    Raises:
        UserError: it erases points that there are not, or too many points come of it.
    """
    if stroke.erased and stroke.erased[-1] >= len(points):
        raise UserError(
            f"A stroke erases point {stroke.erased[-1]:,}, but the last point is number "
            f"{len(points) - 1:,}.",
            "Leave that stroke out.",
        )
    left = list(points)
    for position in reversed(stroke.erased):
        del left[position]
    if len(left) + len(stroke.added) > MOST_POINTS:
        raise UserError(
            f"A stroke makes {len(left) + len(stroke.added):,} painted points; {MOST_POINTS:,} are "
            "the most there may be.",
            "Leave that stroke out.",
        )
    return (*left, *stroke.added)


def painted_in(data: DatasetConfig) -> Points:
    """All points of a painted data set.

    Raises:
        UserError: it is none, or its points do not fit.
    """
    return points_of(_painted(data))


def change_of_data(before: DatasetConfig, after: DatasetConfig) -> Stroke | DatasetConfig:
    """What an edit keeps of a change of the data: a stroke where nothing but points changed."""
    if before.name == after.name == PAINTED and before.encoding == after.encoding:
        old, new = _options(before), _options(after)
        if old.classes == new.classes:
            return stroke_between(points_of(old), points_of(new))
    return after


def data_after(edit: Edit, before: DatasetConfig) -> DatasetConfig | None:
    """The data of a run after an edit, which was `before`; None where it stays.

    Raises:
        UserError: the edit is a stroke, and does not fit the points that there are.
    """
    if edit.stroke is None:
        return edit.dataset
    options = _painted(before)
    points = painted_over(points_of(options), edit.stroke)
    return before.replace(options=before.options | {"points": [list(point) for point in points]})


def check_data_edits(experiment: Experiment) -> None:
    """Refuse edits of the data that no run could make, before the first step.

    Raises:
        UserError: an edit names other data than there is, or a stroke does not fit the points.
    """
    data = experiment.dataset
    options: PaintedOptions | None = None
    points: Points = ()
    for edit in experiment.edits:
        if edit.dataset is not None:
            data, options = edit.dataset, None
            source = source_named(data.name)
            check_options(source.options, data.options, source.title)
        elif edit.stroke is not None:
            if options is None:
                options = _painted(data)
                points = points_of(options)
            points = painted_over(points, edit.stroke)
            check_points(points, options.classes)


def growth_text(more: int) -> str:
    """What has become of the points, for a marker: “+12 points”, “−3 points”, “points moved”."""
    if not more:
        return "points moved"
    return f"{'+' if more > 0 else '−'}{abs(more):,} point{'' if abs(more) == 1 else 's'}"


def _painted(data: DatasetConfig) -> PaintedOptions:
    if data.name != PAINTED:
        raise UserError(
            f"There is a stroke for the data set “{data.name}”, which is not painted.",
            f"Strokes are for the data set “{PAINTED}”.",
        )
    return _options(data)


def _options(data: DatasetConfig) -> PaintedOptions:
    options: PaintedOptions = check_options(PaintedOptions, data.options, SOURCE.title)
    return options
