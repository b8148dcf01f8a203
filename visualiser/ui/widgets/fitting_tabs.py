"""Tabs that never need scrolling: those for which there is no room are in a menu."""

from itertools import accumulate

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTabBar, QTabWidget, QToolButton, QWidget

from visualiser.ui.widgets.fitted import Fitted


class FittingTabs(Fitted, QTabWidget):
    """Shows the tabs that fit, whole and in their order, and behind them a button for the others.

    The current tab is always among those shown; tabs that cannot be used give way first, and those
    that are put forward give way last.

    Attributes:
        more: the button, to be seen where tabs are left over.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forward: frozenset[int] = frozenset()
        self._bar = _Bar()
        self._bar.setAccessibleName(self.tr("Views"))
        self.setTabBar(self._bar)
        self.setDocumentMode(True)
        self.more = QToolButton(self)
        self.more.setProperty("role", "tab")
        self.more.setToolTip(self.tr("The other views: there is no room for their tabs."))
        self.more.setAccessibleName(self.tr("More views"))
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill_menu)
        menu.triggered.connect(self._turn_to)
        self.more.setMenu(menu)
        self.more.hide()
        self.currentChanged.connect(self.fit)

    def put_forward(self, indices: frozenset[int]) -> None:
        """These tabs are to have room before others; all stay in their order."""
        if indices != self._forward:
            self._forward = indices
            self.fit()

    def fit(self) -> None:
        """Show the tabs that there is room for."""
        fitting, current = self._fitting(), self.currentIndex()
        # A bar turns away from a current tab that is hidden as soon as another one appears.
        for index in sorted(range(self.count()), key=lambda i: (i != current, i not in fitting)):
            if self.isTabVisible(index) != (index in fitting):
                self.setTabVisible(index, index in fitting)
        left_over = len(fitting) < self.count()
        self.more.setVisible(left_over)
        if left_over:
            end = self._bar.tabRect(max(fitting)).right() + 1
            size = self.more.sizeHint()
            self.more.setGeometry(self._bar.x() + end, 0, size.width(), self._bar.height())
            self.more.raise_()

    def minimumSizeHint(self) -> QSize:
        """Room for any one tab and the button beside it."""
        hint = super().minimumSizeHint()
        widest = max((self._bar.width_of(index) for index in range(self.count())), default=0)
        return QSize(max(hint.width(), widest + self._bar.height()), hint.height())

    def _fitting(self) -> frozenset[int]:
        """Indices of the tabs to be shown."""
        widths = [self._bar.width_of(index) for index in range(self.count())]
        if sum(widths) <= self.width():
            return frozenset(range(self.count()))
        current = self.currentIndex()
        self.more.setText(self.tr("More ▾"))
        if self.width() < widths[current] + self.more.sizeHint().width():
            self.more.setText("▾")
        room = self.width() - self.more.sizeHint().width()
        order = sorted(
            range(self.count()),
            key=lambda i: (i != current, not self.isTabEnabled(i), i not in self._forward, i),
        )
        ends = accumulate(widths[index] for index in order)
        return frozenset(
            index for index, end in zip(order, ends, strict=True) if end <= room or index == current
        )

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for index in range(self.count()):
            if not self.isTabVisible(index):
                action = menu.addAction(self.tabText(index))
                action.setData(index)
                action.setEnabled(self.isTabEnabled(index))
                action.setToolTip(self.tabToolTip(index))

    def _turn_to(self, action: QAction) -> None:
        self.setCurrentIndex(action.data())
        self.tabBarClicked.emit(action.data())


class _Bar(QTabBar):
    def width_of(self, index: int) -> int:
        """Pixels that a tab takes, whether it is to be seen or not."""
        return self.tabSizeHint(index).width()
