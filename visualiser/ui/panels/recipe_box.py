"""The recipe in force: what is done to the data, one thing after the other."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.corruption.recipe_text import amount_text, ingredient_text
from visualiser.core.corruption.registry import corruption_named
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.ui.widgets.elided_link import ElidedLink
from visualiser.ui.widgets.flow_layout import FlowLayout


class RecipeBox(QFrame):
    """Lists the ingredients in their order, which arrows change; hidden where there are none.

    Signals:
        chosen: the name of one whose slider is to be seen.
        moved: (name, −1 or +1): an ingredient is to come earlier or later.
        removed: the name of one that is to be left out.
    """

    chosen = Signal(str)
    moved = Signal(str, int)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._names: tuple[str, ...] = ()
        self.title = QLabel(self.tr("Recipe"))
        self.title.setProperty("role", "section-title")
        self.title.setToolTip(
            self.tr("What is done to the data, each thing to what the one before it left.")
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addLayout(self._list)
        self._lines: list[_Line] = []
        self.hide()

    @property
    def lines(self) -> tuple[str, ...]:
        """The ingredients as they are listed."""
        return tuple(line.said for line in self._lines[: len(self._names)])

    def line_of(self, name: str) -> "_Line":
        """The controls of an ingredient."""
        return self._lines[self._names.index(name)]

    def show_recipe(self, spoiling: Spoiling) -> None:
        """List what is asked for."""
        configs = spoiling.corruptions
        self._names = tuple(config.name for config in configs)
        while len(self._lines) < len(configs):
            self._lines.append(self._add_line(len(self._lines)))
        for place, line in enumerate(self._lines):
            shown = place < len(configs)
            if shown:
                line.show_config(place, len(configs), configs[place])
            line.setVisible(shown)
        self.setVisible(bool(configs))

    def _add_line(self, place: int) -> "_Line":
        line = _Line()
        self._list.addWidget(line)
        line.text.clicked.connect(partial(self._choose, place))
        line.up.clicked.connect(partial(self._move, place, -1))
        line.down.clicked.connect(partial(self._move, place, 1))
        line.remove.clicked.connect(partial(self._remove, place))
        return line

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._names[place])

    def _remove(self, place: int) -> None:
        self.removed.emit(self._names[place])

    def _move(self, place: int, by: int) -> None:
        name = self._names[place]
        self.moved.emit(name, by)
        line = self.line_of(name)  # the keyboard stays with what was moved
        button = line.up if by < 0 else line.down
        (button if button.isEnabled() else line.remove).setFocus()


class _Line(QWidget):
    """“1  Wrong labels  20 %” with its buttons, which stand below where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.said = ""
        self.text, self.amount = ElidedLink(), QLabel()
        self.up, self.down, self.remove = (_button(sign) for sign in "↑↓×")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.up, self.down, self.remove):
            row.addWidget(button)
        line = FlowLayout(self, gap=6, line_gap=0)
        for widget in (self.text, self.amount):
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            line.addWidget(widget)
        line.add_right(buttons)

    def show_config(self, place: int, count: int, config: CorruptionConfig) -> None:
        """Say what it is, and what can be done with it."""
        corruption = corruption_named(config.name)
        tr = self.text.tr
        self.said = ingredient_text(config)
        self.text.set_whole(f"{place + 1}  {corruption.title}")
        self.text.setAccessibleName(self.said)
        self.amount.setText(amount_text(config))
        self.text.setToolTip(f"{corruption.story} {tr('Click to see its slider.')}")
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < count - 1)
        for button, words in (
            (self.up, tr("Do “{title}” earlier")),
            (self.down, tr("Do “{title}” later")),
            (self.remove, tr("Leave “{title}” out")),
        ):
            button.setToolTip(words.format(title=corruption.title))
            button.setAccessibleName(words.format(title=corruption.title))


def _button(sign: str) -> QPushButton:
    button = QPushButton(sign)
    button.setProperty("role", "step")
    return button
