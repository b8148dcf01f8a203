"""Columns of a table and what they do to the answers, as bars and lines to be drawn."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.cell_text import date_text, number_text
from visualiser.core.data.dataset import Dataset, IntArray, Table
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import numeral, probability_text
from visualiser.core.questions.influence import ColumnImportance, DependenceCurve
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.dependence_plot import DependenceLines
from visualiser.ui.views.paired_bars import PairedBar

_MOST_LINES = 6
_RUG = 120
"""Training values marked below a curve."""


def training_table(info: RunInfo) -> Table:
    """The clean training rows."""
    table = info.split.train.features
    assert isinstance(table, Table)
    return table


def importance_rows(
    info: RunInfo, answer: ColumnImportance, order: IntArray
) -> tuple[PairedBar, ...]:
    """Bars of the columns at these places."""
    twins = answer.twin_rise
    return tuple(
        _importance_bar(
            info,
            answer.names[column],
            float(answer.rise[column]),
            None if twins is None else float(twins[column]),
        )
        for column in order.tolist()
    )


def _importance_bar(info: RunInfo, name: str, rise: float, twin: float | None) -> PairedBar:
    text = _gap(info, rise)
    tip = _tr("With “{name}” dealt out anew, the {figure} is worse by {rise}.").format(
        name=name, figure=info.metric.title, rise=text
    )
    if twin is not None:
        tip += "\n" + _tr("Clean twin: {rise}.").format(rise=_gap(info, twin))
    return PairedBar(name, rise, twin, text, tip)


def _gap(info: RunInfo, gap: float) -> str:
    if not np.isfinite(gap):
        return "–"
    text = info.metric.gap_text(abs(gap), info.dataset)
    return f"−{text}" if gap < 0 and any(digit in text for digit in "123456789") else text


def shown_classes(dataset: Dataset, outputs: int) -> tuple[int, ...]:
    """Which outputs are drawn: of two classes one says all."""
    if outputs == 1:
        return (0,)
    if outputs == 2:
        return (1 if dataset.positive_class is None else dataset.positive_class,)
    return tuple(range(min(outputs, _MOST_LINES)))


def answer_title(dataset: Dataset) -> str:
    """What stands on the left of a curve: “mean answer: price”, “mean share of “yes””."""
    if not dataset.predicts_classes:
        return _tr("mean answer: {target}").format(target=dataset.target)
    if dataset.class_count > 2:
        return _tr("mean probability")
    (code,) = shown_classes(dataset, 2)
    return _tr("mean probability of “{name}”").format(name=isolated(dataset.class_names[code]))


def answer_text(dataset: Dataset, answer: float) -> str:
    """An answer as the user reads it."""
    if dataset.predicts_classes:
        return probability_text(answer)
    return dataset.label_text(answer) if np.isfinite(answer) else "–"


def tick_text(dataset: Dataset, answer: float) -> str:
    """An answer on an axis, short."""
    if dataset.predicts_classes:
        return f"{numeral(100 * answer, 3)} %"
    return date_text(answer) if dataset.target_is_date else dataset.amount_text(answer)


def dependence_lines(
    info: RunInfo, column: int, curve: DependenceCurve, palette: Palette
) -> DependenceLines:
    """The curve of a column of numbers."""
    dataset, table = info.dataset, training_table(info)
    name = table.numeric_names[column]
    classes = shown_classes(dataset, curve.output.shape[1])
    amounts = not dataset.predicts_classes
    colours = [palette.accent if amounts else category_colour(code) for code in classes]
    twins = [palette.muted if amounts or len(classes) == 1 else colour for colour in colours]
    output, twin = curve.output, curve.twin_output
    drawn = zip(colours, twins, classes, strict=True)
    lines = [((mine, output[:, code]), (other, code)) for mine, other, code in drawn]
    return DependenceLines(
        values=curve.values,
        lines=tuple(line for line, _ in lines),
        twin_lines=()
        if twin is None
        else tuple((colour, twin[:, code]) for _, (colour, code) in lines),
        rug=_rug(table.numeric[:, column]),
        titles=(name, answer_title(dataset)),
        value_text=date_text if name in table.dates else number_text,
        answer_text=partial(tick_text, dataset),
    )


def dependence_bars(info: RunInfo, column: int, curve: DependenceCurve) -> tuple[PairedBar, ...]:
    """The answers for the categories of a column, the most frequent first."""
    dataset, table = info.dataset, training_table(info)
    categories = table.categories[column - len(table.numeric_names)]
    code = shown_classes(dataset, curve.output.shape[1])[-1]
    rows = []
    for place, category in enumerate(curve.values.astype(int).tolist()):
        answer = float(curve.output[place, code])
        twin = None if curve.twin_output is None else float(curve.twin_output[place, code])
        text = answer_text(dataset, answer)
        name = categories[category] if category < len(categories) else "–"
        tip = _tr("Were every row “{name}”: {answer}").format(name=name, answer=text)
        if twin is not None:
            tip += "\n" + _tr("clean twin: {answer}").format(answer=answer_text(dataset, twin))
        rows.append(PairedBar(name, answer, twin, text, tip))
    return tuple(rows)


def _rug(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Values evenly along the order of all there are."""
    present = np.sort(values[np.isfinite(values)]).astype(np.float64)
    places = np.linspace(0, max(len(present) - 1, 0), min(_RUG, len(present))).astype(int)
    rug: NDArray[np.float64] = present[places]
    return rug


def _tr(text: str) -> str:
    return QCoreApplication.translate("Influence", text)
