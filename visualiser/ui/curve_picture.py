"""The curves of a run as a picture, drawn by the window's own view but without a window."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from visualiser.core.errors import UserError
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import LIGHT
from visualiser.ui.qt_messages import log_qt_messages
from visualiser.ui.theme import Theme
from visualiser.ui.views.curves import CurvesView

WIDTH, HEIGHT = 1200, 800
"""Size of the picture in pixels."""


def save_curves(snapshot: Snapshot, path: Path) -> None:
    """Draw loss and metric over all steps into a PNG.

    Where the process has no QApplication one is made; on Linux it needs no display, and even
    where there is one it is left alone: a broken display would end the process.

    Raises:
        UserError: the picture cannot be written.
    """
    with _drawn(snapshot) as view:
        if not view.grab().save(str(path), "PNG"):
            raise _cannot_be_written(path)


def save_curves_svg(snapshot: Snapshot, path: Path) -> None:
    """The same as a drawing that stays sharp when it is enlarged.

    Raises:
        UserError: the drawing cannot be written.
    """
    with _drawn(snapshot) as view:
        generator = QSvgGenerator()
        generator.setFileName(str(path))
        generator.setSize(view.size())
        generator.setViewBox(view.rect())
        generator.setTitle(snapshot.info.dataset.title)
        painter = QPainter()
        if not painter.begin(generator):
            raise _cannot_be_written(path)
        view.render(painter, QPoint())
        painter.end()


@contextmanager
def _drawn(snapshot: Snapshot) -> Iterator[CurvesView]:
    """The window's own view with the curves of a run, laid out but never shown."""
    if QCoreApplication.instance() is None:
        _application_without_display()
    view = CurvesView()
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(WIDTH, HEIGHT)
    view.apply_palette(LIGHT)
    view.start_run(snapshot.info)
    view.show()
    view.show_snapshot(snapshot)
    QCoreApplication.processEvents()  # the charts lay themselves out in events of their own
    try:
        yield view
    finally:
        view.close()
        view.deleteLater()
        QCoreApplication.processEvents()


def _cannot_be_written(path: Path) -> UserError:
    return UserError(f"“{path}” cannot be written.", "Choose another folder.")


@cache
def _application_without_display() -> QApplication:
    """In the fonts and colours of the window; kept, since Qt does not like a second one."""
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    log_qt_messages()
    application = QApplication([])
    Theme(application, application).set_mode("light")
    return application
