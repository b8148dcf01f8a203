"""A text link that shows and hides something below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget


class Fold(QWidget):
    """“▸ Split”: a click, Space or Enter shows the content below.

    Signals:
        toggled: whether the content is shown now.
    """

    toggled = Signal(bool)

    def __init__(
        self, title: str, content: QWidget, tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = title
        self.content = content
        self.link = QPushButton()
        self.link.setProperty("role", "link")
        self.link.setFlat(True)
        self.link.setCursor(Qt.CursorShape.PointingHandCursor)
        self.link.setToolTip(tip or title)
        self.link.setAccessibleName(title)
        self.link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(self._toggle)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.link)
        layout.addWidget(content)
        self.set_open(False)

    def take_link(self) -> QPushButton:
        """The link, to stand elsewhere; the rest takes no room from now on while it is closed."""
        self._layout.removeWidget(self.link)
        self.toggled.connect(self.setVisible)
        self.setVisible(self.is_open)
        return self.link

    def set_title(self, title: str) -> None:
        """Other words on the link."""
        self._title = title
        self.link.setAccessibleName(title)
        self.set_open(self.is_open)

    @property
    def is_open(self) -> bool:
        """Whether the content is shown."""
        return not self.content.isHidden()

    def set_open(self, shown: bool) -> None:
        """Show or hide the content."""
        self.link.setText(f"{'▾' if shown else '▸'} {self._title}")
        self.link.setAccessibleDescription(self.tr("open") if shown else self.tr("closed"))
        self.content.setVisible(shown)
        self.toggled.emit(shown)

    def _toggle(self) -> None:
        self.set_open(not self.is_open)
