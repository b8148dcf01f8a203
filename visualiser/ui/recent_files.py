"""A menu of the files that were opened last."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from visualiser.ui.settings import MOST_RECENT


class RecentFiles(QObject):
    """Keeps paths, newest first, and shows them in a menu; those that are gone are greyed.

    Attributes:
        paths: what the settings keep.

    Signals:
        chosen: the Path of one.
    """

    chosen = Signal(object)

    def __init__(self, menu: QMenu, paths: tuple[str, ...]) -> None:
        super().__init__(menu)
        self.paths = paths
        self._menu = menu
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(self._open)

    def note(self, path: Path) -> None:
        """Put it first."""
        name = str(path.absolute())
        self.paths = (name, *(old for old in self.paths if old != name))[:MOST_RECENT]

    def replace(self, old: Path, new: Path) -> None:
        """What was at `old` is at `new` now."""
        self.paths = tuple(name for name in self.paths if name != str(old.absolute()))
        self.note(new)

    def _fill(self) -> None:
        self._menu.clear()
        for name in self.paths:
            there = _exists(name)
            text = Path(name).name.replace("&", "&&")
            action = self._menu.addAction(text if there else self.tr("{} (gone)").format(text))
            action.setToolTip(name if there else self.tr("{} is not there any more.").format(name))
            action.setEnabled(there)
            action.setData(name)
        if not self.paths:
            self._menu.addAction(self.tr("None yet")).setEnabled(False)
        else:
            self._menu.addSeparator()
            self._menu.addAction(self.tr("Forget these"))

    def _open(self, action: QAction) -> None:
        name = action.data()
        if name is None:
            self.paths = ()
        else:
            self.chosen.emit(Path(name))


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False
