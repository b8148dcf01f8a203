"""A clip of sound that the user records, opens, drops or takes from the data."""

from pathlib import Path

import numpy as np
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from visualiser.core.data.clip_file import SUFFIXES, read_clip
from visualiser.core.data.dataset import Features, FloatArray
from visualiser.core.data.encoding_sound import MelEncoder
from visualiser.core.errors import UserError
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette
from visualiser.ui.sound_player import SoundPlayer
from visualiser.ui.sound_recorder import SoundRecorder
from visualiser.ui.tries.record_button import RecordButton
from visualiser.ui.tries.spec import Maker
from visualiser.ui.tries.taken import TakeAnother
from visualiser.ui.views.spectrogram_plot import Sounding, SpectrogramPlot
from visualiser.ui.widgets.fitted import Fitted

_LEAST_LINES = 5
"""Height of the plot in a small window, in lines of text."""


class ClipMaker(Fitted, Maker):
    """Waveform and spectrogram of the clip; Play lets it be heard."""

    def __init__(
        self,
        parent: QWidget | None = None,
        player: SoundPlayer | None = None,
        recorder: SoundRecorder | None = None,
    ) -> None:
        super().__init__(parent)
        self._encoder: MelEncoder | None = None
        self._clip: FloatArray = np.zeros(1, dtype=np.float32)
        self._taken = False
        self._files: QFileDialog | None = None
        self.player = player or SoundPlayer(self)
        self.player.failed.connect(self.say)
        self.plot = SpectrogramPlot(self)
        self.take = TakeAnother(self)
        self.open_button = QPushButton(self.tr("Open…"), self)
        self.open_button.setToolTip(
            self.tr("A WAV, FLAC, OGG, MP3 or AIFF file of yours; it may be dropped here too.")
        )
        self.open_button.setAccessibleName(self.tr("Open a clip"))
        self.record = RecordButton(self, recorder)
        self.play = QPushButton(self.tr("Play"), self)
        self.play.setEnabled(not self.player.refusal)
        self.play.setToolTip(self.player.refusal or self.tr("Lets the clip be heard."))
        self.below = (self.take, self.open_button, self.record, self.play)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)
        self.setAcceptDrops(True)
        self.take.taken.connect(self._take)
        self.open_button.clicked.connect(self._ask)
        self.record.recorder.changed.connect(self._keep_quiet)
        self.record.said.connect(self.say)
        self.record.made.connect(self._use_recorded)
        self.play.clicked.connect(self._play)

    def fit(self) -> None:
        """In a small window the plot is lower than it would like to be."""
        self.plot.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())

    def start_run(self, info: RunInfo) -> None:
        """Clips of another data set: begin with one of them."""
        assert isinstance(info.encoder, MelEncoder)
        before = None if self._encoder is None else self._encoder.frames
        now = info.encoder.frames
        kept = (
            before is not None
            and (before.sample_rate, before.samples) == (now.sample_rate, now.samples)
            and not self._taken
        )
        self._encoder = info.encoder
        self.player.stop()
        self.take.start_run(info)
        self.record.start_run(info)
        if kept:
            self.plot.show_sounding(Sounding.of(self._clip, info.encoder))
        else:
            self._show_taken()

    def example(self) -> Features:
        """(1, samples) in −1…1."""
        return self._clip[None]

    def truth(self) -> str:
        """Known of a clip that was taken from the data."""
        return self.take.label_text() if self._taken else ""

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.plot.apply_palette(palette)

    def open_file(self, path: str) -> None:
        """Use a clip of the user's; one that cannot be read leaves things as they are."""
        assert self._encoder is not None
        rate = self._encoder.frames.sample_rate
        seconds = len(self._clip) / rate
        try:
            clip = read_clip(Path(path), rate, seconds)
        except UserError as error:
            self.say(f"{error.message} {error.hint}")
            return
        self._use(clip, taken=False)
        text = self.tr("“{name}”, its first {seconds:.1f} seconds.")
        self.say(text.format(name=Path(path).name, seconds=seconds))
        self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_file(paths[0])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.stop()

    def _ask(self) -> None:
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        self._files = QFileDialog(self, self.tr("Open a clip"))
        self._files.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._files.setNameFilters([self.tr("Sound ({endings})").format(endings=endings)])
        self._files.fileSelected.connect(self.open_file)
        self._files.open()

    def _take(self) -> None:
        self._show_taken()
        self.changed.emit()

    def _show_taken(self) -> None:
        self._use(np.asarray(self.take.features())[0], taken=True)
        if not self.record.recorder.recording:
            self.say("")

    def _use_recorded(self, clip: FloatArray) -> None:
        self._use(clip, taken=False)
        self.changed.emit()

    def _use(self, clip: FloatArray, taken: bool) -> None:
        assert self._encoder is not None
        self.player.stop()
        self._clip, self._taken = clip, taken
        self.plot.show_sounding(Sounding.of(clip, self._encoder))

    def _play(self) -> None:
        assert self._encoder is not None
        self.player.play(self._clip, self._encoder.frames.sample_rate)

    def _keep_quiet(self) -> None:
        """What is played would be recorded too."""
        recording = self.record.recorder.recording
        self.play.setEnabled(not recording and not self.player.refusal)
        if recording:
            self.player.stop()
