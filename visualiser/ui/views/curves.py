"""Loss above, accuracy or error below, over steps or epochs, while a model trains."""

from dataclasses import replace
from functools import cached_property

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QVBoxLayout, QWidget

from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import Range
from visualiser.ui.views.curves_chart import Chart
from visualiser.ui.views.curves_content import (
    Choices,
    RunCurves,
    looks,
    marker_x,
    nearest_row,
)
from visualiser.ui.views.curves_layer import Content, Event, ReadOut
from visualiser.ui.views.curves_series import Quantity, broke_off
from visualiser.ui.widgets.flow_layout import FlowLayout

_LEAST_SPAN = 2.0
"""Steps that a zoom shows at least; in epochs, what they come to."""


class CurvesView(QWidget):
    """The curves of a run, of its clean twin and of earlier runs.

    Signals:
        save_wanted: the user asked to save the curves as “png”, “svg” or “csv”.
        choices_changed: the user switched steps/epochs, log, batches or smoothing.
    """

    save_wanted = Signal(str)
    choices_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._curves = RunCurves()
        self._choices = Choices()
        self._zoom: Range | None = None
        self._hovered: float | None = None
        self.loss_chart, self.metric_chart = Chart(self), Chart(self)
        self.charts = pg.GraphicsLayoutWidget(self)
        self._build()
        self.apply_palette(LIGHT)

    # -- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setAccessibleName(self.tr("Curves"))
        self.setAccessibleDescription(self.tr("Loss and accuracy or error while training."))
        self.charts.setFrameShape(QFrame.Shape.NoFrame)
        self.charts.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.charts.setAccessibleName(self.tr("Charts of loss and accuracy or error"))
        column = self.charts.ci
        column.setContentsMargins(4, 2, 2, 2)
        column.setSpacing(4)
        column.addItem(self.loss_chart.plot, 0, 0)
        column.addItem(self.metric_chart.plot, 1, 0)
        for chart in (self.loss_chart, self.metric_chart):
            chart.box.zoomed.connect(self._zoom_to)
            chart.box.fitted.connect(self.fit)
        self.charts.setMouseTracking(True)
        self.charts.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._toolbar())
        layout.addWidget(self.charts, 1)

    def _toolbar(self) -> QWidget:
        bar = QWidget(self)
        row = FlowLayout(bar, gap=2, line_gap=2)
        row.setContentsMargins(0, 0, 0, 0)
        self.epochs = self._toggle(
            self.tr("Epochs"),
            self.tr("Counts along the bottom in epochs, passes over the data, instead of steps."),
        )
        self.log_loss = self._toggle(
            self.tr("Log loss"),
            self.tr("Draws the loss on a logarithmic axis, where each tenfold is equally high."),
        )
        self.batches = self._toggle(
            self.tr("Batch loss"),
            self.tr("Also draws the loss of every single training batch, faintly."),
        )
        self.smooth = self._toggle(
            self.tr("Smooth"),
            self.tr("Averages each curve over neighbouring points; the raw curve stays visible."),
        )
        self.fit_button = QToolButton(bar)
        self.fit_button.setText(self.tr("Show all"))
        self.fit_button.setProperty("role", "flat")
        self.fit_button.setToolTip(
            self.tr("Shows the whole run again after zooming, as a double click does.")
        )
        self.fit_button.setAccessibleName(self.fit_button.text())
        self.fit_button.clicked.connect(self.fit)
        self.fit_button.setEnabled(False)
        for button in (self.epochs, self.log_loss, self.batches, self.smooth, self.fit_button):
            row.addWidget(button)
        return bar

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("role", "flat")
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.toggled.connect(self._on_toggled)
        return button

    # -- what the window calls ------------------------------------------------------------------

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run and invite to press Play."""
        self._info = info
        self._snapshot = None
        self._curves.start_run()
        self._zoom = None
        self.fit_button.setEnabled(False)
        self._hide_read_out()
        self._name_axes()
        empty = Content(
            empty_text=self.tr("Press Play: the curves are drawn here while the model trains.")
        )
        self.loss_chart.show_content(empty, (0.0, 10.0), (0.0, 1.0))
        self.metric_chart.show_content(
            replace(empty, empty_text=" "), (0.0, 10.0), (0.0, self._metric_top)
        )
        self._lay_out()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the run as it stands."""
        if self._info is not snapshot.info:
            self.start_run(snapshot.info)
        self._snapshot = snapshot
        if snapshot.step == 0 and not self._curves.overlays:
            return
        x = self._zoom or self._curves.whole_x(snapshot, self._choices)
        events = [
            Event(marker_x(marker, self._choices), marker.text) for marker in snapshot.markers
        ]
        for chart, quantity in self._by_quantity:
            lines = self._curves.lines(snapshot, quantity, self._choices, self._zoom, self.tr)
            y = self._curves.y_range(lines, snapshot, quantity, self._choices)
            content = Content(lines, events)
            if quantity == "metric":
                content.events = [replace(event, text="") for event in events]
            self._say_broken(content, snapshot, quantity)
            chart.show_content(content, x, y)
        self._lay_out()
        self._read_out()

    def set_overlays(self, runs: tuple[RunRecord, ...]) -> None:
        """Draw the validation curves of earlier runs behind, each with its number."""
        self._curves.set_overlays(runs)
        self._redraw()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.charts.setBackground(palette.card)
        for chart in (self.loss_chart, self.metric_chart):
            chart.apply(palette, self.font())
        self._lay_out()

    @property
    def snapshot(self) -> Snapshot | None:
        """What is drawn, for export."""
        return self._snapshot

    @property
    def choices(self) -> Choices:
        """What the user chose about the curves."""
        return self._choices

    def set_choices(self, choices: Choices) -> None:
        """Choose for the user, as settings do at the start."""
        for button, on in self._toggles(choices):
            with QSignalBlocker(button):
                button.setChecked(on)
        self._take_choices()

    def title(self) -> str:
        """What a picture of the curves is headed with."""
        if self._info is None:
            return self.tr("Training curves")
        experiment = self._info.experiment
        return experiment.title or f"{self._info.dataset.title} · {experiment.model.name}"

    def set_exact(self, exact: bool) -> None:
        """Draw with true pens, for a vector file, or with quick ones, for the screen."""
        for chart in (self.loss_chart, self.metric_chart):
            chart.layer.exact = exact

    # -- choices and zoom -----------------------------------------------------------------------

    def _toggles(self, choices: Choices) -> tuple[tuple[QToolButton, bool], ...]:
        return (
            (self.epochs, choices.epochs),
            (self.log_loss, choices.log_loss),
            (self.batches, choices.batches),
            (self.smooth, choices.smooth),
        )

    def _on_toggled(self) -> None:
        self._take_choices()
        self.choices_changed.emit()

    def _take_choices(self) -> None:
        old = self._choices
        self._choices = Choices(
            self.epochs.isChecked(),
            self.log_loss.isChecked(),
            self.batches.isChecked(),
            self.smooth.isChecked(),
        )
        if old.epochs != self._choices.epochs:
            self._zoom = None
            self.fit_button.setEnabled(False)
        for chart in (self.loss_chart, self.metric_chart):
            chart.x_axis.whole = not self._choices.epochs
        self._name_axes()
        self._redraw()

    def fit(self) -> None:
        """Show the whole run."""
        self._zoom = None
        self._curves.refit()
        self.fit_button.setEnabled(False)
        self._redraw()

    def _zoom_to(self, low: float, high: float) -> None:
        snapshot = self._snapshot
        if snapshot is None or not snapshot.step:
            return
        left, right = self._curves.whole_x(snapshot, self._choices)
        least = _LEAST_SPAN
        if self._choices.epochs:
            least *= snapshot.epoch / snapshot.step
        span = min(max(high - low, least), right - left)
        if span >= right - left:
            self.fit()
            return
        low = min(max((low + high - span) / 2, left), right - span)
        self._zoom = (low, low + span)
        self.fit_button.setEnabled(True)
        self._redraw()

    @property
    def zoom(self) -> Range | None:
        """The visible range of x where the user zoomed, or None where all is shown."""
        return self._zoom

    def _redraw(self) -> None:
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)

    # -- words ----------------------------------------------------------------------------------

    @property
    def _by_quantity(self) -> tuple[tuple[Chart, Quantity], ...]:
        return (self.loss_chart, "loss"), (self.metric_chart, "metric")

    @property
    def _metric_top(self) -> float:
        return 1.0 if self._info is not None and self._info.metric == "mae" else 100.0

    def _name_axes(self) -> None:
        if self._info is None:
            return
        classification = self._info.dataset.task == "classification"
        self.loss_chart.layer.title = (
            self.tr("Loss (cross-entropy)")
            if classification
            else self.tr("Loss (mean squared error, standardised)")
        )
        if self._choices.log_loss:
            self.loss_chart.layer.title += self.tr(", log axis")
        along = self.tr("epochs") if self._choices.epochs else self.tr("steps")
        if self._info.metric == "accuracy":
            self.metric_chart.layer.title = self.tr("Accuracy in %, over {along}").format(along=along)
        else:
            unit = self._info.dataset.unit or self._info.dataset.target
            self.metric_chart.layer.title = self.tr("Mean error in {unit}, over {along}").format(
                unit=unit, along=along
            )
        self.loss_chart.y_axis.logarithmic = self._choices.log_loss

    def _say_broken(self, content: Content, snapshot: Snapshot, quantity: Quantity) -> None:
        row = broke_off(snapshot.history, quantity)
        if snapshot.state != "diverged" and row is None:
            return
        column = snapshot.history["epoch" if self._choices.epochs else "step"]
        row = len(column) - 1 if row is None else row
        content.broken_at = float(column[row])
        if quantity == "loss":
            step = int(snapshot.history["step"][row])
            content.broken_text = self.tr("broke off by step {step:,}: not a number").format(
                step=step
            )

    # -- read-out under the pointer -------------------------------------------------------------

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(event.position())
        elif event.type() == QEvent.Type.Leave:
            self._hide_read_out()
        return False

    def _hover(self, place: QPointF) -> None:
        scene = self.charts.mapToScene(place.toPoint())
        for chart in (self.loss_chart, self.metric_chart):
            if chart.box.sceneBoundingRect().contains(scene):
                self._hovered = float(chart.box.mapSceneToView(scene).x())
                self._read_out()
                return
        self._hide_read_out()

    def _hide_read_out(self) -> None:
        self._hovered = None
        for chart in (self.loss_chart, self.metric_chart):
            chart.layer.show_read_out(None)

    def _read_out(self) -> None:
        snapshot = self._snapshot
        if self._hovered is None or snapshot is None or not snapshot.step:
            return
        history = snapshot.history
        positions = history["epoch" if self._choices.epochs else "step"]
        row = nearest_row(positions, self._hovered)
        if row is None:
            return
        heading = self.tr("step {step:,} · epoch {epoch:.2f}").format(
            step=int(history["step"][row]), epoch=float(history["epoch"][row])
        )
        for chart, quantity in self._by_quantity:
            rows = []
            for name, label, look in reversed(looks(snapshot, self.tr)):
                value = float(history[f"{name}_{quantity}"][row])
                words = label or self.tr("clean twin, training")
                rows.append((look.colour, f"{words}  {self._value_text(value, quantity)}"))
            chart.layer.show_read_out(ReadOut(float(positions[row]), heading, tuple(rows)))

    def _value_text(self, value: float, quantity: Quantity) -> str:
        if not np.isfinite(value):
            return self.tr("not a number") if np.isnan(value) else self.tr("infinite")
        if quantity == "loss":
            return f"{value:.3f}" if value < 1e4 else f"{value:.2e}"
        assert self._info is not None
        if self._info.metric == "accuracy":
            return f"{100 * value:.1f} %"
        return self._info.dataset.label_text(value)

    # -- layout and events of the widget --------------------------------------------------------

    def _lay_out(self) -> None:
        charts = (self.loss_chart, self.metric_chart)
        numbers = max(chart.number_width() for chart in charts)
        labels = max(chart.layer.label_width() for chart in charts)
        margins = (np.ceil(numbers / 8) * 8, np.ceil(labels / 8) * 8)
        if margins != self._margins:
            self._margins = margins
            for chart in charts:
                chart.set_margins(*margins)

    @cached_property
    def _actions(self) -> tuple[tuple[str, QAction], ...]:
        texts = (
            ("png", self.tr("Save curves as PNG…")),
            ("svg", self.tr("Save curves as SVG…")),
            ("csv", self.tr("Save all figures as CSV…")),
        )
        return tuple((kind, QAction(text, self)) for kind, text in texts)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for _, action in self._actions:
            action.setEnabled(self._snapshot is not None)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Show all"), self.fit)
        chosen = menu.exec(event.globalPos())
        menu.deleteLater()
        for kind, action in self._actions:
            if chosen is action:
                self.save_wanted.emit(kind)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._margins = (-1.0, -1.0)
            self.apply_palette(self._palette)
            self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    _margins: tuple[float, float] = (-1.0, -1.0)
