"""“How much noise can this take?”: what is swept, and the chart that grows while it is trained."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.sweep.result import CellLog, CellResult
from visualiser.core.sweep.summary import Summary
from visualiser.core.sweep.sweep import Sweep
from visualiser.core.sweep.sweep_file import folder_of_sweeps, load_sweep, usual_folder
from visualiser.ui.message_bar import Message, MessageBar
from visualiser.ui.palette import Palette
from visualiser.ui.sweeps.board import SweepBoard
from visualiser.ui.sweeps.form import SweepForm
from visualiser.ui.sweeps.place import PlaceBox
from visualiser.ui.sweeps.saving import SweepSaving
from visualiser.ui.sweeps.shown_sweep import ShownSweep
from visualiser.ui.widgets.form_dialog import FormDialog
from visualiser.ui.work_bar import WorkBar

_WIDE, _HIGH = 122, 36
"""Characters and lines that there is room for to begin with."""
_FORM = 36
"""Characters that the form is wide."""
_DRAWN_EVERY_MS = 100


class SweepDialog(FormDialog):
    """Beside the window, not in its way; closed, it goes on working.

    Attributes:
        shown: the sweep that is drawn.

    Signals:
        start_wanted: a Sweep, the Path of its folder, and the address of a cluster or nothing.
        cancel_wanted: the user pressed Cancel.
        message: a Message on what was saved, for who is not looking here.
    """

    start_wanted = Signal(object, object, str)
    cancel_wanted = Signal()
    message = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How much noise can this take?"))
        self.shown = ShownSweep()
        self._working = False
        self.form, self.place = SweepForm(), PlaceBox()
        self.board = SweepBoard()
        self.chart, self.figure = self.board.chart, self.board.figure
        self.words, self.folder = self.board.words, self.board.folder
        self.messages, self.work = MessageBar(), WorkBar()
        self.work.cancel.setToolTip(self.tr("Stops the sweep; what was trained is kept."))
        self.saving = SweepSaving(self.chart, lambda: self.shown.results)
        self._draw_soon = QTimer(self)
        self._draw_soon.setSingleShot(True)
        self._draw_soon.setInterval(_DRAWN_EVERY_MS)
        self._add_buttons()
        self._lay_out()
        self._connect()
        self._show_state()

    def _add_buttons(self) -> None:
        self.start = QPushButton(self.tr("Start"))
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self.open_button = QPushButton(self.tr("Open a sweep…"))
        self.open_button.setToolTip(
            self.tr("Shows a sweep from its folder; one that is not complete can be gone on with.")
        )
        self.export_button = QPushButton(self.tr("Export ▾"))
        self.export_button.setToolTip(self.tr("Saves the chart as PNG or SVG, its figures as CSV."))
        self.export_button.setMenu(self.saving.menu)
        for button in (self.open_button, self.export_button):
            button.setAutoDefault(False)
        self.work.cancel.setAutoDefault(False)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.form)
        column.addWidget(self.place)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(left)
        left.setProperty("role", "page")
        side = QVBoxLayout()
        side.addWidget(self._scroll, 1)
        side.addWidget(self.start)
        self.board.column.addWidget(self.work)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.export_button)
        buttons.addStretch(1)
        self.board.column.addLayout(buttons)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addLayout(side)
        beside.addWidget(self.board, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.messages)
        layout.addLayout(beside, 1)

    def _connect(self) -> None:
        self.start.clicked.connect(self._start)
        self.open_button.clicked.connect(self._ask_folder)
        self.work.cancelled.connect(self.cancel_wanted)
        self.form.changed.connect(self._turn_to_form)
        self.board.figure_chosen.connect(self._draw)
        self.saving.message.connect(self.messages.show_message)
        self._draw_soon.timeout.connect(self._draw)

    # -- what is shown --------------------------------------------------------------------------

    @property
    def summary(self) -> Summary | None:
        """The sweep as it is drawn."""
        return self.chart.summary

    def offer(self, experiment: Experiment, dataset: Dataset) -> None:
        """Describe sweeps of this experiment; one that is under way stays."""
        if not self._working:
            self.form.offer(experiment, dataset)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.chart.apply_palette(palette)
        self.saving.apply_palette(palette)

    def open_folder(self, folder: Path) -> None:
        """Show the sweep that a folder has."""
        try:
            sweep = load_sweep(folder)
            log = CellLog(folder)
        except UserError as error:
            self._tell(Message(error.message, error.hint, "error", key="sweep"))
            return
        self.shown.open(sweep, folder, log.results)
        self._draw()
        self._show_state()

    def begin(self) -> None:
        """The work has begun."""
        self._working = True
        self.messages.clear()
        self.work.begin(self.tr("Starting the processes that train"))
        self._show_state()

    def take_opened(self, sweep: Sweep, results: dict[str, CellResult]) -> None:
        """The folder is open, with what is done there."""
        self.shown.begin(sweep, results)
        self._draw()

    def take_result(self, result: CellResult) -> None:
        """A run is done: it is drawn with the others that come at about the same time."""
        self.shown.results[result.key] = result
        self._redraw()

    def take_early(self, results: list[CellResult]) -> None:
        """How runs under way stand: they are drawn until there is more to say of them."""
        self.shown.early |= {result.key: result for result in results}
        self._redraw()

    def progress(self, share: float, text: str) -> None:
        """How far the work is."""
        self.work.progress(share, text)

    def end(self, message: Message) -> None:
        """The work has ended."""
        self._working = False
        self.work.end()
        self.shown.end(failed=message.kind == "error")
        if self.shown.place is None:
            self.board.show_nothing()
        self._draw()
        self._show_state()
        self._tell(message)

    # -- what the user does ---------------------------------------------------------------------

    def _start(self) -> None:
        """Begin what is described, or go on with what was opened."""
        try:
            scheduler = self.place.scheduler()
            if self.shown.to_go_on_with is not None:
                sweep, folder = self.shown.to_go_on_with
            else:
                sweep = self.form.sweep()
                folder = usual_folder(sweep)
        except UserError as error:
            self._tell(Message(error.message, error.hint, "error", key="sweep"))
            return
        self.shown.ask(sweep, folder)
        self.start_wanted.emit(sweep, folder, scheduler)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Open a sweep"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        first = folder_of_sweeps()
        if first.is_dir():
            dialog.setDirectory(str(first))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open_named)
        dialog.open()

    def _open_named(self, folder: str) -> None:
        self.open_folder(Path(folder))

    def _turn_to_form(self) -> None:
        """Another sweep is described: what is drawn stays until it is started."""
        if not self._working:
            self.shown.turn_away()
            self._show_state()

    # -------------------------------------------------------------------------------------------

    def _redraw(self) -> None:
        """Soon, with what else comes at about the same time."""
        if not self._draw_soon.isActive():
            self._draw_soon.start()

    def _draw(self) -> None:
        shown = self.shown
        if shown.place is not None:
            sweep, folder = shown.place
            self.board.show_sweep(sweep, folder, shown.results, shown.early, self._working)
        self._show_state()

    def _show_state(self) -> None:
        """What can be pressed, and what Start would do."""
        for widget in (self.form, self.place, self.start, self.open_button):
            widget.setEnabled(not self._working)
        summary, going_on = self.chart.summary, self.shown.to_go_on_with is not None
        complete = going_on and summary is not None and summary.done == summary.wanted
        doing = self.tr("Complete") if complete else self.tr("Go on")
        self.start.setText(doing if going_on else self.tr("Start"))
        self.start.setEnabled(not self._working and not complete)
        self.start.setToolTip(
            self.tr("All runs of this sweep are trained: change something above for another one.")
            if complete
            else self.tr("Trains what is not there yet, beside the window.")
        )
        self.export_button.setEnabled(summary is not None and summary.done > 0)
        self.board.show_parts()

    def _tell(self, message: Message) -> None:
        self.messages.show_message(message)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs a wider form."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        metrics, screen = self.fontMetrics(), self.screen().availableSize()
        wide = metrics.averageCharWidth()
        self._scroll.setFixedWidth(min(_FORM * wide, screen.width() * 2 // 5))
        usual = QSize(_WIDE * wide, _HIGH * metrics.height())
        self.resize(self.size().expandedTo(usual).boundedTo(screen))
