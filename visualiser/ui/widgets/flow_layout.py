"""A layout that fills lines like text, so that a narrow panel wraps instead of clipping."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Puts widgets side by side and goes on below where the width ends.

    What a line leaves over goes to its widgets with an expanding size policy or, where there
    are none, in front of the first widget aligned to the right. A widget that is too wide for any
    line has one to itself, and may become higher there. What is added by `add_end` stays at the end
    of the first line, whatever goes on below.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, line_gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._alone: list[QWidget] = []
        self._end: QLayoutItem | None = None
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

    def add_end(self, widget: QWidget) -> None:
        """Add the widget that stands at the right end of the first line; there is one at most."""
        self.addWidget(widget)
        self._end = self._items[-1]

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        item = self._items.pop(index)
        if item is self._end:
            self._end = None
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        heights = [height for _, _, height in self._lines(inner)]
        gaps = self._line_gap * max(len(heights) - 1, 0)
        return sum(heights) + gaps + margins.top() + margins.bottom()

    def minimumSize(self) -> QSize:
        size = QSize()
        for number, item in enumerate(self._shown()):
            least = item.minimumSize()
            size = size.expandedTo(QSize(least.width() + self._taken(number), least.height()))
        return self._with_margins(size)

    def sizeHint(self) -> QSize:
        items = self._shown()
        width = sum(item.sizeHint().width() for item in items) + self._gap * max(len(items) - 1, 0)
        return self._with_margins(QSize(width + self._taken(0), _height(items, width)))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for number, (line, width, height) in enumerate(self._lines(inner.width())):
            self._place(line, QRect(inner.x(), y, width, height))
            if number == 0 and (end := self._shown_end()) is not None:
                size = end.sizeHint()
                x = max(inner.right() + 1 - size.width(), inner.x())
                end.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
            y += height + self._line_gap

    def _with_margins(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if item is not self._end and not item.isEmpty()]

    def _shown_end(self) -> QLayoutItem | None:
        return None if self._end is None or self._end.isEmpty() else self._end

    def _taken(self, number: int) -> int:
        """Width that the end widget takes from the line of that number, with the gap before it."""
        end = self._shown_end()
        return 0 if number or end is None else end.sizeHint().width() + self._gap

    def _lines(self, width: int) -> list[tuple[list[QLayoutItem], int, int]]:
        """The items of each line, and its width and height."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            needed = item.sizeHint().width()
            alone = item.widget() in self._alone
            if lines and self._gap + needed <= left and not alone:
                lines[-1].append(item)
                left -= self._gap + needed
            else:
                left = 0 if alone else width - self._taken(len(lines)) - needed
                lines.append([item])
        widths = [width - self._taken(number) for number in range(len(lines))]
        measured = [
            (line, room, _height(line, room)) for line, room in zip(lines, widths, strict=True)
        ]
        if measured and (end := self._shown_end()) is not None:
            line, room, height = measured[0]
            measured[0] = line, room, max(height, end.sizeHint().height())
        return measured

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
