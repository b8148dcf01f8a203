"""A numbered part of a side panel that folds away."""

from collections.abc import Sequence

from PySide6.QtCore import Property, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout


class Section(QWidget):
    """A heading with a number, a title and a fold mark, above a widget.

    `links` are small buttons at the end of the heading, to be seen while it is unfolded. A click
    on the heading, Space or Enter folds and unfolds; ← folds and → unfolds.

    Signals:
        folded_changed: the new value of `folded`.
    """

    folded_changed = Signal(bool)

    def __init__(
        self,
        number: int | None,
        title: str,
        widget: QWidget,
        links: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "section")
        self.content = widget
        self.header = _Header(number, title)
        self.header.toggled.connect(self._show_fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._top(links))
        layout.addWidget(widget)
        layout.addStretch(1)
        self._describe(False)

    def _top(self, links: Sequence[QWidget]) -> FlowLayout:
        self._links = QWidget()
        row = QHBoxLayout(self._links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for link in links:
            row.addWidget(link)
        top = FlowLayout(line_gap=0)
        top.addWidget(self.header)
        top.add_right(self._links)
        return top

    def _is_folded(self) -> bool:
        return self.header.isChecked()

    def _fold(self, folded: bool) -> None:
        self.header.setChecked(folded)

    folded = Property(bool, _is_folded, _fold, notify=folded_changed)

    @property
    def title(self) -> str:
        """The text of the heading."""
        return self.header.title.text()

    def _show_fold(self, folded: bool) -> None:
        self.content.setVisible(not folded)
        self._links.setVisible(not folded)
        self._describe(folded)
        self.folded_changed.emit(folded)

    def _describe(self, folded: bool) -> None:
        words = self.tr("Unfold “{title}”") if folded else self.tr("Fold “{title}” away")
        text = words.format(title=self.title)
        self.header.setToolTip(text)
        self.header.setAccessibleDescription(text)


class _Header(QPushButton):
    """The heading: checked means folded."""

    def __init__(self, number: int | None, title: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "section-header")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title if number is None else f"{number} {title}")
        self.title = ElidedLabel(title)
        self.title.setProperty("role", "section-title")
        self._mark = QLabel()
        self._mark.setProperty("role", "muted")
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 2, 2)
        layout.setSpacing(8)
        if number is not None:
            layout.addWidget(_Badge(number))
        layout.addWidget(self.title)
        layout.addWidget(self._mark)
        layout.addStretch(1)
        for child in (self.title, self._mark):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._show_mark)
        self._show_mark(False)

    def sizeHint(self) -> QSize:
        return self._layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._layout.minimumSize()

    def event(self, event: QEvent) -> bool:
        """A button with a layout has to pass on itself that its contents changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter toggles as Space does; ← folds, → unfolds."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked(event.key() == Qt.Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def _show_mark(self, folded: bool) -> None:
        self._mark.setText("▸" if folded else "▾")


class _Badge(QWidget):
    """A number in a filled circle that grows with the text."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._text = str(number)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = round(self.fontMetrics().height() * 1.15)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawEllipse(self.rect())
        painter.setPen(self.palette().color(QPalette.ColorRole.HighlightedText))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
