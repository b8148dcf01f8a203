"""All weights of a model as heat maps, a map a layer, while it learns."""

from dataclasses import replace
from typing import Literal, cast

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.core.training.snapshot import LayerState, RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.weights_canvas import Cell, LayerMap, WeightsCanvas
from visualiser.ui.views.weights_choice import WeightsChoice, from_to
from visualiser.ui.views.weights_layers import (
    LayerNames,
    layer_names,
    ratio_text,
    unrolled,
    update_explanation,
    update_note,
    weight_text,
)
from visualiser.ui.widgets.fitted import Unsqueezed
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import Phrase

_STRONGEST = 8
"""Weights of a cell that is a mean which are read one by one."""

Whose = Literal["student", "twin", "difference"]


class WeightsView(Unsqueezed, QWidget):
    """A heat map of the weights of each layer, with biases, of the student or of its twin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[LayerNames, ...] = ()
        self._snapshot: Snapshot | None = None
        self._whose: Whose = "student"
        self.canvas = WeightsCanvas(self)
        self.canvas.setAccessibleName(self.tr("Weights of each layer"))
        self.hover = Hover(self.canvas, self._read)
        self.saving = PictureSaving(
            self.canvas, "weights", self.tr("Weights"), chosen=self._whose_text
        )
        self.canvas.setToolTip(
            self.tr(
                "A row is a neuron or filter, a column one of its inputs; the strip is the bias."
            )
        )
        self.words = Phrase(self.tr("Row: neuron or filter; column: input; strip: bias."), self)
        self.words.setProperty("role", "muted")
        self.part = WeightsChoice(self)
        self.part.edited.connect(self._choose_part)
        self._choices = self._make_choices()
        top = FlowLayout(gap=4)
        top.addWidget(self.words)
        top.addWidget(self.part)
        together = QWidget(self)  # where there is no room, all of them go below
        buttons = FlowLayout(together, gap=4)
        for button in self._choices.buttons():
            buttons.addWidget(button)
        top.addWidget(together)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.canvas, 1)
        self._offer_choices(False)

    def _make_choices(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for name, text, tip in (
            ("student", self.tr("Your model"), self.tr("Weights of the model on your data.")),
            ("twin", self.tr("Clean twin"), self.tr("Weights of the same model on clean data.")),
            (
                "difference",
                self.tr("Difference"),
                self.tr("Your model's weights minus those of the clean twin."),
            ),
        ):
            button = QToolButton(self)
            button.setObjectName(name)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.setCheckable(True)
            button.setChecked(name == "student")
            button.setProperty("role", "flat")
            group.addButton(button)
        group.buttonClicked.connect(self._choose)
        return group

    @property
    def whose(self) -> Whose:
        """Whose weights are shown."""
        return self._whose

    def choose(self, whose: Whose) -> None:
        """Show the weights of the student, of its clean twin, or their difference."""
        self._whose = whose
        button = cast(QToolButton, self.findChild(QToolButton, whose))
        button.setChecked(True)
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._names = layer_names(info)
        self._snapshot = None
        self.saving.forget()
        self.canvas.clear()
        self.part.start_run(info.layers, self._names, self.canvas.fitting())
        self._offer_choices(False)
        self.choose("student")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the weights of this step."""
        if not snapshot.layers:
            return
        self._snapshot = snapshot
        twin = snapshot.twin_differs and len(snapshot.twin_layers) == len(snapshot.layers)
        self._offer_choices(twin)
        if not twin and self._whose != "student":
            self.choose("student")
            return
        self._draw(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.canvas.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _whose_text(self) -> str:
        """Whose weights they are, where there is a choice."""
        button = self._choices.checkedButton()
        return "" if button is None or button.isHidden() else button.text().lower()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._names and self.part.fit(self.canvas.fitting()):
            self._choose_part()

    def _choose_part(self) -> None:
        self.canvas.clear()
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def _offer_choices(self, offered: bool) -> None:
        for button in self._choices.buttons():
            if button.isHidden() == offered:
                button.setVisible(offered)

    def _choose(self, button: QToolButton) -> None:
        self.choose(cast(Whose, button.objectName()))

    def _draw(self, snapshot: Snapshot) -> None:
        shown = self._shown(snapshot)
        maps = []
        for place in self.part.shown:
            state, names = shown[place], self._names[place]
            weight = unrolled(state)
            note, short, alarming = "", "", False
            if self._whose != "twin":  # the ratio is measured of the student alone
                note, alarming = update_note(state.update_ratio)
                short = ratio_text(state.update_ratio) if note else ""
            if not np.isfinite(np.sum(weight)):
                note, short, alarming = self.tr("some weights are not a number"), "NaN", True
            maps.append(
                LayerMap(names.title, names.word, note, short, alarming, weight, state.bias)
            )
        self.canvas.show_layers(maps)
        self.saving.follow(snapshot)
        self.hover.refresh()

    def _shown(self, snapshot: Snapshot) -> tuple[LayerState, ...]:
        if self._whose == "student":
            return snapshot.layers
        if self._whose == "twin":
            return snapshot.twin_layers
        return tuple(
            replace(own, weight=own.weight - twin.weight, bias=own.bias - twin.bias)
            for own, twin in zip(snapshot.layers, snapshot.twin_layers, strict=True)
        )

    def _read(self, place: QPointF) -> str:
        if self._snapshot is None:
            return ""
        if (noted := self.canvas.note_at(place)) is not None:
            noted += self.part.shown.start
            return update_explanation(self._snapshot.layers[noted].update_ratio)
        cell = self.canvas.cell_at(place)
        if cell is None:
            return ""
        place_shown = self.part.shown.start + cell.layer
        names = self._names[place_shown]
        state = self._shown(self._snapshot)[place_shown]
        if cell.column < 0:
            text = self.tr("{layer}, bias of {row}: {value}")
            value = weight_text(float(state.bias[cell.row]))
            return text.format(layer=names.short, row=names.rows[cell.row], value=value)
        return self._read_weight(cell, names, state)

    def _read_weight(self, cell: Cell, names: LayerNames, state: LayerState) -> str:
        rows, columns = self.canvas.pooled_blocks(cell.layer)
        weight = unrolled(state)
        block = weight[cell.row : cell.row + rows, cell.column : cell.column + columns]
        row, column = names.rows[cell.row], names.columns[cell.column]
        if block.size == 1:
            text = self.tr("{layer}, {row} ← {column}: {value}")
            value = weight_text(float(block[0, 0]))
            return text.format(layer=names.short, row=row, column=column, value=value)
        last_row, last_column = (
            all_names[first + count - 1]
            for all_names, first, count in zip(
                (names.rows, names.columns), (cell.row, cell.column), block.shape, strict=True
            )
        )
        text = self.tr("{layer}, {row} ← {column}: mean of {count} weights {value}")
        with np.errstate(over="ignore", invalid="ignore"):
            value = weight_text(float(block.mean()))
        mean = text.format(
            layer=names.short,
            row=from_to(row, last_row),
            column=from_to(column, last_column),
            count=block.size,
            value=value,
        )
        return "\n".join([mean, *_strongest(block, cell, names)])


def _strongest(block: FloatArray, cell: Cell, names: LayerNames) -> list[str]:
    """Single weights of a block, a line each, the largest first, up or down."""
    lines = []
    order = np.argsort(-np.abs(block), axis=None, kind="stable")[:_STRONGEST]
    for row, column in zip(*np.unravel_index(order, block.shape), strict=True):
        weight = weight_text(float(block[row, column]))
        words = names.columns[cell.column + int(column)]
        if len(block) > 1:
            words = f"{names.rows[cell.row + int(row)]} ← {words}"
        lines.append(f"{words}: {weight}")
    return lines
