"""Titles, values and read-outs of the curves, in words and units."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject

from visualiser.core.corruption.spec import Change
from visualiser.core.numerals import numeral
from visualiser.core.training.history import HistoryView
from visualiser.core.training.runs import RunRecord, run_title
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_content import looks, marker_x, nearest_row, run_label
from visualiser.ui.views.curves_series import Quantity, broke_off
from visualiser.ui.views.curves_shown import ReadOut

_HUGE = 1e4


class CurvesWords(QObject):
    """Says what the two charts of a run show."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None

    def start_run(self, info: RunInfo) -> None:
        """Take the units of a new run."""
        self._info = info

    def heading(self, changes: Sequence[Change]) -> str:
        """What a picture of the curves is headed with, the spoiling in force included."""
        return self.tr("Training curves") if self._info is None else run_title(self._info, changes)

    def title(self, quantity: Quantity, choices: Choices) -> str:
        """What stands above a chart: the quantity, its unit, and what runs along the bottom."""
        info = self._info
        if quantity == "loss":
            kind = "cross-entropy" if info is None else info.task.loss_title
            name = self.tr("Loss ({kind})").format(kind=kind)
            return name + self.tr(", log axis") if choices.log_loss else name
        along = self.tr("epochs") if choices.epochs else self.tr("steps")
        if info is None:
            return self.tr("Accuracy in %, over {along}").format(along=along)
        title = info.metric.title[:1].upper() + info.metric.title[1:]
        if info.metric.unit == "number":
            return self.tr("{title}, over {along}").format(title=title, along=along)
        unit = info.metric.unit_text(info.dataset) or info.dataset.target
        return self.tr("{title} in {unit}, over {along}").format(
            title=title, unit=unit, along=along
        )

    def value(self, value: float, quantity: Quantity) -> str:
        """A figure with its unit: “0.344”, “94.1 %”, “$ 51,321”."""
        if not np.isfinite(value):
            return self.tr("not a number") if np.isnan(value) else self.tr("infinite")
        if quantity == "loss":
            return f"{value:.3f}" if value < _HUGE else numeral(value, 3)
        if self._info is None:
            return f"{100 * value:.1f} %"
        return self._info.metric.text(value, self._info.dataset)

    def baseline(self, info: RunInfo) -> str:
        """What is answered without a model, and what that is worth: “always … 88.0 %”."""
        base = info.baseline
        return f"{base.words}  {self.value(base.figure, 'metric')}"

    def short_baseline(self, info: RunInfo) -> str:
        """The same where there is little room: “no model 88.0 %”."""
        return self.tr("no model {figure}").format(
            figure=self.value(info.baseline.figure, "metric")
        )

    def broken(self, snapshot: Snapshot, quantity: Quantity) -> tuple[int, str] | None:
        """The row at which a diverged run broke off, and a word on it; None for any other."""
        history = snapshot.history
        row = broke_off(history, quantity)
        if row is None and snapshot.state == "diverged":
            row = len(history) - 1
        if row is None or row < 0:
            return None
        text = self.tr("broke off by step {step:,}: not a number")
        return row, text.format(step=int(history["step"][row]))

    def read_outs(
        self,
        snapshot: Snapshot,
        x: float,
        choices: Choices,
        overlays: Sequence[RunRecord] = (),
        reach: float = 0.0,
    ) -> dict[Quantity, ReadOut] | None:
        """All figures of the evaluations nearest to `x`, and the events within `reach` of it."""
        history = snapshot.history
        positions = history["epoch" if choices.epochs else "step"]
        row = nearest_row(positions, x)
        if row is None:
            return None
        heading = self.moment(history, row)
        quantities: tuple[Quantity, Quantity] = ("loss", "metric")
        return {
            quantity: ReadOut(
                float(positions[row]),
                heading,
                _event_rows(snapshot, x, choices, reach)
                + self._rows(snapshot, row, quantity)
                + self._overlay_rows(overlays, float(positions[row]), quantity, choices)
                + self._baseline_rows(snapshot, quantity, choices),
            )
            for quantity in quantities
        }

    def moment(self, history: HistoryView, row: int) -> str:
        """When a row of the history was measured: “step 1,240 · epoch 3.10, after the change”."""
        steps = history["step"]
        text = self.tr("step {step:,} · epoch {epoch:.2f}").format(
            step=int(steps[row]), epoch=float(history["epoch"][row])
        )
        if row and steps[row - 1] == steps[row]:
            return text + self.tr(", after the change")
        if row + 1 < len(steps) and steps[row + 1] == steps[row]:
            return text + self.tr(", before the change")
        return text

    def _baseline_rows(
        self, snapshot: Snapshot, quantity: Quantity, choices: Choices
    ) -> tuple[tuple[str, str], ...]:
        shown = quantity == "metric" and choices.baseline
        return (("muted", self.baseline(snapshot.info)),) if shown else ()

    def _overlay_rows(
        self, overlays: Sequence[RunRecord], x: float, quantity: Quantity, choices: Choices
    ) -> tuple[tuple[str, str], ...]:
        """Validation of overlaid runs near `x`, as far as they went."""
        rows = []
        for record in overlays:
            history = record.snapshot.history
            positions = history["epoch" if choices.epochs else "step"]
            row = nearest_row(positions, x)
            if row is not None and x <= positions[-1]:
                label, colour = run_label(record, self.tr)
                value = float(history[f"validation_{quantity}"][row])
                rows.append((colour, f"{label}  {self.value(value, quantity)}"))
        return tuple(rows)

    def _rows(
        self, snapshot: Snapshot, row: int, quantity: Quantity
    ) -> tuple[tuple[str, str], ...]:
        rows = []
        for name, label, look in reversed(looks(snapshot, self.tr)):
            value = float(snapshot.history[f"{name}_{quantity}"][row])
            if np.isnan(value) and name not in ("train", "validation"):
                continue  # not measured at that step
            rows.append((look.colour, f"{label}  {self.value(value, quantity)}"))
        return tuple(rows)


def _event_rows(
    snapshot: Snapshot, x: float, choices: Choices, reach: float
) -> tuple[tuple[str, str], ...]:
    """What happened near `x` in full, a row for each part of it."""
    near = [marker for marker in snapshot.markers if abs(marker_x(marker, choices) - x) <= reach]
    return tuple(("text", part) for marker in near for part in marker.text.split(", "))
