"""An example with what of it speaks for an answer: a picture, a message, or bars of columns."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QStackedWidget, QWidget

from visualiser.core.clues import clue_noun
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.encoding_sound import RANGE_DB, MelEncoder
from visualiser.core.questions.saliency import LookedAt
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import LIGHT, NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.coloured_message import ColouredMessage
from visualiser.ui.views.example_picture import example_image, picture_image, picture_ratio
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.legend import Entry
from visualiser.ui.views.saliency_maps import Map, SaliencyMaps
from visualiser.ui.views.saliency_words import (
    part_names,
    subject_words,
    value_words,
)
from visualiser.ui.views.signed_bars import SignedBar, SignedBars
from visualiser.ui.views.weights_map import round_limit

_SHRINKS_BELOW = 0.4
"""The scale stays while the longest bar fills at least so much of it."""
_LEAST_LIMIT = 0.05
"""Of log-odds: what hardly speaks at all is drawn pale."""


class SaliencyCanvas(QStackedWidget):
    """One of three ways of drawing a LookedAt, as suits the kind of data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._looked: LookedAt | None = None
        self._palette = LIGHT
        self._limit = 0.0
        self.maps, self.message, self.bars = SaliencyMaps(), ColouredMessage(), SignedBars()
        for canvas in (self.maps, self.message, self.bars):
            self.addWidget(canvas)
        self.hovers = (
            Hover(self.maps, self._read_map),
            Hover(self.message, self._read_word),
            Hover(self.bars, self._read_bar),
        )

    def start_run(self, info: RunInfo) -> None:
        """Nothing of another run is known yet."""
        self._info, self._looked, self._limit = info, None, 0.0
        kinds = {"images": self.maps, "sound": self.maps, "text": self.message}
        self.setCurrentWidget(kinds.get(info.dataset.modality, self.bars))
        self.maps.show_nothing(self.tr("It appears with the first look at the model."))
        self.bars.show_rows((), 1.0, self.tr("Bars appear with the first look at the model."))
        self.message.show_text("", (), self.tr("Words appear with the first look at the model."))

    def forget_scale(self) -> None:
        """Another example: its figures may be of any size."""
        self._limit = 0.0

    def show_looked(self, looked: LookedAt) -> None:
        """Draw this one."""
        assert self._info is not None
        self._looked = looked
        shown = self.currentWidget()
        if shown is self.maps:
            self._draw_maps(looked, self._info)
        elif shown is self.message:
            text = str(np.asarray(looked.features)[0])
            self.message.show_text(text, looked.spans, self.tr("The message has no words."))
            twin = None if looked.twin is None else looked.twin.values
            colours = (POSITIVE, NEGATIVE)
            self.message.show_pulls(looked.student.values, twin, self._scale(looked), colours)
        else:
            self._draw_bars(looked, self._info.dataset)
        for hover in self.hovers:
            hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.maps.apply_palette(palette)
        self.message.apply_palette(palette)
        self.bars.apply_palette(palette)
        if self._looked is not None:
            self.show_looked(self._looked)

    def entries(self) -> tuple[Entry, ...]:
        """What the colours mean."""
        looked = self._looked
        if looked is None or self._info is None:
            return ()
        subject = subject_words(self._info.dataset, looked)
        tip = self.tr("How much this part adds to the answer, against what it is compared with.")
        entries = [
            Entry("area", POSITIVE, self.tr("speaks for {subject}").format(subject=subject), tip),
            Entry("area", NEGATIVE, self.tr("speaks against it"), tip),
        ]
        if self.currentWidget() is not self.maps:
            if looked.twin is not None:
                entries.append(Entry("line", "muted", self.tr("thin: clean twin")))
        elif looked.region is not None:
            is_clue = looked.region_is == "clue"
            thing = clue_noun(self._info.dataset, "mark") if is_clue else self.tr("thing")
            text = self.tr("outline of the {thing}").format(thing=thing)
            entries.append(Entry("box", "text", text))
        return tuple(entries)

    def _draw_maps(self, looked: LookedAt, info: RunInfo) -> None:
        dataset, example = info.dataset, np.asarray(looked.features)[0]
        image = example_image(dataset, example, self._palette)
        if isinstance(info.encoder, MelEncoder):
            decibels = info.encoder.decibels(example[None])
            levels = (decibels - info.encoder.silence) / RANGE_DB
            image = picture_image(levels, self._palette)
        self.maps.show_example(self.tr("the example"), image, picture_ratio(dataset))
        maps = [Map(self.tr("your model"), looked.student.values)]
        if looked.twin is not None:
            maps.append(Map(self.tr("clean twin"), looked.twin.values))
        self.maps.show_maps(tuple(maps), looked.region)

    def _draw_bars(self, looked: LookedAt, dataset: Dataset) -> None:
        values, names = looked.student.values, part_names(dataset, looked)
        twin = None if looked.twin is None else looked.twin.values
        limit, rows = self._scale(looked), []
        for at in np.argsort(-np.abs(values), kind="stable").tolist():
            other = None if twin is None else float(twin[at])
            text = value_words(float(values[at]))
            tip = self.tr("{name}: adds {value} towards {subject}").format(
                name=names[at], value=text, subject=subject_words(dataset, looked)
            )
            if other is not None:
                tip += "\n" + self.tr("clean twin: {value}").format(value=value_words(other))
            rows.append(SignedBar(names[at], float(values[at]), other, text, tip))
        self.bars.show_rows(rows, limit)

    def _scale(self, looked: LookedAt) -> float:
        """A round limit that moves only when the figures leave it behind."""
        least = _LEAST_LIMIT if looked.code is not None else 0.0
        largest = float(np.nan_to_num(np.abs(looked.student.values)).max(initial=least))
        if looked.twin is not None:
            largest = max(largest, float(np.nan_to_num(np.abs(looked.twin.values)).max(initial=0)))
        if largest > self._limit or largest < _SHRINKS_BELOW * self._limit:
            self._limit = round_limit(largest)
        return self._limit

    # -- what the pointer reads -----------------------------------------------------------------

    def _read_map(self, place: QPointF) -> str:
        looked, cell = self._looked, self.maps.cell_at(place)
        if looked is None or cell is None or self._info is None or cell.number < 0:
            return ""
        value = float(self.maps.maps[cell.number].values[cell.row, cell.column])
        where = self.tr("row {row}, column {column}").format(
            row=cell.row + 1, column=cell.column + 1
        )
        encoder = self._info.encoder
        if isinstance(encoder, MelEncoder):
            columns = encoder.shape[2]
            where = encoder.names[cell.row * columns + cell.column]
        return self.tr("{where}: {value} towards {subject}").format(
            where=where, value=value_words(value), subject=subject_words(self._info.dataset, looked)
        )

    def _read_word(self, place: QPointF) -> str:
        looked, number = self._looked, self.message.word_at(place)
        if looked is None or self._info is None or not 0 <= number < len(looked.spans):
            return ""
        text = self.tr("“{word}”: {value} towards {subject}").format(
            word=self.message.word(number),
            value=value_words(float(looked.student.values[number])),
            subject=subject_words(self._info.dataset, looked),
        )
        if looked.twin is not None:
            twin = value_words(float(looked.twin.values[number]))
            text += "\n" + self.tr("clean twin: {value}").format(value=twin)
        return text

    def _read_bar(self, place: QPointF) -> str:
        row = self.bars.row_at(place)
        return "" if row is None else row.tip
