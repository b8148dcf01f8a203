"""Opening data of one's own: what it is taken for, a page for that kind, and its use."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.data.own_kind import OwnKind
from visualiser.core.data.own_kinds import recognised
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig
from visualiser.ui.import_page import ImportPage, sentence
from visualiser.ui.import_survey_page import ImportSurveyPage
from visualiser.ui.import_table_page import ImportTablePage
from visualiser.ui.widgets.background import Background
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.elided_label import ElidedLabel

PAGES: dict[str, Callable[..., ImportPage]] = {"own_table": ImportTablePage}
"""Pages of kinds that need more than a survey and a form."""


class ImportDialog(QDialog):
    """Non-modal in effect: opened with `open()`, so the window goes on meanwhile.

    Attributes:
        page: of the kind that is chosen; None until something is recognised.

    Signals:
        chosen: the DatasetConfig, when the user agrees.
        another_wanted: this cannot be used and the user asks for something else.
    """

    chosen = Signal(object)
    another_wanted = Signal()

    def __init__(
        self, path: Path, parent: QWidget | None = None, *, asked: DatasetConfig | None = None
    ) -> None:
        """`asked` is what was chosen for this path before."""
        super().__init__(parent)
        self._path, self._asked = path.absolute(), asked
        self._kinds: dict[str, OwnKind] = {}
        self.page: ImportPage | None = None
        self._was_ready = self._is_small = False
        self._work = Background(self)
        self._work.done.connect(self._show_kinds)
        self._work.failed.connect(self._show_error)
        self.setWindowTitle(self.tr("Open data"))
        self.path_label = ElidedLabel(str(self._path))
        self.path_label.setProperty("role", "heading")
        self.error = sentence("error", hidden=True)
        self.kind = Choice([])
        self.kind.setAccessibleName(self.tr("What this is"))
        self.kind.setToolTip(self.tr("What this was taken for: choose another kind if it is one."))
        self.kind.edited.connect(self._choose)
        self._add_buttons()
        self._build()
        self._work.start(partial(recognised, self._path))

    def accept(self) -> None:
        """Hand on what was chosen."""
        if self.page is None or not self.page.ready:
            return
        config = DatasetConfig(name=self.kind.get(), options=self.page.options())
        super().accept()
        self.chosen.emit(config)

    def done(self, result: int) -> None:
        """Nothing that is still being read matters any more."""
        self._work.cancel()
        if self.page is not None:
            self.page.cancel()
        super().done(result)

    def _add_buttons(self) -> None:
        roles = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(roles.Ok | roles.Cancel)
        self.use = self.buttons.button(roles.Ok)
        self.use.setText(self.tr("Use this data"))
        self.use.setDefault(True)  # Cancel, the first that can be pressed, would take Enter
        self.use.setEnabled(False)
        self.buttons.button(roles.Cancel).setAutoDefault(False)
        self.another = self.buttons.addButton(
            self.tr("Choose another…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.another.setToolTip(self.tr("Closes this and asks for another file or folder."))
        self.another.clicked.connect(self._ask_for_another)
        self.another.hide()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _build(self) -> None:
        line = QHBoxLayout()
        label = QLabel(self.tr("This is"))
        label.setBuddy(self.kind)
        line.addWidget(label)
        line.addWidget(self.kind)
        line.addStretch()
        self._kind_line = QWidget()
        line.setContentsMargins(0, 0, 0, 0)
        self._kind_line.setLayout(line)
        self._kind_line.hide()
        self._place = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.addWidget(self.path_label)
        layout.addWidget(self._kind_line)
        layout.addWidget(self.error)
        layout.addLayout(self._place, 1)
        layout.addWidget(self.buttons)
        self.resize(self._roomy())

    def _roomy(self) -> QSize:
        """Room for the rows of a table and what is chosen about it."""
        height = self.fontMetrics().height()
        return QSize(min(50 * height, 1000), min(42 * height, 640))

    def _show_kinds(self, kinds: tuple[OwnKind, ...]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        self.kind.offer([(kind.name, kind.noun) for kind in kinds])
        if self._asked is not None and self._asked.name in self._kinds:
            self.kind.put(self._asked.name)
        self._kind_line.show()
        self._choose()

    def _choose(self) -> None:
        """Show the page of the kind that is chosen now."""
        name = self.kind.get()
        if self.page is not None:
            self.page.cancel()
            self._place.removeWidget(self.page)
            self.page.hide()
            self.page.deleteLater()
        asked = self._asked
        options = asked.options if asked is not None and asked.name == name else None
        make = PAGES.get(name) or partial(ImportSurveyPage, self._kinds[name])
        page = self.page = make(self._path, self, asked=options)
        page.ready_changed.connect(self._set_ready)
        page.unusable.connect(self._offer_another)
        self.another.hide()
        self._place.addWidget(page)
        self._set_ready(page.ready)

    def _set_ready(self, ready: bool) -> None:
        self.use.setEnabled(ready)
        if ready and self._is_small:
            self._is_small = False
            self.resize(self._roomy())
        if ready and not self._was_ready:
            # Until now Cancel and the kind had the focus, the only ones that could be reached.
            self.use.setFocus()
            self._was_ready = True

    def _show_error(self, error: UserError) -> None:
        self.error.setText(str(error))
        self.error.show()
        self._offer_another(True)

    def _offer_another(self, offered: bool) -> None:
        self.another.setVisible(offered)
        has_content = self.page is not None and self.page.has_content
        if offered and not has_content and not self._was_ready:
            # Nothing but a sentence to show: no need for the room of a table.
            self._is_small = True
            self.resize(self._roomy().width() * 2 // 3, self.height())
            # Once more when the event loop comes to it: buttons just shown are not styled yet.
            self._fit()
            QTimer.singleShot(0, self._fit)

    def _fit(self) -> None:
        if not self._is_small:
            return
        self.resize(self.width(), self._height_for(self.width()))

    def _height_for(self, width: int) -> int:
        """Room for the sentences in their lines; a dialog does not ask for it by itself."""
        layout = self.layout()
        assert layout is not None
        if self.page is not None:
            inner = self.page.layout()
            assert inner is not None
            inner.invalidate()
            self.page.updateGeometry()  # its layout item has kept how high it was
        self._place.invalidate()
        layout.invalidate()
        return layout.totalHeightForWidth(width)

    def _ask_for_another(self) -> None:
        self.reject()
        self.another_wanted.emit()
