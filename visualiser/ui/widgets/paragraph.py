"""Words that wrap."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def paragraph(role: str = "") -> QLabel:
    """Words that wrap; `role` is one of the style sheet's."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)
    if role:
        label.setProperty("role", role)
    return label
