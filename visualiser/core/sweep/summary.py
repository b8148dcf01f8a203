"""What the runs of a sweep come to: means and bands over seeds."""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.corruption.spec import Amount
from visualiser.core.sweep.measure import Measure, measures_of
from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.sweep import Sweep, cells_of
from visualiser.core.tasks.registry import TASKS
from visualiser.core.text_file import write_text


@dataclass(frozen=True)
class Point:
    """One amount of one line.

    Attributes:
        values: of the runs that have a finite figure, in the order of the seeds.
        lost: how many runs are done whose loss was no number in the end.
        wanted: how many runs there are to be.
        early: of runs under way, as they stand.
    """

    amount: float
    values: tuple[float, ...]
    lost: int
    wanted: int
    early: tuple[float, ...] = ()

    @property
    def mean(self) -> float:
        """NaN where there is no value."""
        return fmean(self.values) if self.values else math.nan

    @property
    def deviation(self) -> float:
        """Standard deviation over the seeds (n − 1); NaN of fewer than two."""
        return stdev(self.values) if len(self.values) > 1 else math.nan

    @property
    def so_far(self) -> float:
        """The mean of the runs under way; NaN where there is none."""
        return fmean(self.early) if self.early else math.nan


@dataclass(frozen=True)
class Curve:
    """One line of the chart, as far as its runs are done."""

    label: str
    points: tuple[Point, ...]

    @property
    def drawn(self) -> tuple[Point, ...]:
        """The points that have a value."""
        return tuple(point for point in self.points if point.values)

    @property
    def sketched(self) -> tuple[Point, ...]:
        """The points that have runs under way."""
        return tuple(point for point in self.points if point.early)


@dataclass(frozen=True)
class Summary:
    """A sweep as it stands.

    Attributes:
        measure: what is drawn; None before anything is known of a run.
        measures: all that might be.
        baseline: mean over the seeds of answering without a model; None where that is not known.
        data: title of the data set; empty before the first run is done.
        done, wanted: runs.
    """

    sweep: Sweep
    measure: Measure | None
    measures: tuple[Measure, ...]
    curves: tuple[Curve, ...]
    baseline: float | None
    data: str
    done: int
    wanted: int

    @property
    def corruption_title(self) -> str:
        """What is swept, or what all lines sweep."""
        named = [line.instead or self.sweep.corruption for line in self.sweep.lines]
        return " or ".join(dict.fromkeys(corruption_named(name).title for name in named))

    @property
    def amount(self) -> Amount:
        """The kind of the swept amounts."""
        return corruption_named(self.sweep.lines[0].instead or self.sweep.corruption).amount


def place_of(amount: float, kind: Amount) -> float:
    """Where an amount stands along the axis: 0 where nothing is spoiled, more to the right."""
    if kind.unit == "factor":  # 1 in 2, 1 in 4, 1 in 8: equal steps
        return math.log(kind.identity / amount)
    return abs(amount - kind.identity)


def summarise(
    sweep: Sweep,
    results: Mapping[str, CellResult],
    figure: str = "",
    early: Mapping[str, CellResult] | None = None,
) -> Summary:
    """The sweep as far as it is done; `figure` is what is drawn, empty for the task's main one.

    `early` are runs under way as they stand: they only count where they are asked for.
    """
    cells = cells_of(sweep)
    there = [results[cell.key] for cell in cells if cell.key in results]
    begun = {key: one for key, one in (early or {}).items() if key not in results}
    known = there or [begun[cell.key] for cell in cells if cell.key in begun]
    measures = measures_of(known[0]) if known else ()
    measure = next((one for one in measures if one.name == figure), measures[0] if known else None)
    name = "" if measure is None else measure.name
    found: dict[tuple[int, float], list[float]] = defaultdict(list)
    under_way: dict[tuple[int, float], list[float]] = defaultdict(list)
    for cell in cells:
        for runs, values in ((results, found), (begun, under_way)):
            if cell.key in runs:
                values[cell.line, cell.amount].append(runs[cell.key].value(name))
    ordered = sorted(sweep.amounts, key=lambda amount: place_of(amount, _kind(sweep)))
    curves = tuple(
        Curve(
            line.label,
            tuple(
                _point(amount, found[place, amount], len(sweep.seeds), under_way[place, amount])
                for amount in ordered
            ),
        )
        for place, line in enumerate(sweep.lines)
    )
    return Summary(
        sweep=sweep,
        measure=measure,
        measures=measures,
        curves=curves,
        baseline=_baseline(known, measure),
        data=known[0].data if known else "",
        done=len({result.key for result in there}),
        wanted=len({cell.key for cell in cells}),
    )


def write_csv(summary: Summary, results: Mapping[str, CellResult], path: Path) -> None:
    """A row for each line, amount and figure: mean and standard deviation over the seeds.

    Raises:
        UserError: the file cannot be written.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    header = ("line", "amount", "figure", "mean", "standard_deviation", "n", "lost", "runs")
    writer.writerow((*header, "least", "most", "baseline"))
    for measure in summary.measures:
        of_figure = summarise(summary.sweep, results, measure.name)
        baseline = "" if of_figure.baseline is None else repr(of_figure.baseline)
        for curve in of_figure.curves:
            for point in curve.points:
                ends = (min(point.values), max(point.values)) if point.values else ("", "")
                mean = repr(point.mean) if point.values else ""
                deviation = "" if math.isnan(point.deviation) else repr(point.deviation)
                row = (curve.label, repr(point.amount), measure.name, mean, deviation)
                counts = (len(point.values), point.lost, point.wanted)
                writer.writerow((*row, *counts, *ends, baseline))
    write_text(path, buffer.getvalue())


def _kind(sweep: Sweep) -> Amount:
    return corruption_named(sweep.lines[0].instead or sweep.corruption).amount


def _point(amount: float, values: list[float], wanted: int, early: list[float]) -> Point:
    finite = tuple(value for value in values if math.isfinite(value))
    as_they_stand = tuple(value for value in early if math.isfinite(value))
    return Point(amount, finite, len(values) - len(finite), wanted, as_they_stand)


def _baseline(results: list[CellResult], measure: Measure | None) -> float | None:
    """Known of the main figure alone."""
    if measure is None or measure.name != TASKS[results[0].task].metrics[0].name:
        return None
    known = {result.key: result.baseline for result in results if result.baseline is not None}
    return fmean(known.values()) if known else None
