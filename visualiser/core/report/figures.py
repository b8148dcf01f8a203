"""How well the models did, on which rows, and how much of it may be chance."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.intervals import Estimate, estimate
from visualiser.core.outcome_figures import figure_text, standard_error, watched_labels
from visualiser.core.report.chance import Samples, range_of, samples_of
from visualiser.core.report.spec import (
    REPAIRED,
    TWIN,
    YOURS,
    Block,
    FiguresByPart,
    Material,
    Question,
    Table,
)
from visualiser.core.tasks.spec import Metric
from visualiser.core.training.snapshot import RunInfo

_PARTS = {"train": "training", "validation": "validation", "test": "test"}
_MINUS = "−"

Outputs = Mapping[str, NDArray[Any] | None]


def _tested(material: Material) -> tuple[Block, ...]:
    info, final = material.snapshot.info, material.final
    known = [part for part in _PARTS if any(part in figures for figures in final.values())]
    ranges = {part: _ranges(material, part) for part in known}
    rows: list[tuple[str, ...]] = []
    for metric in info.task.metrics:
        title = metric.title_for(info.dataset)
        rows.append((title[:1].upper() + title[1:], *("" for _ in known)))
        for model, figures in final.items():
            cells = [_cell(info, metric, figures, part, ranges[part].get(model)) for part in known]
            rows.append((model, *cells))
        gaps = [ranges[part].get(_GAP, {}).get(metric.name) for part in known]
        if any(gaps):
            rows.append(("difference", *(_gap_cell(info, metric, gap) for gap in gaps)))
    head = ("", *(_head(material, part) for part in known))
    return (Table(head, tuple(rows)), *_notes(material, known))


_GAP = "your model less its twin"

Ranges = dict[str, dict[str, Estimate]]


def _ranges(material: Material, part: str) -> Ranges:
    """By model and metric, and of the difference to the twin; none on training rows."""
    if part == "train":
        return {}
    labels, outputs = _answered(material, part)
    found: dict[str, Samples] = {}
    ranges: Ranges = {}
    info = material.snapshot.info
    for model, figures in material.final.items():
        output = outputs.get(model)
        if part not in figures:
            continue
        of = figures[part]
        samples = {} if output is None else samples_of(info.dataset, labels, output, of)
        found[model] = samples
        ranges[model] = {
            name: estimate(of.values[name], taken)
            for name, taken in samples.items()
            if name in of.values
        }
        first = info.metric.name
        if first not in samples:
            error = standard_error(info, of, len(getattr(info.split, part)))
            ranges[model][first] = range_of(of.values[first], None, error)
    if YOURS in found and TWIN in found:
        ranges[_GAP] = _gaps(
            found, {m: f[part].values for m, f in material.final.items() if m in found}
        )
    return ranges


def _gaps(
    found: Mapping[str, Samples], values: Mapping[str, dict[str, float]]
) -> dict[str, Estimate]:
    """Row by row: both models are drawn the same rows."""
    mine, other = found[YOURS], found[TWIN]
    return {
        name: estimate(values[YOURS][name] - values[TWIN][name], mine[name] - other[name])
        for name in mine
        if name in other and name in values[YOURS]
    }


def _answered(material: Material, part: str) -> tuple[NDArray[Any], Outputs]:
    """True labels and what each model answered, as far as it is known."""
    info, exam = material.snapshot.info, material.snapshot.exam
    if part == "validation":
        told = material.snapshot.predictions
        if told is None:
            return np.zeros(0), {}
        outputs = {YOURS: told.output, TWIN: told.twin_output, REPAIRED: told.cleaned_output}
        return watched_labels(info), outputs
    if exam is None:
        return np.zeros(0), {}
    outputs = {
        YOURS: exam.predictions,
        TWIN: exam.twin_predictions,
        REPAIRED: exam.cleaned_predictions,
    }
    return info.split.test.labels, outputs


def _head(material: Material, part: str) -> str:
    if part == "train":
        return _PARTS[part]
    return f"{_PARTS[part]}, {len(getattr(material.snapshot.info.split, part)):,}"


def _cell(
    info: RunInfo,
    metric: Metric,
    figures: FiguresByPart,
    part: str,
    ranges: Mapping[str, Estimate] | None,
) -> str:
    """“81.7 %”, and below it “78.1 to 85.0”."""
    if part not in figures:
        return "–"
    text = figure_text(info, figures[part].values[metric.name], metric)
    found = None if ranges is None else ranges.get(metric.name)
    if found is None or not np.isfinite([found.low, found.high]).all():
        return text
    return f"{text}\n{_bare(info, metric, found.low)} to {_bare(info, metric, found.high)}"


def _gap_cell(info: RunInfo, metric: Metric, gap: Estimate | None) -> str:
    if gap is None or not np.isfinite([gap.value, gap.low, gap.high]).all():
        return ""
    size = metric.gap_text(abs(gap.value), info.dataset)
    low, high = (_bare(info, metric, end, gap=True) for end in (gap.low, gap.high))
    return f"{_signed(gap.value, size)}\n{low} to {high}"


def _bare(info: RunInfo, metric: Metric, value: float, *, gap: bool = False) -> str:
    """A figure whose unit has been told."""
    if metric.unit == "share":
        text = f"{100 * abs(value):.1f}"
    else:
        text = metric.text(abs(value), info.dataset)
        unit = info.dataset.unit if metric.unit == "target" else ""
        text = text.replace(unit, "").strip() if unit else text
    if gap:
        return _signed(value, text)
    return f"{_MINUS}{text}" if value < 0 else text


def _signed(value: float, size: str) -> str:
    if not any(digit in "123456789" for digit in size):
        return f"±{size}"
    return f"{_MINUS if value < 0 else '+'}{size}"


def _notes(material: Material, known: list[str]) -> tuple[Block, ...]:
    snapshot, info = material.snapshot, material.snapshot.info
    noun = noun_of(info.dataset)
    blocks: list[Block] = [_learnt_from(material)]
    blocks.append(
        "Below a figure is the range in which it would lie on 95 of 100 other samples of as many "
        "rows (bootstrap; of a difference with the same rows for both models). Training figures "
        "are on the data as each model was given it; validation and test rows are clean."
    )
    if "test" not in known:
        blocks.append(f"The test set, {noun.counted(len(info.split.test))}, is still sealed.")
    exam = snapshot.exam
    if exam is not None:
        blocks.append(f"The test set was opened at step {exam.step:,}.")
    spoiled = material.outcome.spoiled_validation_text
    if spoiled:
        blocks.append(f"On spoiled validation rows it shows {spoiled}: a figure to be deceived by.")
    return tuple(filter(None, blocks))


def _learnt_from(material: Material) -> str:
    """How many rows each model has, where that is not one number."""
    snapshot = material.snapshot
    noun = noun_of(snapshot.info.dataset)
    mine, clean = len(snapshot.spoiled_train), len(snapshot.info.split.train)
    text = f"Your model learns from {noun.counted(mine, 'training')}"
    if snapshot.twin_differs and clean != mine:
        text += f", its clean twin from {clean:,}"
    if snapshot.mended is not None and len(snapshot.mended.part) != mine:
        text += f", the model of repaired data from {len(snapshot.mended.part):,}"
    return f"{text}."


QUESTION = Question("What was it tested on, and how well did it do?", _tested)
