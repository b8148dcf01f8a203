"""What Qt has to say goes to the log, like everything else."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("Qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_KNOWN = "This plugin does not support propagateSizeHints()"
"""Said by Qt for each window that nobody sees; there is nothing to be done about it."""


def log_qt_messages() -> None:
    """Send Qt's messages to logging, unless somebody else has taken them."""
    previous = qInstallMessageHandler(_log_message)
    if previous is not None:
        qInstallMessageHandler(previous)


def _log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if text != _KNOWN:
        _log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
