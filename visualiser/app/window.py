"""Opens the window: the composition root of the desktop program."""

import errno
import gc
import logging
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from visualiser.app.display import require_display
from visualiser.app.garbage import WindowThreadCollector
from visualiser.app.signals import EndingSignals
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import FIRST_DATASET, starting_point
from visualiser.paths import assets_dir, log_file, settings_file, user_data_dir
from visualiser.ui.light_pyqtgraph import import_pyqtgraph
from visualiser.ui.message_bar import Message
from visualiser.ui.qt_messages import log_qt_messages
from visualiser.ui.settings import Settings, load_settings
from visualiser.ui.theme import Theme

if TYPE_CHECKING:
    from visualiser.app.laboratory import Laboratory
    from visualiser.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

_REMEMBER_EVERY_MS = 10_000
"""So little is forgotten where the program ends without its window being closed."""


@dataclass(frozen=True, eq=False)
class Program:
    """The parts of a running program, held together."""

    application: QApplication
    theme: Theme
    window: "MainWindow"
    laboratory: "Laboratory"
    collector: WindowThreadCollector

    def destroy(self) -> None:
        """Take the closed window apart while Qt is still whole, in Qt's order of things.

        Left to Python's collection, parts of it would go before what they stand in.
        """
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.collector.stop()


def open_window() -> int:
    """Run the desktop program until its window is closed; returns the exit code.

    Raises:
        UserError: there is no display to open a window on, or it cannot be used.
    """
    require_display()
    problem = prepare_home()
    if problem is None:
        keep_log()
    settings, unusable = load_settings(settings_file())
    if problem is None and unusable:
        problem = Message(unusable, kind="warning", key="settings")
    program = build(settings)
    report_bugs(program)
    ending = EndingSignals(program.window)
    remembering = QTimer(program.window)
    remembering.timeout.connect(program.window.remember)
    remembering.start(_REMEMBER_EVERY_MS)
    program.window.show()
    if problem is not None:
        program.window.show_message(problem)
    QTimer.singleShot(0, program.laboratory.begin)
    gc.freeze()  # what a program is made of is no garbage: the first collection would walk it all
    code = program.application.exec()
    ending.stop()
    program.destroy()
    return ending.exit_code or code


def prepare_home() -> Message | None:
    """Make the folder for settings and the log; a Message where nothing can be kept there."""
    folder = user_data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return None
        reason = os.strerror(errno.EACCES)
    except OSError as error:
        reason = error.strerror or str(error)
    return Message(
        QCoreApplication.translate("Home", "Nothing can be kept in “{folder}” ({reason}).").format(
            folder=folder, reason=reason[:1].lower() + reason[1:]
        ),
        QCoreApplication.translate(
            "Home",
            "Settings are forgotten when the window closes. The variable VISUALISER_HOME names "
            "another folder.",
        ),
        "warning",
        key="settings",
    )


def build(settings: Settings) -> Program:
    """Make application, window and laboratory, not yet shown."""
    import_pyqtgraph()  # before what draws with it
    from visualiser.app.laboratory import Laboratory
    from visualiser.app.sweeping import Sweeping
    from visualiser.ui.main_window import MainWindow

    log_qt_messages()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Training Visualiser")
    application.setWindowIcon(QIcon(str(assets_dir() / "icons" / "visualiser.png")))
    theme = Theme(application, settings.theme, settings.text_scale)
    window = MainWindow(theme, settings)
    first = settings.experiment or starting_point(DatasetConfig(name=FIRST_DATASET))
    window.show_experiment(first)
    theme.apply()  # last: what is built before need not be polished again and again
    laboratory, collector = Laboratory(window), WindowThreadCollector(application)
    Sweeping(window)
    laboratory.first_run.connect(collector.spare_what_stays)
    return Program(application, theme, window, laboratory, collector)


def keep_log() -> None:
    """Send warnings and errors to the log file."""
    handler = RotatingFileHandler(log_file(), maxBytes=1_000_000, backupCount=1, delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def report_bugs(program: Program) -> None:
    """An unexpected error goes to the log and to the message bar; the program stays alive."""
    sys.excepthook = _reporter(program.window)


def _reporter(
    window: "MainWindow",
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.error("unexpected\n%s", "".join(traceback.format_exception(kind, error, trace)))
        window.show_message(
            Message(
                window.tr("Something went wrong: {}.").format(f"{kind.__name__}: {error}"),
                window.tr("The program goes on; the log has the details."),
                "error",
                key="bug",
            )
        )

    return report
