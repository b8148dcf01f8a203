"""A layout that fills lines like text, so that a narrow panel wraps instead of clipping."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Puts widgets side by side and goes on below where the width ends.

    What a line leaves over goes to its widgets with an expanding size policy or, where there
    are none, in front of the first widget aligned to the right. A widget that is too wide for any
    line has one to itself, and may become higher there.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, line_gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._alone: list[QWidget] = []
        self._gap = gap
        self._line_gap = line_gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def add_right(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of its line."""
        self.addWidget(widget)
        self.setAlignment(widget, Qt.AlignmentFlag.AlignRight)

    def add_line(self, widget: QWidget) -> None:
        """Add a widget that has a line to itself."""
        self._alone.append(widget)
        self.addWidget(widget)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        lines = self._lines(inner)
        heights = sum(_height(line, inner) for line in lines)
        heights += self._line_gap * max(len(lines) - 1, 0)
        return heights + margins.top() + margins.bottom()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def sizeHint(self) -> QSize:
        items = self._shown()
        width = sum(item.sizeHint().width() for item in items) + self._gap * max(len(items) - 1, 0)
        return self._with_margins(QSize(width, _height(items, width)))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for line in self._lines(inner.width()):
            height = _height(line, inner.width())
            self._place(line, QRect(inner.x(), y, inner.width(), height))
            y += height + self._line_gap

    def _with_margins(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            needed = item.sizeHint().width()
            alone = item.widget() in self._alone
            if lines and self._gap + needed <= left and not alone:
                lines[-1].append(item)
                left -= self._gap + needed
            else:
                lines.append([item])
                left = 0 if alone else width - needed
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect) -> None:
        widths = [item.sizeHint().width() for item in line]
        spare = rect.width() - sum(widths) - self._gap * (len(line) - 1)
        growing = [i for i, item in enumerate(line) if _expands(item)]
        if spare < 0 or line[0].widget() in self._alone:
            # Only a single item can be too wide: it takes the whole line.
            widths[0] = max(rect.width(), line[0].minimumSize().width())
            spare = 0
        for place, i in enumerate(growing):
            widths[i] += spare // len(growing) + (place < spare % len(growing))
        x = rect.x()
        for item, width in zip(line, widths, strict=True):
            if spare and not growing and item.alignment() & Qt.AlignmentFlag.AlignRight:
                x += spare
                spare = 0
            height = min(_height([item], width), rect.height())
            item.setGeometry(QRect(x, rect.y() + (rect.height() - height) // 2, width, height))
            x += width + self._gap


def _height(line: list[QLayoutItem], width: int) -> int:
    """Of a line in so much room; an item that shares it has the width that it asks for."""
    if len(line) == 1 and line[0].hasHeightForWidth():
        return line[0].heightForWidth(width)
    return max((item.sizeHint().height() for item in line), default=0)


def _expands(item: QLayoutItem) -> bool:
    widget = item.widget()
    policy = widget.sizePolicy().horizontalPolicy() if widget else QSizePolicy.Policy.Fixed
    return bool(policy.value & QSizePolicy.PolicyFlag.ExpandFlag.value)
