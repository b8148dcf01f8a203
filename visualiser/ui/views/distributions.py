"""How the weights and the gradients of each layer spread, over the whole run."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from visualiser.core.numerals import share_text
from visualiser.core.training.snapshot import DistributionView, RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.distributions_axes import Titles
from visualiser.ui.views.distributions_canvas import DistributionsCanvas, Reading
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.weights_layers import LayerNames, layer_names, ratio_text, weight_text
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.flow_layout import FlowLayout

_MOST_BUTTONS = 8
"""Of a model with more matrices they stand in a list."""


class DistributionsView(QWidget):
    """Histograms of one layer over time, with that of now beside; the update ratios of all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[LayerNames, ...] = ()
        self._views: tuple[DistributionView, ...] = ()
        self._drawn: object = None
        self._layers = QButtonGroup(self)
        self._layers.idClicked.connect(self.choose)
        self._bar = QWidget(self)
        self._buttons = FlowLayout(self._bar, gap=2, line_gap=2)
        self.which = Choice((), self)
        self.which.setAccessibleName(self.tr("Which layer"))
        self.which.setToolTip(self.tr("Which weights are shown."))
        self.which.edited.connect(self._choose_listed)
        self.canvas = DistributionsCanvas(self._titles(), self)
        self.canvas.setAccessibleName(self.tr("Spread of weights and gradients over time"))
        self.hover = Hover(self.canvas, self._read)
        self.saving = PictureSaving(
            self.canvas, "histograms", self.tr("Histograms"), chosen=self._layer_text
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._bar)
        layout.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.canvas, 1)

    def _titles(self) -> Titles:
        return Titles(
            weights=(self.tr("Weights"),),
            gradients=(self.tr("Gradients, size"), self.tr("Gradients")),
            ratios=(
                self.tr("Change of the weights a step"),
                self.tr("Change a step"),
                self.tr("Changes"),
            ),
            others=self.tr("grey: other layers"),
            step=self.tr("step 0"),
            healthy=self.tr("healthy"),
            empty=self.tr("Histograms appear here with the first steps."),
            lost=self.tr("{share} NaN or ∞"),
            outside=self.tr("{share} beyond the axis"),
            zeros=self.tr("{share} are 0"),
        )

    @property
    def layer(self) -> int:
        """Which of the layers with weights is shown; 0 is the first."""
        return max(self._layers.checkedId(), 0) if self._layers.buttons() else self.which.get()

    def choose(self, layer: int) -> None:
        """Show another layer."""
        button = self._layers.button(layer)
        if button is not None:
            button.setChecked(True)
        self.which.put(layer)
        self._drawn = None
        self._draw()

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        kept = self.layer if self._names else 0
        self._names = layer_names(info)
        self._views = ()
        self.saving.forget()
        for button in self._layers.buttons():
            self._layers.removeButton(button)
            self._buttons.removeWidget(button)
            button.deleteLater()
        self._offer_layers()
        self.choose(min(kept, len(self._names) - 1))

    def _offer_layers(self) -> None:
        many = len(self._names) > _MOST_BUTTONS
        titles = [names.title.partition(" · ")[0] for names in self._names]
        self.which.offer([*enumerate(titles)])
        self.which.setVisible(many)
        self._bar.setVisible(not many)
        for index, names in enumerate(() if many else self._names):
            button = QToolButton(self._bar)
            button.setText(titles[index])
            button.setAccessibleName(names.title)
            button.setToolTip(self.tr("Shows {layer}.").format(layer=names.title))
            button.setCheckable(True)
            button.setProperty("role", "flat")
            self._layers.addButton(button, index)
            self._buttons.addWidget(button)
            button.show()

    def _choose_listed(self) -> None:
        self.choose(self.which.get())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the histograms up to this step; nothing is drawn where there is no new one."""
        if snapshot.distributions:
            self._views = snapshot.distributions
            self._draw()
            self.saving.follow(snapshot)
            self.hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.canvas.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _draw(self) -> None:
        layer = min(self.layer, max(len(self._views) - 1, 0))
        steps = self._views[layer].steps.tolist() if self._views else []
        newest = (layer, len(steps), steps[-1:])
        if newest != self._drawn:
            self._drawn = newest
            self.canvas.show_views(self._views, layer)

    def _layer_text(self) -> str:
        return self._names[self.layer].title.partition(" · ")[0] if self._names else ""

    def _read(self, place: QPointF) -> str:
        reading = self.canvas.reading_at(place)
        if reading is None:
            return ""
        if reading.kind == "ratios":
            return self._ratio_words(reading)
        text = (
            self.tr("{layer} at step {step:,}: {share} of the weights between {low} and {high}.")
            if reading.kind == "weights"
            else self.tr(
                "{layer} at step {step:,}: {share} of the gradients with a size between {low} and "
                "{high}."
            )
        )
        words = ratio_text if reading.kind == "gradients" else weight_text
        share = 0.0 if math.isnan(reading.share) else reading.share
        text = text.format(
            layer=self._layer_text(),
            step=reading.step,
            share=share_text(share),
            low=words(reading.low),
            high=words(reading.high),
        )
        return " ".join([text, *self._rest_words(reading)])

    def _rest_words(self, reading: Reading) -> list[str]:
        """What no bin has."""
        rest = (
            (reading.zeros, self.tr("Besides, {share} of all are exactly 0.")),
            (reading.outside, self.tr("{share} lie beyond the axis.")),
            (reading.lost, self.tr("{share} are not a number or infinite.")),
        )
        return [words.format(share=share_text(share)) for share, words in rest if share]

    def _ratio_words(self, reading: Reading) -> str:
        if not math.isfinite(reading.share):  # no update is measured yet
            return ""
        text = self.tr(
            "{layer} at step {step:,}: one step changes the weights by {value} of their size "
            "(update-to-weight ratio); 0.001 is healthy."
        )
        return text.format(
            layer=self._layer_text(), step=reading.step, value=ratio_text(reading.share)
        )
