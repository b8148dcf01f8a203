"""The figures of a run that the chart of a sweep may draw."""

from dataclasses import dataclass

from visualiser.core.data.cell_text import NO_BREAK, amount_text, number_text
from visualiser.core.sweep.result import CellResult
from visualiser.core.tasks.registry import TASKS
from visualiser.core.tasks.spec import Metric, Unit

LOSS = "loss"


@dataclass(frozen=True)
class Measure:
    """A figure that may be drawn.

    Attributes:
        name: in results.
        title: as the user reads it.
        kind: "share" (drawn in per cent), "target" or "number".
        unit: of a target.
    """

    name: str
    title: str
    kind: Unit
    unit: str
    lower_is_better: bool

    @property
    def factor(self) -> float:
        """From the figure to what the axis shows."""
        return 100.0 if self.kind == "share" else 1.0

    @property
    def axis_title(self) -> str:
        """With its unit: “accuracy on clean test rows (%)”."""
        unit = "%" if self.kind == "share" else self.unit if self.kind == "target" else ""
        return f"{self.title} on clean test rows" + (f" ({unit})" if unit else "")

    def text(self, value: float) -> str:
        """A finite figure as the user reads it: “81.7 %”, “$ 42,100”, “0.812”."""
        if self.kind == "share":
            return f"{100 * value:.1f}{NO_BREAK}%"
        if self.kind == "target":
            return amount_text(value, self.unit)
        return (f"{value:.3f}" if abs(value) < 100 else number_text(value)).replace("-", "−")

    def gap_text(self, gap: float) -> str:
        """The size of a difference: “12.5 points”, “$ 3,100”."""
        if self.kind == "share":
            return f"{100 * abs(gap):.1f}{NO_BREAK}points"
        return self.text(abs(gap))


def measures_of(result: CellResult) -> tuple[Measure, ...]:
    """What may be drawn of such runs: the main figure first, the loss last."""
    task = TASKS[result.task]
    return (
        *(_measure(metric, result) for metric in task.metrics),
        Measure(LOSS, f"loss ({task.loss_title})", "number", "", lower_is_better=True),
    )


def _measure(metric: Metric, result: CellResult) -> Measure:
    title = result.titles.get(metric.name, metric.title)
    return Measure(metric.name, title, metric.unit, result.unit, metric.lower_is_better)
