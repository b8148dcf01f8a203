"""A labelled slider that shows what was asked for and what came of it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QVBoxLayout, QWidget

from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.plain_slider import PlainSlider
from visualiser.ui.widgets.plain_tip import plain_tip
from visualiser.ui.widgets.scale import Scale
from visualiser.ui.widgets.value_button import ValueButton

USUAL_COUNT = "9,999 of 9,999"
"""Beside a value that spoils there is room for a count like this, before it is known."""
HINT_SECONDS = 8
"""How long it is said why a typed value was not taken."""


class AmountSlider(QWidget):
    """A title, the value in words and a slider over a Scale.

    Arrow keys step, Home or a double click goes back to the value that changes nothing, and a
    click on the number (or typing one) sets an exact value. What is typed beside the scale is
    not taken, and a line below says so.

    Signals:
        value_changed: the new value, while it is being dragged or a key is held too.
        settled: the mouse or a key was let go, or a typed number was taken.
    """

    value_changed = Signal(float)
    settled = Signal()

    def __init__(
        self, title: str, scale: Scale, tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scale = scale
        self._value = scale.values[0] if scale.identity is None else scale.identity
        self._realised: tuple[str, ...] = ()
        self.title = ElidedLabel(title)
        self.number = ValueButton()
        self.number.setAccessibleName(self.tr("{title}: type an exact value").format(title=title))
        self.number.clicked.connect(self._edit)
        self.editor = QLineEdit()
        self.editor.setAccessibleName(title)
        self.editor.setMaxLength(12)
        self.editor.hide()
        self.editor.installEventFilter(self)
        self.editor.returnPressed.connect(self._take_typed)
        self.slider = PlainSlider()
        self.slider.setAccessibleName(title)
        self.slider.setRange(0, len(scale.values) - 1)
        self.slider.setPageStep(scale.page)
        self.slider.valueChanged.connect(self._take_place)
        self.slider.sliderReleased.connect(self.settled)
        self.slider.key_released.connect(self.settled)
        self.slider.reset.connect(self.reset)
        self.slider.typed.connect(self._start_typing)
        self.hint = _hint()
        self._hint_time = QTimer(self)
        self._hint_time.setSingleShot(True)
        self._hint_time.setInterval(1000 * HINT_SECONDS)
        self._hint_time.timeout.connect(self.hint.hide)
        self._line = FlowLayout(line_gap=0)
        self._line.addWidget(self.title)
        self._line.addWidget(self.number)
        self._line.add_right(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._line)
        layout.addWidget(self.slider)
        layout.addWidget(self.hint)
        self.set_tip(tip)
        self.set_value(self._value)

    @property
    def value(self) -> float:
        """The value asked for; exact where it was typed."""
        return self._value

    @property
    def changes_something(self) -> bool:
        """Whether the value is not the identity of its scale."""
        return self._scale.identity is not None and self._value != self._scale.identity

    @property
    def dragging(self) -> bool:
        """Whether the user holds the handle or types a value now."""
        return self.slider.isSliderDown() or self.editor.isVisible()

    def set_tip(self, tip: str) -> None:
        """One plain sentence on what this is; how to use the control is added."""
        reset = self.tr("Double click or Home sets it back.") if self._resets() else ""
        self.slider.setToolTip(f"{tip} {reset}".strip())
        self.title.setToolTip(tip)

    def add_button(self, button: QAbstractButton) -> None:
        """Put a small button at the end of the title's line."""
        self._line.add_end(button)

    def set_value(self, value: float) -> None:
        """Show a value without emitting anything."""
        self._value = value
        self.slider.blockSignals(True)
        self.slider.setValue(self._scale.place(value))
        self.slider.blockSignals(False)
        self._show()

    def set_realised(self, *texts: str) -> None:
        """Show what the value came to, as in “51 of 253 labels”; longest first, for lack of space.

        No text says that it is not known yet. A new value forgets the old count.
        """
        self._realised = texts
        self._show()

    def choose(self, value: float) -> None:
        """Take a value as if the user had set it, and say so."""
        self._change(value)
        self.settled.emit()

    def reset(self) -> None:
        """Go back to the value that changes nothing."""
        if self._scale.identity is not None:
            self.choose(self._scale.identity)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape gives up typing; leaving the field takes what was typed."""
        if watched is self.editor and self.editor.isVisible():
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() == Qt.Key.Key_Escape:
                    self._end_typing()
                    return True
            elif event.type() == QEvent.Type.FocusOut:
                self._take_typed()
        return super().eventFilter(watched, event)

    def _resets(self) -> bool:
        return self._scale.identity is not None

    def _take_place(self, place: int) -> None:
        self._change(self._scale.values[place])

    def _change(self, value: float) -> None:
        if value == self._value:
            return
        self._realised = ()
        self.hint.hide()
        self.set_value(value)
        self.value_changed.emit(value)

    def _edit(self) -> None:
        self._start_typing(self._scale.text(self._value))
        self.editor.selectAll()

    def _start_typing(self, text: str) -> None:
        if not self.isEnabled():
            return
        self.number.hide()
        self.hint.hide()
        self.editor.setText(text)
        self.editor.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * 10))
        self.editor.show()
        self.editor.setFocus()

    def _end_typing(self) -> None:
        self.editor.hide()
        self.number.show()
        self.slider.setFocus()

    def _take_typed(self) -> None:
        if not self.editor.isVisible():
            return
        typed = self.editor.text()
        value = self._scale.read(typed)
        self._end_typing()
        if value is not None:
            self.choose(value)
        elif typed.strip():
            self._say_range()

    def _say_range(self) -> None:
        """Why what was typed is not taken."""
        ends = self._scale.values[0], self._scale.values[-1]
        first, last = (self._scale.text(value) for value in ends)
        self.hint.setText(
            self.tr("Not taken: type a number from {first} to {last}.").format(
                first=first, last=last
            )
        )
        self.hint.show()
        self._hint_time.start()

    def _show(self) -> None:
        spoils = self.changes_something
        asked = self._scale.text(self._value)
        self.number.room_for = f"{asked} → {USUAL_COUNT}" if spoils else ""
        if self._resets() and not spoils:
            self.number.set_texts(self.tr("none"))
        elif self._realised:
            self.number.set_texts(*(f"{asked} → {text}" for text in self._realised), asked)
        else:
            self.number.set_texts(asked)
        for widget in (self.slider, self.number):
            if bool(widget.property("spoiled")) != spoils:
                widget.setProperty("spoiled", spoils)
                # A style sheet looks at a property only when the widget is polished anew.
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        whole = self.number.texts[0]
        self.slider.setAccessibleDescription(whole)
        self.number.setToolTip(plain_tip(f"{whole}\n{self.tr('Click to type an exact value.')}"))


def _hint() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "muted")
    label.hide()
    return label
