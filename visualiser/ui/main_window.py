"""The window: transport above; experiment, curves and views, and results side by side."""

from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from visualiser.core.diagnosis.registry import WANT as DIAGNOSIS
from visualiser.core.experiment import Experiment
from visualiser.core.training import commands
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.advice import Advice
from visualiser.ui.appearance import Appearance
from visualiser.ui.columns import Columns
from visualiser.ui.experiment_column import ExperimentColumn
from visualiser.ui.file_drop import FileDrop
from visualiser.ui.files import FileDesk
from visualiser.ui.menu import connect_actions, fill_menu, make_actions, make_recent_menus
from visualiser.ui.message_bar import Message, MessageBar
from visualiser.ui.palette import Palette
from visualiser.ui.panels.evidence_pane import CURVES
from visualiser.ui.panels.results_panel import ResultsPanel
from visualiser.ui.report_desk import ReportDesk
from visualiser.ui.runs_dialog import RunsDialog
from visualiser.ui.settings import Settings
from visualiser.ui.stage import Stage
from visualiser.ui.sweeps.desk import SweepDesk
from visualiser.ui.theme import Theme
from visualiser.ui.transport import Transport
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.wanted_experiment import WantedExperiment
from visualiser.ui.widgets.mouse_focus import MouseFocus
from visualiser.ui.widgets.tab_order import TabFollowsEye
from visualiser.ui.window_settings import restore, settings_of
from visualiser.ui.work_bar import WorkBar

_LEAST_WIDTH, _LEAST_HEIGHT = 784, 480
"""Of what is in the window, at 100 % text, and of the window."""

_SLOW_PANELS_EVERY = 0.25
"""Seconds between updates of words and numbers during a run: nobody reads faster."""


