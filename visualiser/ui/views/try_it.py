"""The model used on something new: an example of the user's, a customer, how a text begins."""

from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.data.dataset import Modality
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.view import AskingView, View
from visualiser.ui.widgets.fitted import Unsqueezed
from visualiser.ui.widgets.paragraph import paragraph


class TryView(Unsqueezed, QWidget):
    """A page for each kind of data, below a sentence that says what does not happen here.

    Signals:
        questions_changed: something else is to be answered.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._pages: dict[Modality, QWidget] = {}
        self._modality: Modality | None = None
        self.words = paragraph()
        self.words.setText(
            self.tr("Nothing is learnt here: the model as it stands answers what you ask.")
        )
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.words)

    @property
    def page(self) -> QWidget | None:
        """What is shown for the data of this run."""
        return None if self._modality is None else self._pages[self._modality]

    def start_run(self, info: RunInfo) -> None:
        """The page for this kind of data."""
        modality = self._modality = info.dataset.modality
        if modality not in self._pages:
            self._pages[modality] = self._make(modality)
        for name, page in self._pages.items():
            page.setVisible(name == modality)
        self._shown().start_run(info)

    def questions(self) -> frozenset[Question[Any]]:
        """What the page asks."""
        page = self.page
        return page.questions() if isinstance(page, AskingView) else frozenset()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The answers of this step."""
        if self._modality == snapshot.info.dataset.modality:
            self._shown().show_snapshot(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for page in self._pages.values():
            cast(View, page).apply_palette(palette)

    def _shown(self) -> View:
        return cast(View, self.page)

    def _make(self, modality: Modality) -> QWidget:
        from visualiser.ui.tries.registry import PAGES  # not before it is looked at

        page = PAGES[modality]()
        self._layout.addWidget(page, 1)
        if isinstance(page, AskingView):
            page.questions_changed.connect(self.questions_changed)
        cast(View, page).apply_palette(self._palette)
        return page
