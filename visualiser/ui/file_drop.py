"""Files that are dropped on the window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from visualiser.ui.message_bar import Message


class FileDrop(QObject):
    """Takes files that are dropped on a widget; of several the first.

    Signals:
        dropped: the Path of a file.
        message: a Message: there were others, which are not opened.
    """

    dropped = Signal(object)
    message = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):  # that it enters, moves and drops are all of this kind
            files = _files(event.mimeData())
            if not files:
                return False
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self._take(files)
            return True
        return super().eventFilter(watched, event)

    def _take(self, files: list[Path]) -> None:
        self.dropped.emit(files[0])
        if len(files) > 1:
            text = self.tr("One file is opened at a time: this is “{name}”.")
            self.message.emit(Message(text.format(name=files[0].name), key="dropped"))


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
