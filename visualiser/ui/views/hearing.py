"""Hearing a clip from wherever a small picture of it is shown."""

from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip, QWidget

from visualiser.core.data.dataset import Dataset, Modality
from visualiser.ui.sound_player import SoundPlayer
from visualiser.ui.widgets.plain_tip import plain_tip


class Hearing(QObject):
    """Plays clips of `widget`, and says beside the pointer why it cannot."""

    def __init__(self, widget: QWidget, player: SoundPlayer | None = None) -> None:
        super().__init__(widget)
        self._widget = widget
        self.player = player or SoundPlayer(self)
        self.player.failed.connect(self._say)

    def hint(self, modality: Modality) -> str:
        """How to hear an example, or why it cannot be heard; empty where there is no sound."""
        if modality != "sound":
            return ""
        return self.player.refusal or self.tr("A click or Enter plays it.")

    def play(self, dataset: Dataset, example: NDArray[Any]) -> None:
        """Play an example, if it is a clip of sound."""
        if dataset.sample_rate is not None:
            self.player.play(example, dataset.sample_rate)

    def _say(self, why: str) -> None:
        QToolTip.showText(QCursor.pos(), plain_tip(why), self._widget)
