"""The top of Find it: the button that looks, the finder whose suspects are shown, and the pages."""

from PySide6.QtWidgets import QButtonGroup, QPushButton, QToolButton, QWidget

from visualiser.core.findings.registry import finder_title
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.flow_layout import FlowLayout

SUSPECTS, COLUMNS, REPAIR, SCORES = range(4)
"""Numbers of the buttons of pages."""
_GAP, _LEAST_LETTERS = 4, 16
"""Pixels between what stands there, and letters that the name of a finder has at least."""
_UNBOUNDED = 16_777_215
"""Qt's largest width."""


class FindHead(FlowLayout):
    """As many lines as the width asks for.

    Attributes:
        look: looks for suspects.
        finder: the finder whose suspects are in sight, by its name.
        buttons: of the pages, by SUSPECTS and so on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=_GAP)
        self.look = QPushButton(self.tr("Look for suspects"))
        self.look.setProperty("role", "primary")
        self.look.setToolTip(
            self.tr(
                "Has several finders look at the training rows as the model sees them, beside the "
                "run. None of them is told what was spoiled."
            )
        )
        self.finder = Choice([(AGREEMENT, finder_title(AGREEMENT))])
        self.finder.setAccessibleName(self.tr("Finder"))
        self.buttons = QButtonGroup(self)
        self.addWidget(self.look)
        self.addWidget(self.finder)
        titles = (self.tr("Suspects"), self.tr("Columns"), self.tr("Repair"), self.tr("Scores"))
        tips = (
            self.tr("Rows that look wrong, one by one."),
            self.tr("What is wrong with columns and groups, and between training and validation."),
            self.tr("What you decided, and training on it."),
            self.tr("How well the finders did, and you: where the truth is known."),
        )
        for number, (title, tip) in enumerate(zip(titles, tips, strict=True)):
            self._add_page(number, title, tip)
        self.buttons.button(SUSPECTS).setChecked(True)

    def _add_page(self, number: int, title: str, tip: str) -> None:
        button = QToolButton()
        button.setText(title)
        button.setAccessibleName(title)
        button.setToolTip(tip)
        button.setProperty("role", "flat")
        button.setCheckable(True)
        self.buttons.addButton(button, number)
        self.addWidget(button)

    def fit(self, width: int) -> int:
        """Shorten the finder's name where that saves a line; gives the height of all lines."""
        others = (self.look, *self.buttons.buttons())
        taken = sum(widget.sizeHint().width() + _GAP for widget in others)
        least = _LEAST_LETTERS * self.look.fontMetrics().averageCharWidth()
        heights: dict[int, int] = {}
        for most in (_UNBOUNDED, max(width - taken, least), least):
            self.finder.setMaximumWidth(most)
            heights[most] = self.heightForWidth(width)
        best = min(heights, key=heights.__getitem__)
        self.finder.setMaximumWidth(best)
        return heights[best]
