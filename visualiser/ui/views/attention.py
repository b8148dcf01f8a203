"""What a chosen head of a transformer looks back at in a text that the user types."""

from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.models.language_layers import Attention
from visualiser.core.questions.language import HeadAttention
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.attention_map import AttentionMap
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.prompt import Prompt
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_MOST_LETTERS = 48
"""The last ones of the text; more would be too small to read."""

_WORDS = 10
"""Letters of width that the words beside the picture need at least."""


class AttentionView(Fitted, QWidget):
    """The map of one head, with a choice of the layer, the head and the text.

    Signals:
        questions_changed: another head, or another text.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = AttentionMap(self)
        self.prompt = Prompt(
            self.tr("Text that is read"), self.tr("The model reads this and nothing is learnt.")
        )
        self.prompt.changed.connect(self.questions_changed)
        self.layer = Choice((), self)
        self.layer.setAccessibleName(self.tr("Attention layer"))
        self.layer.setToolTip(self.tr("Which attention layer, in the order of the network."))
        self.head = Choice((), self)
        self.head.setAccessibleName(self.tr("Head"))
        self.head.setToolTip(self.tr("Each head of a layer learns a way of looking back."))
        for choice in (self.layer, self.head):
            choice.edited.connect(self.questions_changed)
        self.words = paragraph("muted")
        self.words.setText(
            self.tr(
                "Row by row: what a character takes from itself and those before it to foretell "
                "the next one. Each row adds up to 100 %."
            )
        )
        self.saving = PictureSaving(self.map, "attention", self.tr("Attention"), None, self._which)
        self._side = SideColumn(self.prompt, self.layer, self.head, self.words, parent=self)
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self.map, 2)
        self._layout.addWidget(self._side, 1)

    def fit(self) -> None:
        """Words stand beside the picture, or below it where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 3)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self.saving.forget()
        self.prompt.start_run(info)
        layers = [layer for layer in info.layers if isinstance(layer, Attention)]
        heads = layers[0].heads if layers else 0
        self.layer.offer(_numbered(self.tr("Attention {number}"), len(layers)))
        self.head.offer(_numbered(self.tr("Head {number}"), heads))
        self.map.show_nothing(self.tr("The map appears with the first answers of the model."))

    def questions(self) -> frozenset[Question[Any]]:
        """What the chosen head does with the text."""
        return frozenset((self._question(),))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The head at this step."""
        answer = snapshot.answer(self._question())
        if answer is None:
            return
        if not np.isfinite(answer.weights).all():
            self.saving.forget()
            self.map.show_nothing(
                self.tr("The answers are no numbers any more (NaN): the run has diverged.")
            )
            return
        self.map.show_look(answer)
        self.saving.follow(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.map.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _question(self) -> HeadAttention:
        text = self.prompt.text[-_MOST_LETTERS:]
        return HeadAttention(text, self.layer.get() or 0, self.head.get() or 0)

    def _which(self) -> str:
        return f"{self.layer.currentText()}, {self.head.currentText()}"


def _numbered(text: str, count: int) -> tuple[tuple[int, str], ...]:
    return tuple((place, text.format(number=place + 1)) for place in range(count))
