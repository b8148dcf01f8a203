"""One finding: a sentence that unfolds what it rests on."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.diagnosis.finding import Finding
from visualiser.ui.panels.evidence_pane import EvidencePane


class FindingRow(QWidget):
    """A click on the sentence, Space or Enter shows and hides its evidence; ← hides, → shows.

    A sentence with nothing behind it is plain text and no stop for Tab.

    Signals:
        toggled: the name of the finding, and whether its evidence is shown now.
        view_wanted: the name of a view that shows more of it.
    """

    toggled = Signal(str, bool)
    view_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._finding: Finding | None = None
        self._view_title = ""
        self.head = _Head()
        self.head.toggled.connect(self._toggle)
        self.pane: EvidencePane | None = None
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.head)

    @property
    def sentence(self) -> QLabel:
        """The text of it."""
        return self.head.sentence

    @property
    def finding(self) -> Finding | None:
        """What is shown; None for nothing."""
        return self._finding

    @property
    def is_open(self) -> bool:
        """Whether its evidence is shown."""
        return self.head.isChecked()

    def show_finding(self, finding: Finding | None, is_open: bool, view_title: str) -> None:
        """Take another finding, unfolded or not; None hides the row.

        `view_title` is that of its view, empty where that has nothing to show here.
        """
        self._finding, self._view_title = finding, view_title
        self.head.say(
            "" if finding is None else finding.sentence,
            unfolds=finding is not None and bool(finding.evidence or finding.advice),
            alarm=finding is not None and finding.kind == "alarm",
        )
        self.head.blockSignals(True)
        self.head.setChecked(is_open and self.head.unfolds)
        self.head.blockSignals(False)
        self.head.mark_fold()
        self._show_pane()

    def _toggle(self, is_open: bool) -> None:
        self.head.mark_fold()
        self._show_pane()
        if self._finding is not None:
            self.toggled.emit(self._finding.name, is_open)

    def _show_pane(self) -> None:
        """The evidence is made when it is first looked at."""
        if self._finding is None or not self.is_open:
            if self.pane is not None:
                self.pane.hide()
            return
        if self.pane is None:
            self.pane = EvidencePane()
            self.pane.view_wanted.connect(self.view_wanted)
            self._layout.addWidget(self.pane)
        self.pane.show_finding(self._finding, self._view_title)
        self.pane.show()


class _Head(QAbstractButton):
    """A sentence over several lines that is pressed like a button."""

    def __init__(self) -> None:
        super().__init__()
        self.unfolds = self._alarm = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setMinimumWidth(1)  # Qt would ask for more than a narrow column has
        self._mark = QLabel()
        self._mark.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 1, 2, 1)
        layout.setSpacing(3)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.sentence, 1)
        for child in (self.sentence, self._mark):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, sentence: str, unfolds: bool, alarm: bool) -> None:
        """Take another sentence; one that unfolds is a button, others are text."""
        if self.sentence.text() != sentence:
            self.sentence.setText(sentence)
            self.setAccessibleName(sentence)
        if unfolds != self.unfolds or alarm != self._alarm:
            self.unfolds, self._alarm = unfolds, alarm
            self.setCheckable(unfolds)
            policy = Qt.FocusPolicy.StrongFocus if unfolds else Qt.FocusPolicy.NoFocus
            self.setFocusPolicy(policy)
            shape = Qt.CursorShape.PointingHandCursor if unfolds else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self._mark.setVisible(unfolds)
            self._mark.setProperty("role", "warning-mark" if alarm else "link-mark")
            self._mark.style().polish(self._mark)
            self.mark_fold()

    def mark_fold(self) -> None:
        """A mark that points to the evidence, and the same in words."""
        mark = "▾" if self.isChecked() else "▸"
        if self._mark.text() != mark:
            self._mark.setText(mark)
        tip = (
            self.tr("Hide what this rests on")
            if self.isChecked()
            else self.tr("Show what this rests on, and what to do about it")
        )
        self.setToolTip(tip if self.unfolds else "")
        self.setAccessibleDescription(tip if self.unfolds else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.setChecked(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A button with a layout has to pass on itself that its contents changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.unfolds or not (self.underMouse() or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        roles, colours = QPalette.ColorRole, self.palette()
        painter.setPen(
            QPen(colours.color(roles.Highlight), 1) if self.hasFocus() else Qt.PenStyle.NoPen
        )
        painter.setBrush(colours.color(roles.Light) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
