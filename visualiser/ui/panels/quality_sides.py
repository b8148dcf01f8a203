"""The sides of data quality as a strip of buttons, and the ways of spoiling of the chosen one."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from visualiser.core.corruption.recipe_text import ingredient_text
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.experiment import Spoiling
from visualiser.ui.panels.corruption_rows import CorruptionRows
from visualiser.ui.widgets.flow_layout import FlowLayout

REST = ""
"""The name of the last button, behind which stands what belongs to no side."""


class QualitySides(QWidget):
    """Shows one side at a time: all of them together would be longer than the window.

    Attributes:
        buttons: of each side by its name, and of the rest.

    Signals:
        changed: another side is shown.
    """

    changed = Signal()

    def __init__(self, rows: CorruptionRows, rest: QWidget) -> None:
        super().__init__()
        self._corruptions, self._rest = rows, rest
        self._chosen = False
        self.buttons = {name: _button(title, tip) for name, (title, tip) in _words().items()}
        group = QButtonGroup(self)
        strip = FlowLayout(gap=3, line_gap=4)
        for name, button in self.buttons.items():
            group.addButton(button)
            strip.addWidget(button)
            button.clicked.connect(partial(self._choose, name))
        self._ways = QVBoxLayout()
        self._ways.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(strip)
        layout.addLayout(self._ways)
        layout.addWidget(rest)
        self.arrange()

    @property
    def shown(self) -> str:
        """The side that is shown."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def show_side(self, name: str) -> None:
        """Show a side and no other."""
        self.buttons[name].setChecked(True)
        self._rest.setVisible(name == REST)
        wanted = self.ways(name)
        for row in wanted:
            self._ways.addWidget(self._corruptions[row])
        for row, widget in self._corruptions.standing().items():
            widget.setVisible(row in wanted)
        self.changed.emit()

    def ways(self, side: str) -> list[str]:
        """The ways of spoiling of a side that make sense for the data."""
        return [
            name
            for name, corruption in CORRUPTIONS.items()
            if corruption.dimension == side and self._corruptions.fits(name)
        ]

    def arrange(self, spoiling: Spoiling | None = None) -> None:
        """Offer the sides that have something for the data.

        What the user chose stays; before that the side of what is in force is shown, or the first.
        """
        usable = [name for name in self.buttons if self.ways(name)]
        for name, button in self.buttons.items():
            button.setVisible(name in usable or name == REST)
        used = [CORRUPTIONS[c.name].dimension for c in spoiling.corruptions] if spoiling else []
        known = self.shown if self._chosen and self.shown in (*usable, REST) else None
        self.show_side(known or next((s for s in used if s in usable), (*usable, REST)[0]))

    def reveal(self, name: str) -> None:
        """Show the side of a way of spoiling, with the keyboard on its slider."""
        self._choose(CORRUPTIONS[name].dimension)
        self._corruptions[name].slider.slider.setFocus()

    def mark(self, spoiling: Spoiling) -> None:
        """Have the sides that are in use stand out, and say by what."""
        for name, button in self.buttons.items():
            used = [c for c in spoiling.corruptions if CORRUPTIONS[c.name].dimension == name]
            button.setAccessibleDescription(", ".join(map(ingredient_text, used)))
            if bool(button.property("spoiled")) != bool(used):
                button.setProperty("spoiled", bool(used))
                button.style().unpolish(button)
                button.style().polish(button)

    def _choose(self, name: str) -> None:
        self._chosen = True
        self.show_side(name)


def _button(title: str, tip: str) -> QPushButton:
    button = QPushButton(title)
    button.setCheckable(True)
    button.setProperty("role", "chip")
    button.setToolTip(tip)
    return button


def _words() -> dict[str, tuple[str, str]]:
    """Each side of data quality in the order shown: its title, and one sentence on it."""
    tr = partial(QCoreApplication.translate, "QualitySides")
    return {
        "Labels": (tr("Labels"), tr("Are the answers right that the model is shown?")),
        "Noise": (tr("Noise"), tr("How well is measured, written down and copied?")),
        "Balance": (tr("Balance"), tr("Is there enough of everything?")),
        "Coverage": (tr("Coverage"), tr("Is all there that the model will meet?")),
        "Bias": (tr("Bias"), tr("Is a group treated or seen otherwise than others?")),
        "Relevance": (tr("Relevance"), tr("Does the data tell what is asked, by honest clues?")),
        "Freshness": (tr("Freshness"), tr("Is the world still as it was?")),
        "Permissions": (tr("Permissions"), tr("May it be used, and what does it give away?")),
        REST: (
            "…",
            tr("Spoiled validation data, and ways of spoiling that do not fit this data."),
        ),
    }
