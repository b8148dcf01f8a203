"""A dated series and the forecasts of its validation part, while a model learns."""

from itertools import zip_longest

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from visualiser.core.data.cadence import Cadence
from visualiser.core.data.nouns import noun_of
from visualiser.core.numerals import share_text
from visualiser.core.outcome_healing import healed_at
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.forecast_band import Band
from visualiser.ui.views.forecast_errors import calendar_rows, holiday_rows
from visualiser.ui.views.forecast_periods import (
    Forecasts,
    SeriesPeriods,
    cadence_of,
    naive_title,
    series_names,
)
from visualiser.ui.views.forecast_plot import ForecastPlot
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.bar_rows import BarRows
from visualiser.ui.widgets.controls import Choice, Switch
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_TOGETHER = -1
"""Stands for the sum of all series among their codes."""
_PALE = 0.35
"""Opacity of the mark of the band; as pale as the band itself a small mark is not seen."""


_GAP = 14
"""Pixels between the forecasts and the words about them."""
_WORDS = 14
"""Letters of width that the words beside the forecasts need at least."""


class ForecastView(Fitted, QWidget):
    """The series with its forecasts, and how far they are off in which part of the season.

    Attributes:
        parts: bars of the errors in the parts of the season, such as weekdays or months.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._periods: SeriesPeriods | None = None
        self._palette = LIGHT
        self.plot = ForecastPlot(self)
        self.legend = Legend(self)
        self.series = Choice((), self)
        self.series.setAccessibleName(self.tr("Which series"))
        self.series.setToolTip(self.tr("Which of the series is shown, or the sum of all."))
        self.series.edited.connect(self._choose)
        self.naive = Switch(self.tr("Naive forecast"), self)
        self.naive.setToolTip(
            self.tr("The dotted line: the value of one season before, as a forecast to beat.")
        )
        self.naive.edited.connect(self._show_naive)
        self.words = paragraph("muted")
        self.row = paragraph()
        self.parts = (BarRows(""), BarRows(""))
        self.holidays = BarRows(self.tr("Mean error on holidays"))
        for bars in (*self.parts, self.holidays):
            bars.setToolTip(
                self.tr("Mean absolute error of these forecasts of the validation part.")
            )
        self.row.hide()
        self.plot.chosen.connect(self._say_time)
        self.saving = PictureSaving(
            self.plot, "forecast", self.tr("Forecast"), self.legend, self._which
        )
        self._build()
        self._say_empty()

    def fit(self) -> None:
        """Words stand beside the forecasts, or below where a third of the width cuts them."""
        self._side.fit(self._layout, _WORDS, 3)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info, self._snapshot = info, None
        names = series_names(info.dataset)
        together = ((_TOGETHER, self.tr("all together (sum)")),) if names else ()
        self.series.offer((*enumerate(names), *together))
        if names:
            self.series.put(0)
        self.series.setVisible(bool(names))
        self._periods = self._chosen_periods(info)
        self._name_parts(cadence_of(info.dataset))
        self._say_empty()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the forecasts of this step."""
        if snapshot.predictions is None or self._periods is None:
            return
        self._snapshot = snapshot
        forecasts = Forecasts.of(snapshot, self._periods)
        if forecasts is None:
            self.plot.show_nothing(
                self.tr("The forecasts are no numbers any more (NaN): the run has diverged.")
            )
            self._clear_words()
            return
        self.saving.follow(snapshot)
        self.plot.show_forecasts(forecasts, "accent" if forecasts.twin is None else "spoiled")
        self._describe(snapshot, forecasts)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.plot, self.legend, self.saving):
            part.apply_palette(palette)
        self._palette = palette
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)  # the band in the legend is a mixed colour

    def _build(self) -> None:
        choices = (self.series, self.legend, self.naive, self.words, self.row)
        side = SideColumn(*choices, *self.parts, self.holidays, parent=self)
        self._side = side
        self._layout = turning_layout(self, _GAP)
        self._layout.addWidget(self.plot, 2)
        self._layout.addWidget(side, 1)

    def _which(self) -> str:
        """Which series is shown, where there is a choice."""
        return self.series.currentText()

    def _name_parts(self, cadence: Cadence) -> None:
        for column, bars in zip_longest(cadence.parts, self.parts):
            title = self.tr("Mean error, by {part}") if column else self.tr("Mean error")
            bars.set_title(title.format(part=column.title if column else ""))

    def _chosen_periods(self, info: RunInfo) -> SeriesPeriods:
        code = self.series.get()
        return SeriesPeriods.of(info, None if code == _TOGETHER else code)

    def _say_time(self, sentence: str) -> None:
        self.row.setText(sentence)
        self.row.setVisible(bool(sentence))

    def _choose(self) -> None:
        if self._info is None:
            return
        self._say_time("")
        self._periods = self._chosen_periods(self._info)
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _show_naive(self) -> None:
        self.plot.show_naive(self.naive.get())
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    def _say_empty(self) -> None:
        self._say_time("")
        self.plot.show_nothing(
            self.tr("The forecasts of the validation part appear with the first predictions.")
        )
        self._clear_words()

    def _clear_words(self) -> None:
        self.saving.forget()
        self.words.clear()
        self.legend.show_entries(())
        for bars in (*self.parts, self.holidays):
            bars.show_rows([])

    def _describe(self, snapshot: Snapshot, forecasts: Forecasts) -> None:
        twin = forecasts.twin is not None
        note = self.tr("Tick and brackets: the clean twin.") if twin else ""
        self.parts[0].set_note(note)
        for number, bars in enumerate(self.parts):
            bars.show_rows(calendar_rows(forecasts, number))
        self.holidays.show_rows(holiday_rows(forecasts))
        self.legend.show_entries(self._entries(snapshot, forecasts))
        words = self._sentence(forecasts)
        if words != self.words.text():
            self.words.setText(words)

    def _sentence(self, forecasts: Forecasts) -> str:
        series = forecasts.series
        watched, known = len(series.watched), int((series.times >= series.begins).sum())
        noun = noun_of(series.dataset)
        text = self.tr("{all}.")
        if watched < known:
            text = self.tr("{count:,} of {all}, drawn by chance.")
        text = text.format(count=watched, all=noun.counted(known, self.tr("validation")))
        if not self.plot.all_in_sight():
            text += " " + self.tr("Drag to see the others, or turn the wheel.")
        band = forecasts.band
        if band is not None:
            text += " " + self.tr(
                "In the band: {inside:,} of the later {later:,} ({share})."
            ).format(
                inside=band.inside,
                later=band.later,
                share=share_text(band.inside / band.later),
            )
        outside = self.plot.outside()
        if outside:
            text += " " + self.tr("{count:,} outside the axes.").format(count=outside)
        return text

    def _entries(self, snapshot: Snapshot, forecasts: Forecasts) -> tuple[Entry, ...]:
        colour = "accent" if forecasts.twin is None else "spoiled"
        entries = [
            Entry("line", "text", self.tr("true"), self.tr("What the value was.")),
            Entry("line", colour, self.tr("your model"), self._learnt(snapshot, forecasts)),
        ]
        if forecasts.band is not None:
            entries.append(self._band_entry(colour, forecasts.band))
        if forecasts.twin is not None:
            tip = self.tr("The same model, learning from clean data only.")
            entries.append(Entry("dashed", "accent", self.tr("clean twin"), tip))
        if self.naive.get():
            title = naive_title(snapshot.info.dataset)
            tip = self.tr("The seasonal naive forecast: the value of one season before.")
            entries.append(Entry("dotted", "muted", title, tip))
        return tuple(entries)

    def _band_entry(self, colour: str, band: Band) -> Entry:
        tip = self.tr(
            "Between the 10 % and the 90 % quantile of the errors of the first {count} periods "
            "shown, drawn around the later ones: a band that is to hold 80 % of them. How many it "
            "truly holds stands below."
        )
        return Entry(
            "area", self._band_colour(colour), self.tr("80 % band"), tip.format(count=band.begins)
        )

    def _band_colour(self, colour: str) -> str:
        """A pale colour of the palette, with its transparency."""
        pale = QColor(getattr(self._palette, colour))
        pale.setAlphaF(_PALE)
        return pale.name(QColor.NameFormat.HexArgb)

    def _learnt(self, snapshot: Snapshot, forecasts: Forecasts) -> str:
        if forecasts.twin is None:
            return self.tr("It has never learnt from the validation part.")
        step = healed_at(snapshot)
        if step is None:
            return self.tr("It learns from spoiled data.")
        text = self.tr("It learnt from spoiled data until step {step:,}, and from clean since.")
        return text.format(step=step)
