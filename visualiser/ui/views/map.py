"""A map of the rows that have a place, coloured by what is answered, while a model learns."""

from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.legend import Legend
from visualiser.ui.views.map_answers import MapAnswers
from visualiser.ui.views.map_places import Places
from visualiser.ui.views.map_plot import MapPlot
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_GAP = 14
"""Pixels between the map and the words about it."""
_WORDS = 12
"""Letters of width that the words beside a map need at least."""


class MapView(Fitted, QWidget):
    """Dots where the validation rows are, of the model and beside it of its clean twin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: MapAnswers | None = None
        self._snapshot: Snapshot | None = None
        self._palette = LIGHT
        self.plot = MapPlot(self)
        self.legend = Legend(self)
        self.colouring = Choice((), self)
        self.colouring.setAccessibleName(self.tr("What colours show"))
        self.colouring.setToolTip(
            self.tr("Colours show how far the answer is off, the answer itself, or what is true.")
        )
        self.colouring.edited.connect(self._draw)
        self.words = paragraph("muted")
        self.row = paragraph()
        self.plot.chosen.connect(self.row.setText)
        self.saving = PictureSaving(
            self.plot, "map", self.tr("Map"), self.legend, self.colouring.currentText
        )
        self._side = SideColumn(self.colouring, self.legend, self.words, self.row, parent=self)
        self._layout = turning_layout(self, _GAP)
        self._layout.addWidget(self.plot, 3)
        self._layout.addWidget(self._side, 1)
        self._say_empty()

    def fit(self) -> None:
        """Words stand beside the map, or below it where a quarter of the width cuts them."""
        self._side.fit(self._layout, _WORDS, 4)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._snapshot = None
        places = Places.of(info)
        self._answers = MapAnswers(places) if places is not None and len(places) else None
        self._offer_colours(info)
        self._say_empty()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Colour the places by the predictions of this step."""
        if snapshot.predictions is None or self._answers is None:
            return
        self._snapshot = snapshot
        self._draw()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for part in (self.plot, self.legend, self.saving):
            part.apply_palette(palette)
        self._draw()

    def _offer_colours(self, info: RunInfo) -> None:
        dataset = info.dataset
        error = self.tr("Error")
        if dataset.predicts_classes:
            error = self.tr("Right or wrong")
        kept = self.colouring.get() or "error"
        self.colouring.offer(
            (
                ("error", error),
                ("predicted", self.tr("Predicted {target}").format(target=dataset.target)),
                ("true", self.tr("True {target}").format(target=dataset.target)),
            )
        )
        self.colouring.put(kept)

    def _draw(self) -> None:
        snapshot, answers = self._snapshot, self._answers
        if snapshot is None or answers is None:
            return
        content = answers.content(snapshot, self.colouring.get(), self._palette)
        if content is None:
            self.plot.show_nothing(
                self.tr("The predictions are no numbers any more (NaN): the run has diverged.")
            )
            self._clear_words()
            return
        self.saving.follow(snapshot)
        self.plot.show_map(content)
        self.legend.show_entries(content.entries)
        words = self._sentence(answers.places)
        if words != self.words.text():
            self.words.setText(words)

    def _sentence(self, places: Places) -> str:
        if len(places) == places.all_rows:
            return self.tr("{count:,} validation rows: never learnt from.").format(
                count=len(places)
            )
        text = self.tr("{count:,} of {all:,} validation rows; the others have no place.")
        return text.format(count=len(places), all=places.all_rows)

    def _say_empty(self) -> None:
        self.row.clear()
        text = self.tr("Dots appear with the first predictions of the model.")
        if self._answers is None:
            text = self.tr("No validation row has a place on earth.")
        self.plot.show_nothing(text)
        self._clear_words()

    def _clear_words(self) -> None:
        self.saving.forget()
        self.words.clear()
        self.legend.show_entries(())
