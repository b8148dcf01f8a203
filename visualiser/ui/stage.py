"""The lower middle: one set of views, or two beside each other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.palette import Palette
from visualiser.ui.view_tabs import ViewTabs

FIRST = ("boundary", "filters", "forecast", "scatter", "weights")
SECOND = ("network", "confusion", "weights")
"""Views shown where the user has chosen none: beside each other they should not be the same."""


class Stage(QWidget):
    """Passes everything on to the visible tabs.

    Signals:
        view_changed: other views are visible.
        message: a Message of a view: a picture of it was saved, or could not be.
        data_changed: a DatasetConfig; the user painted in a view.
        search_wanted, repairs_wanted: as of a SearchingView and a RepairingView.
    """

    view_changed = Signal()
    message = Signal(object)
    data_changed = Signal(object)
    search_wanted = Signal(object)
    repairs_wanted = Signal(object, bool)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self.first = ViewTabs(palette, FIRST)
        self.second = ViewTabs(palette, SECOND)
        self.second.hide()
        for tabs in (self.first, self.second):
            self._splitter.addWidget(tabs)
            tabs.view_changed.connect(self.view_changed)
            tabs.message.connect(self.message)
            tabs.data_changed.connect(self.data_changed)
            tabs.search_wanted.connect(self.search_wanted)
            tabs.repairs_wanted.connect(self.repairs_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    @property
    def _tabs(self) -> list[ViewTabs]:
        """Those that are to be seen."""
        return [self.first] if self.second.isHidden() else [self.first, self.second]

    @property
    def want(self) -> Want:
        """What the visible views need in a snapshot."""
        want = Want.NOTHING
        for tabs in self._tabs:
            want |= tabs.want
        return want

    def choose(self, name: str, beside: str | None = None) -> None:
        """Turn to a view by its name, and to another one in the place beside it."""
        self.first.choose(name)
        if beside is not None:
            self.second.choose(beside)

    def show_two(self, two: bool) -> None:
        """Two sets of views beside each other, or one."""
        self.second.setVisible(two)
        if two:
            self._splitter.setSizes([1000, 1000])
            self.second.apply_palette(self._palette)
            if self._info is not None:
                self.second.start_run(self._info)
            if self._snapshot is not None:
                self.second.show_snapshot(self._snapshot)
        self.view_changed.emit()

    def start_run(self, info: RunInfo) -> None:
        """A new run."""
        self._info, self._snapshot = info, None
        for tabs in self._tabs:
            tabs.start_run(info)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw in the visible views."""
        self._snapshot = snapshot
        for tabs in self._tabs:
            tabs.show_snapshot(snapshot)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for in a visible view; False where it means nothing in any."""
        return any(tabs.take_key(event) for tabs in self._tabs)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for tabs in self._tabs:
            tabs.apply_palette(palette)
