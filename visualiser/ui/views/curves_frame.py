"""What a chart shows of one snapshot: its curves, what happened, and where it broke off."""

import math

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.views.axes import Range
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_content import RunCurves, marker_x
from visualiser.ui.views.curves_series import Quantity
from visualiser.ui.views.curves_shown import Content, Event, Level
from visualiser.ui.views.curves_words import CurvesWords


def news(snapshot: Snapshot) -> tuple[object, ...]:
    """What the curves show of a snapshot; between two evaluations it stays as it is."""
    return (
        len(snapshot.history),
        snapshot.measured_at,
        snapshot.markers,
        snapshot.state,
        snapshot.spoiling,
        snapshot.twin_differs,
        snapshot.mended is None,
    )


def content_of(
    snapshot: Snapshot,
    quantity: Quantity,
    curves: RunCurves,
    words: CurvesWords,
    choices: Choices,
    zoom: Range | None,
) -> tuple[Content, Range]:
    """The content of the chart of a quantity, and the range of y that holds it."""
    lines = curves.lines(snapshot, quantity, choices, zoom, words.tr)
    content = Content(lines, _events(snapshot, quantity, choices))
    if quantity == "metric" and choices.baseline:
        content.level = _baseline(snapshot, words)
    broken = words.broken(snapshot, quantity)
    if broken is not None:
        row, text = broken
        column = snapshot.history["epoch" if choices.epochs else "step"]
        content.broken_at = float(column[row])
        content.broken_text = text if quantity == "loss" else ""
    return content, curves.y_range(lines, snapshot, quantity, choices, content.level)


def _baseline(snapshot: Snapshot, words: CurvesWords) -> Level | None:
    """What answering without a model is worth on the rows that the curves are of."""
    figure = snapshot.info.baseline.figure
    if not math.isfinite(figure):
        return None
    scale = 100.0 if snapshot.info.metric.unit == "share" else 1.0
    info = snapshot.info
    return Level(scale * figure, words.baseline(info), words.short_baseline(info))


def _events(snapshot: Snapshot, quantity: Quantity, choices: Choices) -> list[Event]:
    """Lines in both charts, their texts in the upper one."""
    return [
        Event(marker_x(marker, choices), marker.text if quantity == "loss" else "")
        for marker in snapshot.markers
    ]
