"""Examples a model is confidently wrong about, unsure of, or right about."""

from typing import Literal

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLabel, QToolButton, QVBoxLayout, QWidget

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.nouns import Noun, noun_of
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_answers import Answers, Pace, answer_tile
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.tiles import ExampleTiles
from visualiser.ui.widgets.flow_layout import FlowLayout

Kind = Literal["wrong", "unsure", "right"]
KINDS: tuple[Kind, ...] = ("wrong", "unsure", "right")
MOST_EXAMPLES = 120
"""Nobody scrolls further; the counts are of all."""
UNSURE_MARGIN = 0.2
"""Two answers whose probabilities are closer than this are a matter of luck."""
_LEAST_HEIGHT = 60
"""Pixels of the list, which scrolls: at the largest text the wrapped lines above need the room."""


class GalleryView(QWidget):
    """Validation examples with their true label, the answer, its probability and the twin's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: Answers | None = None
        self._pace = Pace()
        self._titles: dict[Kind, str] = {
            "wrong": self.tr("Wrong, surest first"),
            "unsure": self.tr("Unsure"),
            "right": self.tr("Right"),
        }
        tips: dict[Kind, str] = {
            "wrong": self.tr("The mistakes, those that the model is most confident of first."),
            "unsure": self.tr("Two answers were nearly as probable, the closest first."),
            "right": self.tr("Right answers, the surest first."),
        }
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.tiles = ExampleTiles(self)
        self.tiles.setMinimumHeight(_LEAST_HEIGHT)
        self.saving = PictureSaving(
            self.tiles,
            "examples",
            self.tr("Examples"),
            chosen=self._kind_text,
            part=self.tiles.whole_rows,
        )
        self.buttons: dict[Kind, QToolButton] = {}
        self._group = QButtonGroup(self)
        top = FlowLayout(gap=4)
        for number, kind in enumerate(KINDS):
            button = QToolButton(self)
            button.setText(self._titles[kind])
            button.setAccessibleName(self._titles[kind])
            button.setToolTip(tips[kind])
            button.setProperty("role", "flat")
            button.setCheckable(True)
            self._group.addButton(button, number)
            self.buttons[kind] = button
            top.addWidget(button)
        self.buttons["wrong"].setChecked(True)
        self._group.idClicked.connect(self._show_kind)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addLayout(top)
        self._layout.addWidget(self.words)
        self._layout.addWidget(self.tiles, 1)
        self._say_empty()

    @property
    def kind(self) -> Kind:
        """Which examples are shown."""
        return KINDS[self._group.checkedId()]

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._answers = None
        self.saving.forget()
        self._pace.reset()
        self._say_empty()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the answers, slowly enough to be read."""
        if snapshot.predictions is None or not self._pace.lets(snapshot):
            return
        self._answers = Answers.of(snapshot)
        if self._answers is None:
            self.saving.forget()
            self.words.clear()
            self.tiles.show_nothing(
                self.tr("The answers are no numbers any more (NaN): the run has diverged.")
            )
            return
        self.saving.follow(snapshot)
        self._show()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.tiles.apply_palette(palette)
        self.saving.apply_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        """Never squeeze lines that are wrapped: Qt asks for their height at another width."""
        self.setMinimumHeight(self._layout.minimumHeightForWidth(self.width()))

    def _say_empty(self) -> None:
        self.words.clear()
        self.tiles.show_nothing(self.tr("Examples appear with the first answers of the model."))

    def _kind_text(self) -> str:
        return self._titles[self.kind].lower()

    def _show_kind(self, number: int) -> None:
        self.tiles.rewind()
        self._show()

    def _show(self) -> None:
        answers = self._answers
        if answers is None:
            return
        found = {kind: positions_of(answers, kind) for kind in KINDS}
        for kind, button in self.buttons.items():
            button.setText(f"{self._titles[kind]}  {len(found[kind]):,}")
        self.words.setText(self._sentence(answers, found["wrong"]))
        self._keep_room()
        positions = found[self.kind][:MOST_EXAMPLES]
        if not len(positions):
            self.tiles.show_nothing(self._nothing(noun_of(answers.info.dataset)))
            return
        tiles = tuple(answer_tile(answers, position) for position in positions.tolist())
        self.tiles.show_examples(answers.info.dataset, answers.features(positions), tiles)

    def _sentence(self, answers: Answers, wrong: IntArray) -> str:
        noun = noun_of(answers.info.dataset)
        text = self.tr("{wrong:,} of {total} are answered wrongly.").format(
            wrong=len(wrong), total=noun.counted(len(answers.true), self.tr("validation"))
        )
        twin = answers.twin_predicted
        if twin is None or not len(wrong):
            return text
        saved = int(np.count_nonzero(twin[wrong] == answers.true[wrong]))
        return (
            text + " " + self.tr("The clean twin gets {saved:,} of them right.").format(saved=saved)
        )

    def _nothing(self, noun: Noun) -> str:
        nothing: dict[Kind, str] = {
            "wrong": self.tr("Not one validation {example} is answered wrongly."),
            "unsure": self.tr("The model is sure of every answer."),
            "right": self.tr("Not one validation {example} is answered rightly yet."),
        }
        return nothing[self.kind].format(example=noun.one)


def positions_of(answers: Answers, kind: Kind) -> IntArray:
    """Which of the watched rows belong to `kind`, the most telling first."""
    ordered = np.partition(answers.output, -2, axis=1)
    confidence, margin = ordered[:, -1], ordered[:, -1] - ordered[:, -2]
    if kind == "unsure":
        chosen = np.flatnonzero(margin < UNSURE_MARGIN)
        return chosen[np.argsort(margin[chosen], kind="stable")]
    right = answers.predicted == answers.true
    chosen = np.flatnonzero(right if kind == "right" else ~right)
    return chosen[np.argsort(-confidence[chosen], kind="stable")]
