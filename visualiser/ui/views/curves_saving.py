"""Saving curves from their context menu: as a picture, a drawing, or figures."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from visualiser.core.errors import UserError
from visualiser.ui.message_bar import Message

if TYPE_CHECKING:
    from visualiser.ui.views.curves import CurvesView


def _save_picture(view: "CurvesView", path: Path) -> None:
    from visualiser.ui.views.export import save_curves_png

    save_curves_png(view, path)


def _save_drawing(view: "CurvesView", path: Path) -> None:
    from visualiser.ui.views.export import save_svg

    save_svg(view, path)


def _save_figures(view: "CurvesView", path: Path) -> None:
    from visualiser.ui.views.export import save_history_csv

    snapshot = view.snapshot
    assert snapshot is not None
    save_history_csv(snapshot.history, snapshot.info, path)


@dataclass(frozen=True)
class _Kind:
    suffix: str
    text: str
    filter: str
    write: Callable[["CurvesView", Path], None]


class CurvesSaving(QObject):
    """The context menu of the curves, and the file dialog that it opens without blocking.

    Signals:
        message: a Message on what was saved, or why it could not be.
    """

    message = Signal(object)

    def __init__(self, view: "CurvesView") -> None:
        super().__init__(view)
        self._view = view
        self._chosen: _Kind | None = None
        picture, drawing, table = (
            self.tr("Picture (*.png)"),
            self.tr("Drawing (*.svg)"),
            self.tr("Table (*.csv)"),
        )
        self._kinds = (
            _Kind("png", self.tr("Save curves as PNG…"), picture, _save_picture),
            _Kind("svg", self.tr("Save curves as SVG…"), drawing, _save_drawing),
            _Kind("csv", self.tr("Save all figures as CSV…"), table, _save_figures),
        )
        self.menu = QMenu(view)
        for kind in self._kinds:
            action = self.menu.addAction(kind.text)
            action.setData(kind.suffix)
        self.menu.addSeparator()
        self.show_all = self.menu.addAction(self.tr("Show all"))
        self.show_all.triggered.connect(view.fit)
        self.menu.triggered.connect(self._choose)

    def open_menu(self, place: QPoint) -> None:
        """Show the menu at a place of the screen."""
        for action in self.menu.actions():
            action.setEnabled(self._view.snapshot is not None)
        self.menu.popup(place)

    def save(self, suffix: str, path: Path) -> None:
        """Write “png”, “svg” or “csv”, and say how it went."""
        kind = next(kind for kind in self._kinds if kind.suffix == suffix)
        try:
            kind.write(self._view, path)
        except UserError as error:
            self.message.emit(Message(error.message, error.hint, "error", key="export"))
        else:
            text = self.tr("Saved “{name}”.").format(name=path.name)
            self.message.emit(Message(text, key="export"))

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        kind = next((kind for kind in self._kinds if kind.suffix == action.data()), None)
        if kind is None:
            return
        self._chosen = kind
        dialog = QFileDialog(self._view, kind.text.removesuffix("…"), "", kind.filter)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix)
        dialog.selectFile(f"curves.{kind.suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_chosen)
        dialog.open()

    @Slot(str)
    def _save_chosen(self, path: str) -> None:
        if self._chosen is not None:
            self.save(self._chosen.suffix, Path(path))
