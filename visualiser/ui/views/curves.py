"""Loss above, accuracy or error below, over steps or epochs, while a model trains."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import Range
from visualiser.ui.views.curves_charts import CurvesCharts
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_content import RunCurves, zoomed
from visualiser.ui.views.curves_frame import content_of, news
from visualiser.ui.views.curves_saving import CurvesSaving
from visualiser.ui.views.curves_series import Quantity
from visualiser.ui.views.curves_shown import ReadOut
from visualiser.ui.views.curves_toolbar import CurvesToolbar
from visualiser.ui.views.curves_words import CurvesWords

LEAST_SPAN = 2.0
"""Steps that a zoom shows at least."""
KEY_ZOOM = {Qt.Key.Key_Plus: 0.8, Qt.Key.Key_Minus: 1.25}


class CurvesView(QWidget):
    """The curves of a run, of its clean twin and of earlier runs.

    Signals:
        message: a Message on a picture or a table that was saved.
        choices_changed: the user switched epochs, log loss, batch loss, smoothing or baseline.

    Attributes:
        loss_chart, metric_chart: the two charts, which show the same range of x.
        charts: both, without the buttons above.
    """

    message = Signal(object)
    choices_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._curves = RunCurves()
        self._choices = Choices()
        self._zoom: Range | None = None
        self._words = CurvesWords(self)
        self.toolbar = CurvesToolbar(self)
        self.charts = CurvesCharts(self)
        self.loss_chart, self.metric_chart = self.charts.loss, self.charts.quality
        self.saving = CurvesSaving(self)
        self._build()
        self.apply_palette(LIGHT)

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Curves"))
        self.setAccessibleDescription(self.tr("Loss and accuracy or error while training."))
        self.toolbar.changed.connect(self._on_choices_changed)
        self.toolbar.fit_wanted.connect(self.fit)
        self.saving.message.connect(self.message)
        self.charts.zoomed.connect(self.zoom_to)
        self.charts.fitted.connect(self.fit)
        self.charts.pointer.moved.connect(self._on_pointed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.toolbar)
        layout.addWidget(self.charts, 1)

    # -- what the window calls ------------------------------------------------------------------

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run and invite to press Play."""
        self._info = info
        self._snapshot = None
        self._words.start_run(info)
        self._curves.start_run()
        self._set_zoom(None)
        self.charts.pointer.forget()
        self._name_charts()
        invitation = self.tr("Press Play: the curves are drawn here while the model trains.")
        top = 100.0 if info.metric.unit == "share" else 1.0
        self.charts.show_empty(invitation, top)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the run as it stands."""
        if self._info is not snapshot.info:
            self.start_run(snapshot.info)
        known, self._snapshot = self._snapshot, snapshot
        if known is None or news(known) != news(snapshot):
            self._draw(snapshot)

    def _draw(self, snapshot: Snapshot) -> None:
        if snapshot.step == 0 and not self._curves.overlays:
            return
        x = self._zoom or self._curves.whole_x(snapshot, self._choices)
        for chart, quantity in self.charts.by_quantity:
            content, y = content_of(
                snapshot, quantity, self._curves, self._words, self._choices, self._zoom
            )
            chart.show_content(content, x, y)
        self.charts.lay_out()
        self._read_out()
        self.charts.overlay.follow()

    def set_overlays(self, runs: tuple[RunRecord, ...]) -> None:
        """Draw the validation curves of earlier runs behind, each with its number."""
        self._curves.set_overlays(runs)
        self._curves.refit()
        if self._info is not None and not runs and not self._drawn:
            self.start_run(self._info)
        self._redraw()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.charts.apply(palette, self.font())

    # -- for export and settings ----------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot | None:
        """What is drawn; None before the first one of a run."""
        return self._snapshot

    @property
    def colours(self) -> Palette:
        """The theme it is drawn in."""
        return self._palette

    def title(self) -> str:
        """What a picture of the curves is headed with."""
        return self._words.heading(self._snapshot.changes if self._snapshot else ())

    @property
    def choices(self) -> Choices:
        """What the user chose about the curves."""
        return self._choices

    def set_choices(self, choices: Choices) -> None:
        """Choose for the user, as settings do at the start."""
        self.toolbar.show_choices(choices)
        self._take_choices(choices)

    # -- choices and zoom -----------------------------------------------------------------------

    @Slot()
    def _on_choices_changed(self) -> None:
        self._take_choices(self.toolbar.choices)
        self.choices_changed.emit()

    def _take_choices(self, choices: Choices) -> None:
        if choices.epochs != self._choices.epochs:
            self._set_zoom(None)
        self._choices = choices
        self._name_charts()
        self._redraw()

    def _name_charts(self) -> None:
        for chart, quantity in self.charts.by_quantity:
            chart.layer.title = self._words.title(quantity, self._choices)
            chart.x_axis.whole = not self._choices.epochs
            chart.y_axis.logarithmic = quantity == "loss" and self._choices.log_loss
        self.charts.overlay.redraw()

    @property
    def zoom(self) -> Range | None:
        """The visible range of x where the user zoomed, or None where all is shown."""
        return self._zoom

    @Slot(float, float)
    def zoom_to(self, low: float, high: float) -> None:
        """Show a range of x, in steps or epochs, as far as there is something to see."""
        snapshot = self._snapshot
        if snapshot is None or not snapshot.step:
            return
        whole = self._curves.whole_x(snapshot, self._choices)
        per_step = snapshot.epoch / snapshot.step if self._choices.epochs else 1.0
        zoom = zoomed(low, high, whole, LEAST_SPAN * per_step)
        if zoom is None:
            self.fit()
            return
        self._set_zoom(zoom)
        self._redraw()

    @Slot()
    def fit(self) -> None:
        """Show the whole run."""
        self._set_zoom(None)
        self._curves.refit()
        self._redraw()

    def _set_zoom(self, zoom: Range | None) -> None:
        self._zoom = zoom
        self.toolbar.show_zoomed(zoom is not None)

    @property
    def _drawn(self) -> bool:
        return self._snapshot is not None and self._snapshot.step > 0

    def _redraw(self) -> None:
        if self._snapshot is not None:
            self._draw(self._snapshot)

    # -- read-out under the pointer -------------------------------------------------------------

    @Slot()
    def _on_pointed(self) -> None:
        self._read_out()
        self.charts.overlay.redraw()

    def _read_out(self) -> None:
        read_outs: Mapping[Quantity, ReadOut] | None = None
        x = self.charts.pointer.x
        if x is not None and self._snapshot is not None and self._drawn:
            read_outs = self._words.read_outs(
                self._snapshot,
                x,
                self._choices,
                self._curves.overlays_on(self._snapshot),
                self.loss_chart.reach,
            )
        self.charts.show_read_outs(read_outs)

    # -- events of the widget -------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.saving.open_menu(event.globalPos())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        low, high = self.loss_chart.x_range
        factor = KEY_ZOOM.get(Qt.Key(event.key()))
        if factor is not None:
            self.zoom_to(high - (high - low) * factor, high)
        elif event.key() == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.apply_palette(self._palette)
            self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.charts.lay_out()
        self._redraw()
