"""A control with a label that makes room for it."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout


class Labelled(QWidget):
    """A control at the right of its label, or below it where there is no room."""

    def __init__(self, title: str, control: QWidget) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        label = ElidedLabel(title)
        label.setToolTip(control.toolTip())
        label.setBuddy(control)
        row = FlowLayout(self, line_gap=0)
        row.addWidget(label)
        row.add_right(control)
