"""One figure of the model, and of its clean twin, large enough to be read from afar."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout


@dataclass(frozen=True)
class LargeFigure:
    """“4.1 %”, and below it “2.8 to 5.9”."""

    text: str
    note: str = ""


class ModelFigures(QWidget):
    """The student's figure in the colour of spoiled data while there is a twin beside it."""

    def __init__(self, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.student, self.twin = _Figure(self.tr("your model")), _Figure(self.tr("clean twin"))
        layout = FlowLayout(self, gap=10)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.student)
        layout.addWidget(self.twin)
        self.setToolTip(tip)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        self.show_figures(LargeFigure("–"), None)

    def show_figures(self, student: LargeFigure, twin: LargeFigure | None) -> None:
        """Show both, or the student's alone."""
        self.student.show_figure(student, spoiled=twin is not None)
        if twin is not None:
            self.twin.show_figure(twin, spoiled=False)
        if self.twin.isHidden() != (twin is None):
            self.twin.setHidden(twin is None)


class _Figure(QWidget):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.figure, self.note = QLabel(title), ElidedLabel("–"), ElidedLabel()
        self.figure.setProperty("role", "figure")
        for label in (self.title, self.note):
            label.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self.title, self.figure, self.note):
            layout.addWidget(label)

    def show_figure(self, figure: LargeFigure, *, spoiled: bool) -> None:
        if figure.text != self.figure.text():
            self.figure.setText(figure.text)
        if figure.note != self.note.text():
            self.note.setText(figure.note)
        if bool(self.figure.property("spoiled")) != spoiled:
            self.figure.setProperty("spoiled", spoiled)
            self.figure.style().polish(self.figure)
