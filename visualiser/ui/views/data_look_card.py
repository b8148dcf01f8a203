"""What a user should know about a data set: its card, what was done to it, how many of what."""

from html import escape

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.data_look_bars import Bar, CountBars
from visualiser.ui.views.data_look_part import class_counts
from visualiser.ui.views.example_text import number_text

_RANGES = 8


class DataCardPanel(QScrollArea):
    """The card of a data set, in words and small bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._shown: tuple[RunInfo, Part] | None = None
        self.title = self._label("heading")
        self.parts = self._label("muted")
        self.bars = CountBars(self)
        self.card = self._label("")
        self.card.setTextFormat(Qt.TextFormat.RichText)
        page = QWidget(self)
        page.setProperty("role", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(6)
        for part in (self.title, self.parts, self.bars, self.card):
            layout.addWidget(part)
        layout.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("Data card"))

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setProperty("role", role)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def show_run(self, info: RunInfo, spoiled_train: Part) -> None:
        """Show the card of a run's data, and the counts of its training part as it is now."""
        self._shown = info, spoiled_train
        dataset, split = info.dataset, info.split
        self.title.setText(dataset.title)
        self.parts.setText(
            self.tr(
                "Training {train:,} · validation {validation:,} · test {test:,}, sealed"
            ).format(
                train=len(spoiled_train), validation=len(split.validation), test=len(split.test)
            )
        )
        self.bars.show_bars(self._bars(info, spoiled_train))
        self.card.setText(self._card(info))

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.bars.apply_palette(palette)
        if self._shown is not None:
            self.show_run(*self._shown)

    def _bars(self, info: RunInfo, part: Part) -> tuple[Bar, ...]:
        dataset, clean = info.dataset, info.split.train
        if dataset.task == "classification":
            now, before = class_counts(dataset, part), class_counts(dataset, clean)
            return tuple(
                Bar(name, category_colour(code), int(now[code]), int(before[code]))
                for code, name in enumerate(dataset.class_names)
            )
        edges = np.histogram_bin_edges(clean.labels, _RANGES)
        now, before = np.histogram(part.labels, edges)[0], np.histogram(clean.labels, edges)[0]
        unit = f" {dataset.unit}" if dataset.unit else ""
        return tuple(
            Bar(
                f"{_rounded(edges[i])} … {_rounded(edges[i + 1])}{unit}",
                self._palette.accent,
                int(now[i]),
                int(before[i]),
            )
            for i in range(_RANGES)
        )

    def _card(self, info: RunInfo) -> str:
        dataset = info.dataset
        card = dataset.card
        facts = (
            (self.tr("Size"), card.size),
            (self.tr("Source"), card.source),
            (self.tr("Licence"), card.licence),
        )
        text = f"<p>{escape(card.what)}</p>"
        for name, value in facts:
            text += f"<p><b>{escape(name)}:</b> {escape(value)}</p>"
        text += self._list(self.tr("Known weaknesses"), tuple(card.weaknesses))
        return text + self._list(
            self.tr("What was done to the data"), (*dataset.notes, *info.encoding_notes)
        )

    def _list(self, title: str, sentences: tuple[str, ...]) -> str:
        if not sentences:
            return ""
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
        return f'<p><b>{escape(title)}</b></p><ul style="margin-left: -24px">{items}</ul>'


def _rounded(value: float) -> str:
    """To three digits: the ends of a range are nothing to be exact about."""
    return number_text(float(f"{value:.3g}"))
