"""What every ingredient of a recipe has besides its amount and its own options."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.experiment import SpoiledParts
from visualiser.ui.widgets.controls import Choice, Whole
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.labelled import Labelled

_OF_THE_RUN = -1


class IngredientForm(QWidget):
    """Which part of the data is spoiled, and by which pattern.

    Signals:
        changed: the user chose another part or pattern.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = Choice(
            [
                ("train", self.tr("Training data")),
                ("validation", self.tr("Validation data")),
                ("both", self.tr("Both")),
            ]
        )
        self.parts.setAccessibleName(self.tr("Spoils"))
        self.parts.setToolTip(
            self.tr(
                "Which data is spoiled. Spoiled validation data is measured beside the clean: a "
                "bad model can look good there. The test data stay clean always."
            )
        )
        self.seed = Whole(_OF_THE_RUN, 2**31 - 1)
        self.seed.setSpecialValueText(self.tr("of the run"))
        self.seed.setAccessibleName(self.tr("Pattern"))
        self.seed.setToolTip(
            self.tr(
                "Which rows are hit, and how: each number is another draw. “Of the run” follows "
                "the seed of the experiment."
            )
        )
        layout = FlowLayout(self, gap=12, line_gap=6)
        layout.addWidget(Labelled(self.tr("Spoils"), self.parts))
        layout.addWidget(Labelled(self.tr("Pattern"), self.seed))
        for control in (self.parts, self.seed):
            control.edited.connect(self.changed)
        self.show_values("train", None)

    @property
    def values(self) -> tuple[SpoiledParts, int | None]:
        """The part, and the seed of the pattern, None for that of the run."""
        seed = self.seed.get()
        return self.parts.get(), None if seed == _OF_THE_RUN else seed

    def show_values(self, parts: SpoiledParts, seed: int | None) -> None:
        """Show them without emitting anything."""
        self.parts.put(parts)
        self.seed.put(_OF_THE_RUN if seed is None else seed)
