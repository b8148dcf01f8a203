"""A dialog in which numbers are typed: Enter ends the number, and never the dialog."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QPushButton

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormDialog(QDialog):
    """Its buttons are pressed on purpose: by a click, or by Enter or Space while they have focus.

    Qt would press the default button for Enter in any field that does not take the key itself.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton) and focus.isEnabled():
            focus.click()
