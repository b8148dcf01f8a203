"""A row of layers with − and + on the layers and on their neurons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.scale import next_width
from visualiser.ui.widgets.stepper import Stepper


class WidthsEditor(QWidget):
    """How many layers, and how wide each is: “2 → [− 8 +] → [− 8 +] → 2”.

    Signals:
        edited: the user changed a width or the number of layers.
    """

    edited = Signal()

    def __init__(
        self,
        title: str,
        width_range: tuple[int, int],
        count_range: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._range = width_range
        self._ends = ("", "")
        self.layers = Stepper(title, *count_range)
        self.layers.value_changed.connect(self._change_count)
        self.widths: list[Stepper] = []
        self._links: list[QWidget] = []
        self._input, self._output = _end(), _end()
        head = FlowLayout()
        head.addWidget(ElidedLabel(title))
        head.add_right(self.layers)
        self._strip = FlowLayout(gap=3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(self._strip)
        self._strip.addWidget(self._input)
        self._strip.addWidget(self._output)

    def get(self) -> list[int]:
        """The widths, from the input on."""
        return [stepper.value for stepper in self.widths]

    def put(self, value: Sequence[int]) -> None:
        """Show widths without emitting anything."""
        self.layers.set_value(len(value))
        self._set_count(len(value))
        for stepper, width in zip(self.widths, value, strict=True):
            stepper.set_value(width)

    def set_ends(self, inputs: str, outputs: str) -> None:
        """Say what goes in and what comes out, as in “784” and “10”; empty hides it."""
        self._input.setText(inputs)
        self._output.setText(f"→ {outputs}" if outputs else "")
        for label in (self._input, self._output):
            label.setVisible(bool(label.text()))
        self._input.setToolTip(self.tr("Numbers that go in for one example."))
        self._output.setToolTip(self.tr("Numbers that come out: one for each class, or one."))

    def _change_count(self, count: int) -> None:
        self._set_count(count)
        self.edited.emit()

    def _set_count(self, count: int) -> None:
        if count == len(self.widths):
            return
        while len(self.widths) > count:
            self.widths.pop()
            link = self._links.pop()
            self._strip.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._strip.removeWidget(self._output)
        while len(self.widths) < count:
            self._add_layer()
        self._strip.addWidget(self._output)
        self.updateGeometry()

    def _add_layer(self) -> None:
        """An arrow and a stepper that stay together when the strip wraps."""
        place = len(self.widths) + 1
        name = self.tr("{title}: width of layer {place}").format(title=self._title, place=place)
        stepper = Stepper(name, *self._range, next_width)
        stepper.set_value(self.widths[-1].value if self.widths else min(8, self._range[1]))
        stepper.value_changed.connect(self._report)
        arrow = QLabel("→")
        arrow.setProperty("role", "muted")
        link = QWidget()
        row = QHBoxLayout(link)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(arrow)
        row.addWidget(stepper)
        self.widths.append(stepper)
        self._links.append(link)
        self._strip.addWidget(link)

    def _report(self, width: int) -> None:
        self.edited.emit()


def _end() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.hide()
    return label
