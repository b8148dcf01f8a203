"""A context menu that saves what a widget shows, and the file dialog that it opens."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from visualiser.core.errors import UserError
from visualiser.ui.message_bar import Message


@dataclass(frozen=True)
class _Kind:
    """A kind of file: its ending, its entry in the menu, and how the file dialog names it."""

    suffix: str
    text: str
    filter: str


class SavingMenu(QObject):
    """Asks for a file without ever blocking the window, writes it, and says how it went.

    Attributes:
        menu: an entry for each kind of file.

    Signals:
        message: a Message on what was saved, or why it could not be.
    """

    message = Signal(object)

    def __init__(self, widget: QWidget, name: str) -> None:
        """`name` is the file's name without its ending."""
        super().__init__(widget)
        self._widget, self._name = widget, name
        self._kinds: dict[str, _Kind] = {}
        self._suffix = ""
        self.menu = QMenu(widget)
        self.menu.triggered.connect(self._ask)

    def _offer(self, suffix: str, text: str, filter_text: str) -> None:
        """Add an entry to the menu, for a kind of file that the file dialog names so."""
        self._kinds[suffix] = _Kind(suffix, text, filter_text)
        self.menu.addAction(text).setData(suffix)

    def _something(self) -> bool:
        """Whether there is anything to save."""
        raise NotImplementedError

    def _file_name(self) -> str:
        """What the file dialog proposes, without its ending."""
        return self._name

    def _write(self, suffix: str, path: Path) -> None:
        """Write a file of one of the kinds offered.

        Raises:
            UserError: the file cannot be written.
        """
        raise NotImplementedError

    def open_menu(self, place: QPoint) -> None:
        """Show the menu at a place of the screen."""
        for action in self.menu.actions():
            action.setEnabled(self._something())
        self.menu.popup(place)

    def save(self, suffix: str, path: Path) -> None:
        """Write a file of the kind with that ending, and say how it went."""
        try:
            self._write(suffix, path)
        except UserError as error:
            self.message.emit(Message(error.message, error.hint, "error", key="export"))
        else:
            text = self.tr("Saved “{name}”.").format(name=path.name)
            self.message.emit(Message(text, key="export"))

    @Slot(QAction)
    def _ask(self, action: QAction) -> None:
        """Ask where to save; an entry that saves nothing is not ours."""
        kind = self._kinds.get(action.data())
        if kind is None:
            return
        self._suffix = kind.suffix
        dialog = QFileDialog(self._widget, kind.text.removesuffix("…"), "", kind.filter)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.suffix)
        dialog.selectFile(f"{self._file_name()}.{kind.suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_chosen)
        dialog.open()

    @Slot(str)
    def _save_chosen(self, path: str) -> None:
        self.save(self._suffix, Path(path))
