"""The lower middle of the window: one view at a time, as tabs, made when first looked at."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.corruption.registry import corruption_named
from visualiser.core.experiment import Spoiling
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.palette import Palette
from visualiser.ui.view import (
    AskingView,
    KeyedView,
    PaintingView,
    RepairingView,
    SearchingView,
    View,
    ViewSpec,
)
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.registry import VIEWS
from visualiser.ui.widgets.fitting_tabs import FittingTabs


class ViewTabs(FittingTabs):
    """Only the visible view draws; the others take the newest snapshot when they are turned to.

    Of the views in `preferred` the first that has something to show comes up where nothing was
    chosen, or where the chosen one has nothing to show.

    Signals:
        view_changed: another view is visible, or it asks something else: it may want more in a
            snapshot.
        message: a Message of a view: a picture of it was saved, or could not be.
        data_changed: a DatasetConfig; the user painted in a view.
        search_wanted, repairs_wanted: as of a SearchingView and a RepairingView.
    """

    view_changed = Signal()
    message = Signal(object)
    data_changed = Signal(object)
    search_wanted = Signal(object)
    repairs_wanted = Signal(object, bool)

    def __init__(
        self, palette: Palette, preferred: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._palette = palette
        self._preferred = tuple(preferred)
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._spoiling = Spoiling()
        self._chosen = ""
        self._choosing = False
        self._pages = [_Page(spec) for spec in VIEWS]
        for page in self._pages:
            page.message.connect(self.message)
            page.data_changed.connect(self.data_changed)
            page.search_wanted.connect(self.search_wanted)
            page.repairs_wanted.connect(self.repairs_wanted)
            page.questions_changed.connect(self._asked)
            index = self.addTab(page, _tr(page.spec.title))
            self.setTabToolTip(index, _tr(page.spec.tip))
        self.currentChanged.connect(self._turned)
        self.tabBarClicked.connect(self._clicked)

    @property
    def want(self) -> Want:
        """What the visible view needs in a snapshot."""
        page = self._current()
        return page.want if page is not None and self.isVisible() else Want.NOTHING

    @property
    def chosen(self) -> str:
        """Name of the view that the user chose last, or empty."""
        return self._chosen

    def choose(self, name: str) -> None:
        """Turn to the view of that name, if it is offered here."""
        self._chosen = name
        self._turn_to_best()

    def start_run(self, info: RunInfo) -> None:
        """Grey what has nothing to show for this run, with the reason."""
        self._info, self._snapshot = info, None
        # A tab bar leaves a tab that is greyed for the next one, which may refuse this run too.
        self._choosing = True
        for index, page in enumerate(self._pages):
            reason = page.spec.refuses(info)
            self.setTabEnabled(index, reason is None)
            self.setTabToolTip(index, _tr(page.spec.tip if reason is None else reason))
            page.start_run(info)
        self._choosing = False
        self._turn_to_best()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw in the visible view; views about what is spoiled are put forward."""
        self._snapshot = snapshot
        self._follow(snapshot.spoiling)
        page = self._current()
        if page is not None:
            page.show_snapshot(snapshot)

    def _follow(self, spoiling: Spoiling) -> None:
        """The tabs of views about the sides of data quality that are spoiled have room first."""
        if spoiling == self._spoiling:
            return
        self._spoiling = spoiling
        spoiled = {corruption_named(c.name).dimension for c in spoiling.corruptions if c.amount}
        self.put_forward(
            frozenset(at for at, page in enumerate(self._pages) if page.spec.sides & spoiled)
        )

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for page in self._pages:
            page.apply_palette(palette)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for in the visible view; False where it means nothing there."""
        page = self._current()
        return page is not None and page.take_key(event)

    def _current(self) -> "_Page | None":
        index = self.currentIndex()
        return self._pages[index] if index >= 0 else None

    def _turn_to_best(self) -> None:
        """To the chosen view, else to the preferred one, of those that have something to show."""
        names = [page.spec.name for page in self._pages]
        wanted = (self._chosen, *self._preferred)
        offered = [n for n in wanted if n in names and self.isTabEnabled(names.index(n))]
        if offered:
            self._choosing = True
            self.setCurrentIndex(names.index(offered[0]))
            self._choosing = False
        self.fit()
        self._turned()

    def _asked(self) -> None:
        if self.sender() is self._current():
            self.view_changed.emit()

    def _clicked(self, index: int) -> None:
        if index >= 0 and self.isTabEnabled(index):
            self._chosen = self._pages[index].spec.name

    def _turned(self) -> None:
        page = self._current()
        if page is None or self._choosing:
            return
        page.ensure(self._palette, self._info)
        if self._snapshot is not None:
            page.show_snapshot(self._snapshot)
        self.view_changed.emit()


class _Page(QWidget):
    """The place of a view, empty until it is first looked at."""

    message = Signal(object)
    questions_changed = Signal()
    data_changed = Signal(object)
    search_wanted = Signal(object)
    repairs_wanted = Signal(object, bool)

    def __init__(self, spec: ViewSpec) -> None:
        super().__init__()
        self.spec = spec
        self._view: View | None = None
        self._place: QVBoxLayout | None = None

    @property
    def want(self) -> Want:
        """What the view needs in a snapshot, with what it asks by itself."""
        if isinstance(self._view, AskingView):
            return self.spec.want | Want(questions=self._view.questions())
        return self.spec.want

    def ensure(self, palette: Palette, info: RunInfo | None) -> None:
        """Make the view, once there is a run to show, and until then what says so."""
        if self._place is None:
            self._place = _scrolling_place(self)
            self._place.addWidget(_muted(self.tr("The data is being loaded …")))
        if self._view is None and info is not None:
            self._place.itemAt(0).widget().hide()
            widget = self.spec.create()
            self._place.addWidget(widget)
            self._view = cast(View, widget)
            if isinstance(widget, PaintingView):
                widget.data_changed.connect(self.data_changed)
            if isinstance(widget, SearchingView):
                widget.search_wanted.connect(self.search_wanted)
            if isinstance(widget, RepairingView):
                widget.repairs_wanted.connect(self.repairs_wanted)
            if isinstance(widget, AskingView):
                widget.questions_changed.connect(self.questions_changed)
            for saving in widget.findChildren(PictureSaving):
                saving.message.connect(self.message)
            self._view.apply_palette(palette)
            self._view.start_run(info)

    def start_run(self, info: RunInfo) -> None:
        if self._view is not None and self.spec.refuses(info) is None:
            self._view.start_run(info)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if self._view is not None and self.spec.refuses(snapshot.info) is None:
            self._view.show_snapshot(snapshot)

    def take_key(self, event: QKeyEvent) -> bool:
        return isinstance(self._view, KeyedView) and self._view.take_key(event)

    def apply_palette(self, palette: Palette) -> None:
        if self._view is not None:
            self._view.apply_palette(palette)


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def _scrolling_place(page: QWidget) -> QVBoxLayout:
    """Where a view goes in its page: it scrolls where it would be too small."""
    content = QWidget()
    content.setProperty("role", "page")
    place = _Filling(content)
    place.setContentsMargins(8, 4, 8, 8)
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for ground in (content, area.viewport()):
        ground.setAutoFillBackground(False)  # the card shows through
    around = QVBoxLayout(page)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(area)
    return place


class _Filling(QVBoxLayout):
    """A view takes the place there is: the height it would like is no reason to scroll."""

    def hasHeightForWidth(self) -> bool:
        return False


def _tr(text: str) -> str:
    """Words of a ViewSpec; they are marked for translation where the views are listed."""
    return QCoreApplication.translate("Views", text)
