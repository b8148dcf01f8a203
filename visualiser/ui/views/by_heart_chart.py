"""A chart of how far wrong labels are learnt, which zooms and reads out as the main curves do."""

import math

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.plotting import pg
from visualiser.ui.views.axes import Range, Values
from visualiser.ui.views.by_heart_curves import (
    ByHeartCurves,
    curves_of,
    tr,
    value_text,
    values_of,
)
from visualiser.ui.views.curves import KEY_ZOOM, LEAST_SPAN
from visualiser.ui.views.curves_chart import Chart
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_content import marker_x, nearest_row, zoomed
from visualiser.ui.views.curves_frame import news
from visualiser.ui.views.curves_labels import room_for_names
from visualiser.ui.views.curves_overlay import CurvesOverlay
from visualiser.ui.views.curves_pointer import CurvesPointer
from visualiser.ui.views.curves_shown import Content, Event, ReadOut
from visualiser.ui.views.curves_words import CurvesWords

_LEAST_LINES = 7
"""Lines of text that the chart is high at least: title, curves, numbers below."""
_LEAST_WIDTH = 8
"""Heights of a line that it is wide at least."""
_ROOMY = 8
"""Lines of text that the curves are high where there is room to say what happened."""


class ByHeartChart(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Wheel, + and − zoom along x, a double click and 0 show all; pointing reads values.

    Attributes:
        chart: what is drawn.
        pointer: where the user points.

    Signals:
        zoom_changed: another part of the run is visible, or all of it again.
    """

    zoom_changed = Signal()

    _snapshot: Snapshot | None = None  # pyqtgraph has it resized while it is being made

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._curves = ByHeartCurves()
        self._words = CurvesWords(self)
        self._choices = Choices()
        self._zoom: Range | None = None
        self._marked: int | None = None
        self.chart = Chart(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Chart of what is learnt by heart"))
        self.ci.setContentsMargins(4, 2, 2, 2)
        self.addItem(self.chart.plot, 0, 0)
        self.chart.box.zoomed.connect(self.zoom_to)
        self.chart.box.fitted.connect(self.fit)
        self.overlay = CurvesOverlay(self, (self.chart,))
        self.pointer = CurvesPointer(self, (self.chart,))
        self.pointer.moved.connect(self._on_pointed)
        self.apply_palette(LIGHT)

    # -- what the view calls --------------------------------------------------------------------

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._snapshot, self._zoom, self._marked = None, None, None
        self._curves = ByHeartCurves()
        self.pointer.forget()
        self._words.start_run(info)
        self._name(info)
        self.chart.show_content(Content(), (0.0, 10.0), (0.0, 100.0))
        self.overlay.redraw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the run as it stands; nothing where there is no other measurement."""
        known, self._snapshot = self._snapshot, snapshot
        if known is None or news(known) != news(snapshot):
            self._draw()

    def count_epochs(self, epochs: bool) -> None:
        """Count along the bottom in epochs, or in steps."""
        self._choices, self._zoom = Choices(epochs=epochs), None
        if self._snapshot is not None:
            self._name(self._snapshot.info)
        self._draw()
        self.zoom_changed.emit()

    def mark(self, step: int | None) -> None:
        """Show where one example was learnt, or none."""
        if step != self._marked:
            self._marked = step
            self._draw()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme, and the room that the letters need."""
        self._palette = palette
        self.setBackground(palette.card)
        self.chart.apply(palette, self.font())
        line = self.chart.layer.texts.height
        self.setMinimumHeight(math.ceil(_LEAST_LINES * line))
        self.setMinimumWidth(math.ceil(_LEAST_WIDTH * line))
        self._draw()
        self.overlay.redraw()

    @property
    def snapshot(self) -> Snapshot | None:
        """What is drawn; None before the first one of a run."""
        return self._snapshot

    @property
    def colours(self) -> Palette:
        """The theme it is drawn in."""
        return self._palette

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
        per_step = snapshot.epoch / snapshot.step if self._choices.epochs else 1.0
        whole = self._curves.whole_x(snapshot, self._choices)
        self._zoom = zoomed(low, high, whole, LEAST_SPAN * per_step)
        self._draw()
        self.zoom_changed.emit()

    @Slot()
    def fit(self) -> None:
        """Show the whole run."""
        self._zoom = None
        self._curves.refit()
        self._draw()
        self.zoom_changed.emit()

    # -- drawing --------------------------------------------------------------------------------

    def _name(self, info: RunInfo) -> None:
        along = self.tr("epochs") if self._choices.epochs else self.tr("steps")
        if info.dataset.predicts_classes:
            text = self.tr("Wrong labels in %, over {along}")
            tip = self.tr(
                "How many of the wrong labels are answered as given, and how many truly. A model "
                "that learns none by heart hits a wrong label as seldom as the dashed line says."
            )
        else:
            unit = "" if info.dataset.target_is_date else info.dataset.unit
            text = (
                self.tr("Mean error in {unit}, over {along}")
                if unit
                else self.tr("Mean error, over {along}")
            )
            text = text.replace("{unit}", unit)
            tip = self.tr(
                "How far answers are off from the targets as they were given, and from the true "
                "ones. A model that answers all truly is off the given ones by the dashed line."
            )
        self.setToolTip(tip)
        self.chart.layer.title = text.format(along=along)
        self.chart.x_axis.whole = not self._choices.epochs

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        lines = self._curves.lines(snapshot, self._choices, self._zoom)
        content = Content(lines, self._events(snapshot))
        broken = self._words.broken(snapshot, "loss")
        if broken is not None:
            row, content.broken_text = broken
            content.broken_at = float(self._positions(snapshot)[row])
        x = self._zoom or self._curves.whole_x(snapshot, self._choices)
        y = self._curves.y_range(lines, snapshot)
        self.chart.show_content(content, x, y)
        self._lay_out()
        self._read_out()
        self.overlay.follow()

    def _positions(self, snapshot: Snapshot) -> Values:
        return snapshot.history["epoch" if self._choices.epochs else "step"]

    def _events(self, snapshot: Snapshot) -> list[Event]:
        # Lines only: words would hide what is seen through; the main curves say them too.
        events = [Event(marker_x(marker, self._choices), "") for marker in snapshot.markers]
        if self._marked is not None:
            per_step = snapshot.epoch / snapshot.step if snapshot.step else 1.0
            at = self._marked * (per_step if self._choices.epochs else 1.0)
            text = self.tr("since step {step:,}").format(step=self._marked)
            # In a low chart the words would hide the curves; the example says them too.
            roomy = self.chart.box.height() >= _ROOMY * self.chart.layer.texts.height
            events = sorted([*events, Event(at, text if roomy else "")], key=lambda event: event.x)
        return events

    def _lay_out(self) -> None:
        chart = self.chart
        numbers = chart.number_width()
        labels = room_for_names(chart.layer.label_width(), self.width() - numbers)
        chart.set_margins(math.ceil(numbers / 8) * 8.0, math.ceil(labels / 8) * 8.0)

    # -- read-out under the pointer -------------------------------------------------------------

    @Slot()
    def _on_pointed(self) -> None:
        self._read_out()
        self.overlay.redraw()

    def _read_out(self) -> None:
        x, snapshot = self.pointer.x, self._snapshot
        told = None if x is None or snapshot is None else self.read(snapshot, x)
        self.chart.layer.show_read_out(told)

    def read(self, snapshot: Snapshot, x: float) -> ReadOut | None:
        """All values of the evaluation nearest to `x`."""
        positions = self._positions(snapshot)
        row = nearest_row(positions, x)
        if row is None:
            return None
        info, rows = snapshot.info, []
        for curve in reversed(curves_of(info)):
            value = float(values_of(info, snapshot.history, curve.name)[row])
            if math.isfinite(value):
                rows.append((curve.look.colour, f"{tr(curve.words)}  {value_text(info, value)}"))
        if not rows:
            rows.append(("muted", self.tr("nothing was given wrongly")))
        heading = self._words.moment(snapshot.history, row)
        return ReadOut(float(positions[row]), heading, tuple(rows))

    # -- events of the widget -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        low, high = self.chart.x_range
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._snapshot is not None:
            self._draw()
