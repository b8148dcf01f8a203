"""What the loss chart and the metric chart show of a snapshot: lines, events, ranges, values."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from visualiser.core.outcome_healing import validation_healed_at
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import Marker, RunInfo, Snapshot
from visualiser.ui.palette import run_colour
from visualiser.ui.views.axes import Range, SteppedRange, share_range
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_series import (
    Line,
    Look,
    Quantity,
    RunSeries,
    Scale,
    Values,
    cuts,
    figures_now,
    measured_epoch,
    scaled,
    smoothed,
    value_of,
    visible_rows,
    was_spoiled,
)
from visualiser.ui.views.curves_shown import Level
from visualiser.ui.views.decimate import Rows

_LOSS_CAP = 100.0
"""A linear axis ends at so many times the first loss: an explosion runs off its top."""

_NEAR_SHARE, _NEAR_FACTOR = 25.0, 1.5
"""How far off the curves a baseline still has the axis reach it: in points, or times them."""

Translate = Callable[[str], str]


def comparable(first: RunInfo, second: RunInfo) -> bool:
    """Whether two runs answer the same question, so that their curves mean the same."""
    if first.metric.name != second.metric.name:
        return False
    one, other = first.dataset, second.dataset
    return (one.task, one.target, one.unit) == (other.task, other.target, other.unit)


def run_label(record: RunRecord, tr: Translate) -> tuple[str, str]:
    """What an overlaid run is called on the curves, and its colour."""
    return tr("run {number}").format(number=record.number), run_colour(record.number)


def looks(snapshot: Snapshot, tr: Translate) -> list[tuple[str, str, Look]]:
    """The figures of a run that are drawn, from the back to the front: name, label, look."""
    student = "spoiled" if was_spoiled(snapshot) else "accent"
    shown: list[tuple[str, str, Look]] = []
    if snapshot.twin_differs:
        shown.append(
            ("twin_train", tr("twin, training"), Look("accent", stroke="dashed", opacity=0.7))
        )
    shown.append(("train", tr("training"), Look("train")))
    healed = validation_healed_at(snapshot)
    if snapshot.spoiled_validation is not None or healed is not None:
        words = tr("spoiled validation") if healed is None else tr("spoiled until step {step:,}")
        dotted = Look("spoiled", stroke="dotted")
        shown.append(("spoiled_validation", words.format(step=healed), dotted))
    if snapshot.twin_differs:
        shown.append(("twin_validation", tr("clean twin"), Look("accent", True, "dashed")))
    shown.append(("validation", tr("validation"), Look(student, bold=True)))
    if snapshot.cleaned_validation is not None or _was_mended(snapshot):
        shown.append(("cleaned_validation", tr("repaired"), Look("mended", bold=True)))
    return shown


def _was_mended(snapshot: Snapshot) -> bool:
    """Whether a third model has learnt from repaired data before in this run."""
    experiment = snapshot.experiment
    edits = (edit.repairs for edit in experiment.edits if edit.came_before(snapshot.step))
    return any((experiment.repairs, *edits))


class RunCurves:
    """The lines of the run under way and of overlaid ones."""

    def __init__(self) -> None:
        self._series = RunSeries()
        self._overlays: tuple[tuple[RunRecord, RunSeries], ...] = ()
        self._loss_range = SteppedRange(1e-3)
        self._mae_range = SteppedRange(1e-3)
        self._log_range: Range | None = None
        self._x_range = {False: SteppedRange(10.0), True: SteppedRange(0.1)}

    def start_run(self) -> None:
        """Forget what was thinned out of the last run."""
        self._series = RunSeries()
        self.refit()

    def refit(self) -> None:
        """Let all ranges begin anew."""
        self._loss_range.reset()
        self._mae_range.reset()
        self._log_range = None
        for stepped in self._x_range.values():
            stepped.reset()

    def set_overlays(self, runs: Sequence[RunRecord]) -> None:
        """Earlier runs whose validation curves are drawn behind."""
        known = dict(self._overlays)
        self._overlays = tuple((run, known.get(run) or RunSeries()) for run in runs)

    @property
    def overlays(self) -> tuple[RunRecord, ...]:
        """The runs drawn behind."""
        return tuple(record for record, _ in self._overlays)

    def overlays_on(self, snapshot: Snapshot) -> tuple[RunRecord, ...]:
        """Those of them that can be compared with a run."""
        info = snapshot.info
        return tuple(run for run in self.overlays if comparable(run.snapshot.info, info))

    def whole_x(self, snapshot: Snapshot, choices: Choices) -> Range:
        """The range of x that holds all of the run and of the overlaid ones."""
        column = "epoch" if choices.epochs else "step"
        overlays = self.overlays_on(snapshot)
        runs = (snapshot, *(record.snapshot for record in overlays))
        ends = [run.epoch if choices.epochs else float(run.step) for run in runs]
        ends += [float(run.history[column][-1]) for run in runs if len(run.history)]
        return 0.0, self._x_range[choices.epochs].fit(max(ends))

    def lines(
        self,
        snapshot: Snapshot,
        quantity: Quantity,
        choices: Choices,
        zoom: Range | None,
        tr: Translate,
    ) -> list[Line]:
        """From the back to the front."""
        lines: list[Line] = []
        if quantity == "loss" and choices.batches:
            lines += self._batch_line(snapshot, choices, zoom)
        for record, series in self._overlays:
            if comparable(record.snapshot.info, snapshot.info):
                label, colour = run_label(record, tr)
                past, look = record.snapshot, Look(colour)
                lines.append(
                    _line(past, series, "validation", quantity, choices, zoom, label, look)
                )
        for name, label, look in looks(snapshot, tr):
            line = _line(snapshot, self._series, name, quantity, choices, zoom, label, look)
            if choices.smooth and len(line.x) > 4:
                faint = replace(look, bold=False, opacity=0.35, stroke="solid")
                lines.append(replace(line, label="", look=faint))
                line = smoothed(line, [marker_x(marker, choices) for marker in snapshot.markers])
            lines.append(line)
        return lines

    def _batch_line(self, snapshot: Snapshot, choices: Choices, zoom: Range | None) -> list[Line]:
        history = snapshot.history
        losses = history.batch_loss
        if not len(losses):
            return []
        per_step = snapshot.epoch / snapshot.step if choices.epochs and snapshot.step else 1.0
        visible = None
        if zoom is not None:
            low, high = (int(max(min(end / per_step, 2**62), 0)) for end in zoom)
            visible = min(max(low - 2, 0), len(losses)), min(high + 1, len(losses))
        rows = self._series.batch_rows(history, visible)
        y = scaled(losses[rows].astype(float), "loss", False, _scale("loss", choices))
        x = (rows + 1).astype(np.float64) * per_step
        return [Line("batch", "", Look("train", opacity=0.35), x, y)]

    def y_range(
        self,
        lines: Sequence[Line],
        snapshot: Snapshot,
        quantity: Quantity,
        choices: Choices,
        level: Level | None = None,
    ) -> Range:
        """A range that holds the lines, and a level near them, and moves in steps.

        Single batches may leave it.
        """
        ends = [line.ends for line in lines if line.name != "batch" and line.ends[0] < math.inf]
        if not ends:
            return (-3.0, 1.0) if _scale(quantity, choices) == "log" else (0.0, 1.0)
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        if quantity == "metric" and snapshot.info.metric.unit == "share":
            if level is not None and low - level.y <= _NEAR_SHARE:
                low, high = min(low, level.y), max(high, level.y)
            return share_range(low, high)
        first = next((float(line.y[0]) for line in lines if line.name == "train"), high)
        if quantity == "metric":
            top = min(high, _cap(first))
            if level is not None and level.y <= _NEAR_FACTOR * top:
                top = max(top, level.y)
            return 0.0, self._mae_range.fit(top)
        if not choices.log_loss:
            return 0.0, self._loss_range.fit(min(high, _cap(first)))
        return self._fit_log(low, high)

    def _fit_log(self, low: float, high: float) -> Range:
        """Half decades."""
        low, high = np.floor(2 * low) / 2, np.ceil(2 * high) / 2
        if self._log_range is not None:
            low, high = min(low, self._log_range[0]), max(high, self._log_range[1])
        self._log_range = (low, max(high, low + 0.5))
        return self._log_range


def _cap(first: float) -> float:
    return _LOSS_CAP * first if np.isfinite(first) and first > 0 else np.inf


def _scale(quantity: Quantity, choices: Choices) -> Scale:
    return "log" if quantity == "loss" and choices.log_loss else "linear"


def _line(
    snapshot: Snapshot,
    series: RunSeries,
    name: str,
    quantity: Quantity,
    choices: Choices,
    zoom: Range | None,
    label: str,
    look: Look,
) -> Line:
    history = snapshot.history
    positions = history["epoch" if choices.epochs else "step"]
    visible = None if zoom is None else visible_rows(positions, *zoom)
    rows = series.points(history, name, quantity, visible)
    if snapshot.markers and len(rows) < len(history):
        rows = with_markers(rows, positions, [marker_x(m, choices) for m in snapshot.markers])
    x, y = positions[rows], history[f"{name}_{quantity}"][rows]
    figures = figures_now(snapshot, name)
    newer = not len(history) or snapshot.measured_at > history["step"][-1]
    if figures is not None and newer:
        # A paused or slow run measures between two rows of its history.
        now = measured_epoch(snapshot) if choices.epochs else float(snapshot.measured_at)
        x = np.append(x, now)
        y = np.append(y, value_of(figures, quantity, snapshot.info.metric.name))
    percent = snapshot.info.metric.unit == "share"
    return Line(name, label, look, x, scaled(y, quantity, percent, _scale(quantity, choices)))


def with_markers(rows: Rows, positions: Values, markers: Sequence[float]) -> Rows:
    """The rows to draw and, within them, those on both sides of each marker: a jump stays sharp."""
    after = cuts(positions, markers)
    beside = np.concatenate([after - 1, after])
    return np.union1d(rows, beside[(beside > rows[0]) & (beside < rows[-1])])


def zoomed(low: float, high: float, whole: Range, least: float) -> Range | None:
    """The range of x that is shown where the user asks for this one; None where that is all.

    It is `least` wide at least, and stays within what there is to see.
    """
    left, right = whole
    span = min(max(high - low, least), right - left)
    if span >= right - left:
        return None
    low = min(max((low + high - span) / 2, left), right - span)
    return low, low + span


def marker_x(marker: Marker, choices: Choices) -> float:
    """Where a marker stands on the axis."""
    return marker.epoch if choices.epochs else float(marker.step)


def nearest_row(positions: Values, x: float) -> int | None:
    """The row of the ascending column nearest to x."""
    if not len(positions):
        return None
    right = min(int(np.searchsorted(positions, x)), len(positions) - 1)
    left = max(right - 1, 0)
    return left if abs(x - positions[left]) < abs(positions[right] - x) else right
