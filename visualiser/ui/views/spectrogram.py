"""A chosen clip: how it looks, how it sounds, and what the model takes it for."""

import numpy as np
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QLayout,
    QListView,
    QPushButton,
    QWidget,
)

from visualiser.core.data.encoding_sound import MelEncoder
from visualiser.core.numerals import probability_text
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.sound_player import SoundPlayer
from visualiser.ui.views.example_answers import Answers, Pace
from visualiser.ui.views.offers.sound import no_clips
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn
from visualiser.ui.views.spectrogram_clips import ClipDelegate, ClipList
from visualiser.ui.views.spectrogram_plot import Sounding, SpectrogramPlot
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_LIST_LETTERS, _SIDE_LETTERS = 18, 18
"""Width of the list of clips, and of the answers at least, in letters."""
_GAP = 10
_LEAST_LINES = 5
"""Of the list and the answers, below the plot."""
_SIDE_BY_SIDE = 60
"""Letters of width from which on all stand side by side."""


class SpectrogramView(Fitted, QWidget):
    """A list of the validation clips, the one chosen of them, and the answers to it."""

    def __init__(self, parent: QWidget | None = None, player: SoundPlayer | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._answers: Answers | None = None
        self._pace = Pace()
        self.player = player or SoundPlayer(self)
        self.player.changed.connect(self._show_playing)
        self.player.failed.connect(self._say_silent)
        self.clips = ClipList()
        self.list = self._list()
        self.plot = SpectrogramPlot(self)
        self.title = paragraph("heading")
        self.caption = paragraph("muted")
        self.play = QPushButton(self)
        self.play.clicked.connect(self._play_or_stop)
        self.silent = paragraph("muted")
        self.bars = BarRows(self.tr("The model's answer"))
        self.bars.setToolTip(self.tr("How probable each class is to the model."))
        self.saving = PictureSaving(
            self.plot, "spectrogram", self.tr("Spectrogram"), chosen=self.title.text
        )
        side = (self.title, self.caption, self.play, self.bars, self.silent)
        self._side = SideColumn(*side, parent=self)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.fit()
        self._say_silent(self.player.refusal)
        self._show_playing()

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the plot above the others; as low as what stands there now can be."""
        plot, letter = self.plot.minimumSizeHint(), self.fontMetrics().averageCharWidth()
        beside = self._layout.itemAtPosition(0, 2) is not None
        below = 0 if beside else _GAP + _LEAST_LINES * self.fontMetrics().height()
        if self._side.unrolled:
            below += _GAP + self._side.minimumHeight()
        return QSize(max(plot.width(), _LIST_LETTERS * letter + 16), plot.height() + below)

    def fit(self) -> None:
        """List, plot and answers side by side, or the plot above the others."""
        letter = self.fontMetrics().averageCharWidth()
        narrow = self.width() < (_LIST_LETTERS + _SIDE_LETTERS) * letter + 32 + _GAP
        self.list.setFixedWidth(self.width() if narrow else _LIST_LETTERS * letter + 16)
        self._side.setMinimumWidth(0 if narrow else _SIDE_LETTERS * letter + 16)
        self._side.unroll(narrow)
        beside = self.width() >= _SIDE_BY_SIDE * letter
        places = ((0, 0, 1), (0, 1, 1), (0, 2, 1)) if beside else ((1, 0, 1), (0, 0, 2), (1, 1, 1))
        if narrow:
            places = ((1, 0, 2), (0, 0, 2), (2, 0, 2))
        parts = (self.list, self.plot, self._side)
        for part, (row, column, columns) in zip(parts, places, strict=True):
            self._layout.removeWidget(part)
            self._layout.addWidget(part, row, column, 1, columns)
        for column, stretch in enumerate((0, 5, 2) if beside else (0, 1, 0)):
            self._layout.setColumnStretch(column, stretch)
        for row, stretch in enumerate((1, 0, 0) if beside else (3, 2, 0)):
            self._layout.setRowStretch(row, stretch)
        self.updateGeometry()

    @property
    def row(self) -> int | None:
        """Which of the watched validation rows is chosen."""
        index = self.list.currentIndex()
        return index.row() if index.isValid() else None

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run; the first clip is chosen."""
        self.player.stop()
        self._info = None if no_clips(info) else info
        self._answers = None
        self._pace.reset()
        self.saving.forget()
        self.bars.show_rows([])
        self.clips.start_run(self._info)
        self.list.setCurrentIndex(self.clips.index(0))
        self._show_clip()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the answers, slowly enough to be read."""
        if self._info is None or snapshot.predictions is None or not self._pace.lets(snapshot):
            return
        self._answers = Answers.of(snapshot)
        self.clips.show_answers(self._answers)
        self.saving.follow(snapshot)
        self._show_answers()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.plot, self.clips, self.saving):
            part.apply_palette(palette)
        self.list.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.stop()

    def _list(self) -> QListView:
        clips = QListView(self)
        clips.setModel(self.clips)
        clips.setItemDelegate(ClipDelegate(self.clips))
        clips.setUniformItemSizes(True)
        clips.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clips.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        clips.setAccessibleName(self.tr("Validation clips"))
        clips.setToolTip(self.tr("Arrow keys choose a clip, Enter or a double click plays it."))
        clips.selectionModel().currentChanged.connect(self._choose)
        clips.activated.connect(self._play_again)
        return clips

    def _choose(self, now: QModelIndex, before: QModelIndex) -> None:
        self.player.stop()
        self._show_clip()
        self._show_answers()

    def _sounding(self) -> Sounding | None:
        info, row = self._info, self.row
        if info is None or row is None or not isinstance(info.encoder, MelEncoder):
            return None
        features = np.asarray(info.split.validation.features)
        return Sounding.of(features[info.watched[row]], info.encoder)

    def _show_clip(self) -> None:
        sounding, row = self._sounding(), self.row
        self.play.setEnabled(sounding is not None and not self.player.refusal)
        if sounding is None or row is None:
            self.plot.show_nothing(self.tr("There is no clip to show."))
            self.title.clear()
            self.caption.clear()
            return
        self.plot.show_sounding(sounding)
        self.title.setText(self.tr("true: {label}").format(label=self.clips.true(row)))
        self.caption.setText(self.clips.caption(row))

    def _show_answers(self) -> None:
        answers, row = self._answers, self.row
        if answers is None or row is None:
            self.bars.show_rows([])
            return
        twin = answers.twin_output
        right, answer = int(answers.true[row]), int(answers.output[row].argmax())
        self.bars.set_note("" if twin is None else self.tr("A tick is the clean twin."))
        self.bars.show_rows(
            [
                BarRow(
                    title=name,
                    share=float(answers.output[row, code]),
                    text=probability_text(float(answers.output[row, code])),
                    mark=None if twin is None else float(twin[row, code]),
                    warning=code == answer != right,
                )
                for code, name in enumerate(answers.info.dataset.class_names)
            ]
        )

    def _play_or_stop(self) -> None:
        if self.player.playing:
            self.player.stop()
        else:
            self._play_again()

    def _play_again(self) -> None:
        sounding = self.plot.sounding
        if sounding is not None:
            self._say_silent("")
            self.player.play(sounding.clip, sounding.encoder.frames.sample_rate)

    def _show_playing(self) -> None:
        playing = self.player.playing
        name = self.tr("Stop the sound") if playing else self.tr("Play the clip")
        self.play.setText(name)
        self.play.setAccessibleName(name)
        tip = self.tr("Plays the clip that is chosen, as the data has it.")
        self.play.setToolTip(self.player.refusal or tip)

    def _say_silent(self, why: str) -> None:
        self.silent.setText(why)
        self.silent.setVisible(bool(why))
