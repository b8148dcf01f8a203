"""The curves of a run as a picture, drawn by the window's own view but without a window."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import LIGHT
from visualiser.ui.qt_messages import log_qt_messages
from visualiser.ui.theme import Theme, apply_to
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.export import curves_png, save_curves_png, save_svg

AnyView = TypeVar("AnyView", bound=Any)
"""A QWidget that is a View."""

WIDTH, HEIGHT = 1200, 800
"""Size of the view in pixels; a picture is finer."""


def save_curves(snapshot: Snapshot, path: Path, title: str = "") -> None:
    """Draw loss and metric over all steps into a PNG, headed with `title` or what the run is of.

    Where the process has no QApplication one is made; on Linux it needs no display, and even
    where there is one it is left alone: a broken display would end the process.

    Raises:
        UserError: the picture cannot be written.
    """
    with _drawn(snapshot) as view:
        save_curves_png(view, path, title)


def curves_picture(snapshot: Snapshot, width: int, height: int) -> tuple[bytes, int, int]:
    """The same as the bytes of a PNG, with the width and height at which it is to be shown."""
    ensure_application()
    with drawn_aside(CurvesView(), snapshot, width, height) as view:
        return curves_png(view)


def save_curves_svg(snapshot: Snapshot, path: Path, title: str = "") -> None:
    """The same as a drawing that stays sharp when it is enlarged.

    Raises:
        UserError: the drawing cannot be written.
    """
    with _drawn(snapshot) as view:
        save_svg(view, path, title)


@contextmanager
def _drawn(snapshot: Snapshot) -> Iterator[CurvesView]:
    """The window's own view with the curves of a run, laid out but never shown."""
    ensure_application()
    with drawn_aside(CurvesView(), snapshot, WIDTH, HEIGHT) as view:
        yield view


def ensure_application() -> None:
    """Make what Qt draws with, where the process has none: it needs no display on Linux."""
    if QCoreApplication.instance() is None:
        _application_without_display()


@contextmanager
def drawn_aside(view: AnyView, snapshot: Snapshot, width: int, height: int) -> Iterator[AnyView]:
    """A view in the light theme that shows a snapshot, laid out but never on the screen."""
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(width, height)
    apply_to(view, LIGHT, QApplication.font().family())  # whatever the window's theme is
    view.apply_palette(LIGHT)
    view.start_run(snapshot.info)
    view.show()
    view.show_snapshot(snapshot)
    # Views lay themselves out in events of their own; a click can wait.
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    try:
        yield view
    finally:
        view.close()
        view.deleteLater()
        QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)


@cache
def _application_without_display() -> QApplication:
    """In the fonts and colours of the window; kept, since Qt does not like a second one."""
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    log_qt_messages()
    application = QApplication([])
    Theme(application, "light", parent=application).apply()
    return application
