"""How far wrong labels and changed targets are learnt over a run, as lines of a chart."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.training.history import HistoryView
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.view import QT_TRANSLATE_NOOP
from visualiser.ui.views.axes import Range, SteppedRange, Values, share_range
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_content import marker_x, with_markers
from visualiser.ui.views.curves_series import POINTS, Line, Look, measured_epoch, visible_rows
from visualiser.ui.views.decimate import Decimator

_EXPLODED = 20.0
"""An axis ends at so many times the first error: an explosion runs off its top."""


@dataclass(frozen=True)
class Curve:
    """A line of the chart.

    Attributes:
        name: a column of the history, or “chance”.
        label: at its end; `words` say it in full beside a value.
    """

    name: str
    label: str
    words: str
    look: Look


_OF_CLASSES: Final = (
    Curve(
        "chance",
        QT_TRANSLATE_NOOP("ByHeart", "by chance"),
        QT_TRANSLATE_NOOP("ByHeart", "a mistake would hit the wrong label by chance"),
        Look("muted", stroke="dashed"),
    ),
    Curve(
        "resisted",
        QT_TRANSLATE_NOOP("ByHeart", "seen through"),
        QT_TRANSLATE_NOOP("ByHeart", "seen through: answered truly"),
        Look("accent", bold=True),
    ),
    Curve(
        "memorised",
        QT_TRANSLATE_NOOP("ByHeart", "as labelled"),
        QT_TRANSLATE_NOOP("ByHeart", "answered as wrongly labelled"),
        Look("spoiled", bold=True),
    ),
)
_OF_AMOUNTS: Final = (
    Curve(
        "changed_by",
        QT_TRANSLATE_NOOP("ByHeart", "the change"),
        QT_TRANSLATE_NOOP("ByHeart", "what the targets were changed by"),
        Look("muted", stroke="dashed"),
    ),
    Curve(
        "changed_true_error",
        QT_TRANSLATE_NOOP("ByHeart", "off the true"),
        QT_TRANSLATE_NOOP("ByHeart", "error against the true targets"),
        Look("accent", bold=True),
    ),
    Curve(
        "changed_given_error",
        QT_TRANSLATE_NOOP("ByHeart", "off the given"),
        QT_TRANSLATE_NOOP("ByHeart", "error against the targets as wrongly given"),
        Look("spoiled", bold=True),
    ),
)


def curves_of(info: RunInfo) -> tuple[Curve, ...]:
    """The curves that a run has, from the back to the front."""
    return _OF_CLASSES if info.dataset.predicts_classes else _OF_AMOUNTS


def values_of(info: RunInfo, history: HistoryView, name: str) -> Values:
    """(R,) a curve at all evaluations: a share, or an error in the target's unit."""
    if name != "chance":
        return history[name]
    chance = _chance(info, history["validation_metric"])
    return np.where(np.isfinite(history["memorised"]), chance, np.nan)


def any_recorded(snapshot: Snapshot) -> bool:
    """Whether the run had a wrong label or a changed target when it was measured, once at least."""
    name = curves_of(snapshot.info)[-1].name
    return bool(np.isfinite(snapshot.history[name]).any())


def value_text(info: RunInfo, value: float) -> str:
    """“62.0 %”, or “$ 41,300”."""
    if not math.isfinite(value):
        return tr("not a number")
    if info.dataset.predicts_classes:
        return f"{100 * value:.1f} %"
    return info.dataset.amount_text(value)


class ByHeartCurves:
    """The lines of a run; remembers what it has thinned out of long ones."""

    def __init__(self) -> None:
        self._decimators: dict[str, Decimator] = {}
        self._errors = SteppedRange(1e-3)
        self._x = {False: SteppedRange(10.0), True: SteppedRange(0.1)}

    def refit(self) -> None:
        """Let all ranges begin anew."""
        for stepped in (self._errors, *self._x.values()):
            stepped.reset()

    def whole_x(self, snapshot: Snapshot, choices: Choices) -> Range:
        """The range of x that holds all of the run."""
        end = snapshot.epoch if choices.epochs else float(snapshot.step)
        return 0.0, self._x[choices.epochs].fit(end)

    def lines(self, snapshot: Snapshot, choices: Choices, zoom: Range | None) -> list[Line]:
        """From the back to the front."""
        return [self._line(curve, snapshot, choices, zoom) for curve in curves_of(snapshot.info)]

    def y_range(self, lines: list[Line], snapshot: Snapshot) -> Range:
        """A range from 0 that holds the lines, and moves in steps."""
        highest = [line.ends[1] for line in lines if math.isfinite(line.ends[1])]
        if snapshot.info.dataset.predicts_classes:
            return 0.0, share_range(0.0, max(highest, default=100.0))[1]
        if not highest:
            return 0.0, self._errors.fit(1.0)
        first = max(float(line.y[np.isfinite(line.y)][0]) for line in lines if len(line.y))
        return 0.0, self._errors.fit(min(max(highest), _EXPLODED * first))

    def _line(self, curve: Curve, snapshot: Snapshot, choices: Choices, zoom: Range | None) -> Line:
        info, history = snapshot.info, snapshot.history
        positions = history["epoch" if choices.epochs else "step"]
        values = values_of(info, history, curve.name)
        decimator = self._decimators.setdefault(curve.name, Decimator(POINTS))
        first, last = (0, None) if zoom is None else visible_rows(positions, *zoom)
        rows = decimator.rows(values, first, last)
        if snapshot.markers and len(rows) < len(history):
            places = [marker_x(marker, choices) for marker in snapshot.markers]
            rows = with_markers(rows, positions, places)
        x, y = positions[rows], values[rows]
        if not len(history) or snapshot.measured_at > history["step"][-1]:
            # A paused or slow run measures between two rows of its history.
            x = np.append(
                x, measured_epoch(snapshot) if choices.epochs else float(snapshot.measured_at)
            )
            y = np.append(y, _now(snapshot, curve.name))
        scale = 100.0 if info.dataset.predicts_classes else 1.0
        return Line(curve.name, tr(curve.label), curve.look, x, scale * y)


def _now(snapshot: Snapshot, name: str) -> float:
    """A curve as it was measured last."""
    memorised, errors = snapshot.memorised, snapshot.changed_errors
    if memorised is not None:
        metric = snapshot.validation.values[snapshot.info.metric.name]
        chance = float(_chance(snapshot.info, np.array([metric]))[0])
        return {
            "memorised": memorised.learnt / memorised.total,
            "resisted": memorised.resisted / memorised.total,
            "chance": chance,
        }[name]
    if errors is not None:
        return {
            "changed_given_error": errors.given,
            "changed_true_error": errors.true,
            "changed_by": errors.change,
        }[name]
    return math.nan


def _chance(info: RunInfo, accuracy: Values) -> Values:
    """(R,) how often a mistake on new examples would hit one wrong label among all there are."""
    return (1 - accuracy) / (info.dataset.class_count - 1)


def tr(text: str) -> str:
    """Words of the chart."""
    return QCoreApplication.translate("ByHeart", text)
