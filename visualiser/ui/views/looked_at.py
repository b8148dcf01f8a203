"""What a model looks at in an example, and whether it goes by a clue instead of the thing."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from visualiser.core.clues import clues_in_force, clues_of_run
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.clue_page import CluePage
from visualiser.ui.views.saliency_page import SaliencyPage


class LookedAtView(QWidget):
    """One example; or, where training offers or offered a clue, all examples with it swapped.

    Signals:
        questions_changed: another example, another page, or more of an answer is wanted.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.example, self.clue = SaliencyPage(), CluePage()
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.example)
        self.pages.addWidget(self.clue)
        self.example.asked.connect(self.questions_changed)
        self.clue.asked.connect(self.questions_changed)
        self.example.test_wanted.connect(partial(self.turn_to, self.clue))
        self.clue.left.connect(partial(self.turn_to, self.example))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages, 1)

    def questions(self) -> frozenset[Question[Any]]:
        """What the page in sight asks; a test that was asked for goes on in any case."""
        asked: frozenset[Question[Any]] = frozenset(self.clue.questions)
        if self.pages.currentWidget() is self.example:
            asked |= {self.example.question}
        return asked

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self.example.start_run(info)
        self.clue.start_run(info)
        clues = clues_in_force(info.dataset, info.experiment.spoiling)
        self._offer_test(bool(clues))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the page in sight."""
        clues = clues_of_run(snapshot)
        self._offer_test(bool(clues))
        if clues:
            self.clue.show_clue(clues[0])
            self.clue.show_snapshot(snapshot)
        if self.pages.currentWidget() is self.example:
            self.example.show_snapshot(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.example.apply_palette(palette)
        self.clue.apply_palette(palette)

    def turn_to(self, page: QWidget) -> None:
        """To the example, or to the test."""
        self.pages.setCurrentWidget(page)
        self.questions_changed.emit()

    def _offer_test(self, able: bool) -> None:
        """The test only where there is a clue; without one its page would have nothing to say."""
        if not able and self.pages.currentWidget() is self.clue:
            self.turn_to(self.example)
