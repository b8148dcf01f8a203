"""Searching training rows for mistakes beside the window and the run, with progress and Cancel."""

import logging
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visualiser.core.data.source import Cancelled
from visualiser.core.errors import UserError
from visualiser.worker.stoppable_thread import StoppableThread

if TYPE_CHECKING:
    from visualiser.core.findings.search import Search

_log = logging.getLogger(__name__)


class SearchThread(StoppableThread):
    """One search. It has read-only values only: no model, no generator, nothing of the run."""

    found = Signal(object)
    """Carries the Findings."""
    refused = Signal(str)
    """Why it came to nothing, in one sentence; of an error of the program the log has the rest."""

    def __init__(self, search: "Search", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search

    def run(self) -> None:
        """The thread's work; called by Qt."""
        try:
            # Imported here: scikit-learn takes a second to load, and the window stays awake.
            from visualiser.core.findings.search import look

            findings = look(self._search, self._progress())
        except Cancelled:
            self.cancelled.emit()
        except UserError as error:
            self.refused.emit(str(error))
        except Exception as error:
            _log.error("a search stopped\n%s", traceback.format_exc())
            self.refused.emit(f"{type(error).__name__}: {error}")
        else:
            self.found.emit(findings)
