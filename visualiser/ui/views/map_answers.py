"""The answers of a model and of its clean twin as colours on a map."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import Dataset
from visualiser.core.numerals import compact
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import CATEGORICAL, Palette, category_colour
from visualiser.ui.views.axes import SteppedRange
from visualiser.ui.views.example_answers import Answers, answer_tile
from visualiser.ui.views.example_text import example_text
from visualiser.ui.views.legend import Entry
from visualiser.ui.views.map_colours import (
    Bar,
    MapContent,
    Pane,
    Shade,
    amount_colours,
    error_colours,
    shade_of,
    shade_of_classes,
)
from visualiser.ui.views.map_places import Places
from visualiser.ui.views.scatter_frame import Range, Values
from visualiser.ui.views.scatter_pairs import Pairs

Colouring = Literal["error", "predicted", "true"]

_SEEN = (2, 98)
"""Percentiles of true amounts that their scale covers: one palace makes no map pale."""
_SEEN_ERRORS = 90
"""Percentile of the sizes of errors that their scale covers."""


class MapAnswers:
    """Makes the map of a snapshot; remembers the scale of errors, which moves in steps."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._errors = SteppedRange(1e-9)

    def content(
        self, snapshot: Snapshot, colouring: Colouring, palette: Palette
    ) -> MapContent | None:
        """What the map shows; None without predictions, or where they are no numbers."""
        if snapshot.info.dataset.predicts_classes:
            answers = Answers.of(snapshot)
            return None if answers is None else self._of_classes(answers, colouring, palette)
        pairs = Pairs.of(snapshot)
        return None if pairs is None else self._of_amounts(pairs, colouring, palette)

    def _of_amounts(self, pairs: Pairs, colouring: Colouring, palette: Palette) -> MapContent:
        rows, dataset = self.places.rows, pairs.dataset
        true = pairs.true[rows]
        answers = [pairs.student[rows]]
        if pairs.twin is not None:
            answers.append(pairs.twin[rows])
        if colouring == "error":
            errors = [answer - true for answer in answers]
            largest = max(float(np.percentile(np.abs(error), _SEEN_ERRORS)) for error in errors)
            high = self._errors.fit(largest)
            colours = error_colours(palette)
            shades = [shade_of(error, -high, high, colours) for error in errors]
            bar = _error_bar(dataset, high, colours)
        else:
            low, high = _span(true)
            colours = amount_colours(palette)
            shown = answers if colouring == "predicted" else [true]
            shades = [shade_of(values, low, high, colours) for values in shown]
            ends = dataset.label_text(low), dataset.label_text(high)
            short = () if dataset.target_is_date else ((compact(low), compact(high)),)
            bar = Bar(colours, ends[0], "", ends[1], (ends, *short))
        return MapContent(
            self.places,
            _panes(shades),
            bar,
            (),
            lambda place: pairs.sentence(int(rows[place])),
        )

    def _of_classes(self, answers: Answers, colouring: Colouring, palette: Palette) -> MapContent:
        rows, names = self.places.rows, answers.info.dataset.class_names
        true = answers.true[rows]
        predicted = [answers.predicted[rows]]
        if answers.twin_predicted is not None:
            predicted.append(answers.twin_predicted[rows])
        entries = _class_entries(names)
        colours = tuple(category_colour(code) for code in range(len(names)))
        codes = predicted if colouring == "predicted" else [true]
        if colouring == "error":
            entries = _right_or_wrong()
            colours = (palette.train, palette.danger)
            codes = [(answer != true).astype(np.int64) for answer in predicted]
        return MapContent(
            self.places,
            _panes([shade_of_classes(code, colours) for code in codes]),
            None,
            entries,
            lambda place: _class_sentence(answers, int(rows[place])),
        )


def _panes(shades: list[Shade]) -> tuple[Pane, ...]:
    if len(shades) == 1:
        return (Pane("", shades[0]),)
    titles = (_tr("your model"), _tr("clean twin"))
    return tuple(Pane(title, shade) for title, shade in zip(titles, shades, strict=True))


def _span(values: Values) -> Range:
    low, high = np.percentile(values, _SEEN).tolist()
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def _error_bar(dataset: Dataset, high: float, colours: tuple[str, ...]) -> Bar:
    size = dataset.amount_text(high)
    low, top = _tr("too low by ≥ {size}"), _tr("too high by ≥ {size}")
    below, above, few = _tr("≤ −{size}"), _tr("≥ +{size}"), compact(high)
    short = (
        (below.format(size=size), above.format(size=size)),
        (below.format(size=few), above.format(size=few)),
        (f"−{few}", f"+{few}"),
    )
    return Bar(colours, low.format(size=size), _tr("exact"), top.format(size=size), short)


def _right_or_wrong() -> tuple[Entry, ...]:
    return (
        Entry("dot", "train", _tr("right"), _tr("The answer is the true class.")),
        Entry("dot", "danger", _tr("wrong"), _tr("The answer is another class.")),
    )


def _class_entries(names: tuple[str, ...]) -> tuple[Entry, ...]:
    """As many as there are colours."""
    shown = names[: len(CATEGORICAL)]
    return tuple(Entry("dot", category_colour(code), name) for code, name in enumerate(shown))


def _class_sentence(answers: Answers, position: int) -> str:
    info = answers.info
    tile = answer_tile(answers, position)
    row = int(info.watched[position])
    twin = [words.text for words in tile.lines[2:]]
    example = example_text(info.dataset, info.split.validation.features, row)
    return "\n".join((tile.tip, *twin, example))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Map", text)