class MainWindow(TabFollowsEye, QMainWindow):
    """Shows experiments and snapshots, and says what the user wants; knows no thread.

    Signals:
        experiment_wanted: an Experiment that needs a new run.
        command: a Command for the run under way.
        reset_wanted: start over; True with new starting weights.
        loading_cancelled: the user pressed Cancel.
        view_changed: other views are visible, which may want more in a snapshot.
        search_wanted: a SearchJob, to be done beside the window.
        closing: the window closes; threads must end.
    """

    experiment_wanted = Signal(object)
    command = Signal(object)
    reset_wanted = Signal(bool)
    loading_cancelled = Signal()
    view_changed = Signal()
    search_wanted = Signal(object)
    closing = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self._theme = theme
        self._snapshot: Snapshot | None = None
        self._read_at = 0.0
        self.actions_ = make_actions(self)
        recent = make_recent_menus(self)
        menu = QMenu(self)
        fill_menu(menu, self.actions_, recent)
        self.transport = Transport(menu)
        self.messages = MessageBar()
        self._advice = Advice(self.messages)
        self.work = WorkBar()
        self.column = ExperimentColumn()
        self.curves = CurvesView()
        self.stage = Stage(theme.palette)
        self.results = ResultsPanel()
        self.runs = RunsDialog(self)
        self.report = ReportDesk(self, lambda: self._snapshot)
        self.sweeps = SweepDesk(self)
        self._wanted = WantedExperiment(self.column, self.transport, self.messages)
        self._lay_out()
        self.desk = FileDesk(self, recent, settings)
        self._appearance = Appearance(self, theme, self.actions_, self.column)
        self._connect()
        MouseFocus(self)
        restore(self, settings)
        self._apply_palette(theme.palette)

    # -- set-up ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.columns = Columns(self.column, self.curves, self.stage, self.results)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for bar in (self.transport, self.messages, self.work):
            layout.addWidget(bar)
        layout.addWidget(self.columns, 1)
        self.setCentralWidget(page)
        self.transport.play.setFocus()
        layout.addStrut(_LEAST_WIDTH)  # larger text may need more: the layout sees to that
        self.setMinimumHeight(_LEAST_HEIGHT)

    def _connect(self) -> None:
        transport, column = self.transport, self.column
        transport.command.connect(self.command)
        transport.reset_wanted.connect(self.reset_wanted)
        transport.twin_changed.connect(column.use_twin)
        transport.device_changed.connect(column.use_device)
        column.experiment_wanted.connect(self._want)
        column.command.connect(self.command)
        for done in (transport.command, transport.reset_wanted, column.command, self.desk.opened):
            done.connect(self.messages.move_on)
        column.epochs_changed.connect(self._compare_with_file)
        self.work.cancelled.connect(self.loading_cancelled)
        for turning in (self.stage.view_changed, self.columns.turned, self.report.asked):
            turning.connect(self.view_changed)
        self.columns.turned.connect(self._offer_curves)
        self.stage.data_changed.connect(column.take_painted)
        self.stage.search_wanted.connect(self.search_wanted)
        self.stage.repairs_wanted.connect(column.take_repairs)
        self.results.exam_wanted.connect(self._open_test)
        self.results.view_wanted.connect(self._show_view)
        self.runs.overlays_changed.connect(self.curves.set_overlays)
        self.runs.refresh_wanted.connect(self._give_current_run)
        self.drop = FileDrop(self)
        self.drop.dropped.connect(self.desk.open_file)
        self.experiment_wanted.connect(self.desk.note_wanted)
        desks = (self.runs, self.report, self.sweeps, self.desk)
        for teller in (*desks, self.curves, self.stage, self.drop):
            teller.message.connect(self.show_message)
        self.desk.opened.connect(self.open_experiment)
        self.desk.data_chosen.connect(column.data.open_path)
        column.data.imports.opened.connect(self.desk.recent_data.note)
        self._theme.palette_changed.connect(self._apply_palette)
        connect_actions(self.actions_, self)

    # -- what is shown --------------------------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """What the panels show: Reset starts with it; other data under way is not in it yet."""
        return self.column.experiment

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown of the run."""
        return self._snapshot

    def run_experiment(self) -> Experiment:
        """The experiment with the edits of the run so far: what saving keeps."""
        if self._snapshot is None:
            return self.experiment
        kept = self._snapshot.experiment
        epochs = self.experiment.training.epochs
        return kept.replace(training=kept.training.replace(epochs=epochs))

    def show_experiment(self, experiment: Experiment) -> None:
        """Show it in the panels, without asking for anything."""
        self._wanted.show(experiment)

    def wanted(self) -> Want:
        """What the visible views need in a snapshot."""
        results = DIAGNOSIS if self.results.isVisible() else Want.NOTHING
        return self.stage.want | results | self.report.want

    def show_rest(self) -> None:
        """Nothing runs, and nothing is being made ready."""
        self.transport.show_state("ready")

    def show_lost(self, message: Message) -> None:
        """The run ended by an error: only another one helps."""
        self.transport.show_state("diverged")
        self.show_message(message)

    def open_experiment(self, experiment: Experiment) -> None:
        """Ask for the run of an experiment, and show it."""
        self._wanted.open(experiment)
        self.experiment_wanted.emit(experiment)

    def start_run(self, info: RunInfo) -> None:
        """A new run is ready for its first step."""
        if self._wanted.why and self._snapshot is not None and self._snapshot.step:
            text = self.tr("Started over {why}; the run before is kept in the list of runs.")
            self.show_message(Message(text.format(why=self._wanted.why), key="started"))
        self._wanted.start_run(info.experiment)
        self._snapshot = None
        self.messages.withdraw("failed")
        self._advice.start_run()
        for part in (self.column, self.curves, self.stage, self.results, self.sweeps):
            part.start_run(info)
        self.desk.open_experiment.start_run(info.experiment)
        self.command.emit(commands.SetSpeed(self.transport.speed.steps_per_second))

    def take_data(self, info: RunInfo) -> None:
        """The run under way goes on with other data: it has another RunInfo."""
        for part in (self.column, self.stage, self.results, self.sweeps):
            part.start_run(info)

    def show_snapshot(self, snapshot: Snapshot, *, up_to_date: bool = True) -> None:
        """Draw the run as it stands, or as it stood before the last command."""
        settled = snapshot.state != "running"
        first = self._snapshot is None or snapshot.changes != self._snapshot.changes
        self._snapshot = snapshot
        self.transport.show_snapshot(snapshot, up_to_date=up_to_date)
        self.curves.show_snapshot(snapshot)
        self.stage.show_snapshot(snapshot)
        self.report.follow(snapshot)
        now = monotonic()
        if settled or first or now - self._read_at > _SLOW_PANELS_EVERY:
            self._read_at = now
            self.results.show_snapshot(snapshot)
            self.column.show_snapshot(snapshot)
            self._compare_with_file()
            self._advice.show_snapshot(snapshot)

    def _compare_with_file(self) -> None:
        self.desk.open_experiment.compare(self.run_experiment())

    def draw_now(self) -> None:
        """Paint what has changed, instead of when the event loop comes to it."""
        for kind in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
            QCoreApplication.sendPostedEvents(self, kind)

    def show_message(self, message: Message) -> None:
        """Tell the user something, without a box to click away."""
        self.messages.show_message(message)

    def show_refusal(self, message: Message) -> None:
        """Tell why the experiment that was wanted last cannot be run."""
        self.show_message(self.desk.open_experiment.blamed(message))

    def remember(self) -> None:
        """Keep layout, appearance and experiment for the next start."""
        self.desk.remember(settings_of(self, self._theme))

    def add_run(self, record: RunRecord) -> None:
        """Keep a run in the list of this session."""
        self.runs.put(record)

    # -- what the user wants --------------------------------------------------------------------

    def _show_view(self, name: str) -> None:
        if name != CURVES:
            self.stage.choose(name)
        self.columns.show_views(name != CURVES)

    def _offer_curves(self) -> None:
        self.results.findings.offer_curves(not self.columns.shows_curves)

    def _open_test(self) -> None:
        self.command.emit(commands.OpenTest())

    def _want(self, experiment: Experiment, why: str) -> None:
        self._wanted.change(experiment, why)
        self.experiment_wanted.emit(experiment)

    def _give_current_run(self) -> None:
        self.runs.set_current(self._snapshot)

    def show_runs(self) -> None:
        """Show the list of the runs of this session."""
        self.runs.show()
        self.runs.activateWindow()

    def _apply_palette(self, palette: Palette) -> None:
        self.transport.set_icon_size(round(16 * self._theme.scale))
        self.columns.set_text_scale(self._theme.scale)
        for part in (self.transport, self.column, self.curves, self.stage, self.sweeps):
            part.apply_palette(palette)

    # -- events ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused control has no use for: first those of the views in sight."""
        if self.stage.take_key(event) or self.transport.take_key(event):
            return
        if event.key() == Qt.Key.Key_Escape and self._appearance.presenting:
            self._appearance.stop_presenting()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._appearance.stop_presenting()
        self.messages.clear()
        self.remember()
        self.closing.emit()
        event.accept()
