"""Recording a clip to be tried."""

from math import log10

import numpy as np
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.recorded_clip import SPARE_SECONDS, recorded_clip, usual_loudness
from visualiser.core.errors import UserError
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.sound_recorder import SoundRecorder

_QUIETEST_DB = -60
"""Left end of the meter; 0 is full scale."""
_METER_HEIGHT, _METER_MARGIN = 3.0, 5.0


class RecordButton(QPushButton):
    """Begins a recording and ends it; what sounded in it becomes a clip as those of the data.

    Attributes:
        level: how loud it is now, from 0 to 1, painted along its lower edge.

    Signals:
        made: (samples,) in −1…1, of the length and at the rate of the data.
        said: how it goes, or why there is no clip.
    """

    made = Signal(object)
    said = Signal(str)

    def __init__(
        self, parent: QWidget | None = None, recorder: SoundRecorder | None = None
    ) -> None:
        super().__init__(parent)
        self._clips: FloatArray = np.zeros((1, 1), dtype=np.float32)
        self._rate = 1
        self.recorder = recorder or SoundRecorder(self)
        self.recorder.changed.connect(self._show_state)
        self.recorder.heard.connect(self._hear)
        self.recorder.recorded.connect(self._finish)
        self.recorder.failed.connect(self.said)
        self.level = 0.0
        self.clicked.connect(self._begin_or_end)
        self.setEnabled(not self.recorder.refusal)
        self._show_state()

    def start_run(self, info: RunInfo) -> None:
        """Clips as those of this data from now on; a recording for other data ends."""
        assert info.dataset.sample_rate is not None
        clips: FloatArray = np.asarray(info.split.train.features)
        if (info.dataset.sample_rate, clips.shape[1]) != (self._rate, self._clips.shape[1]):
            self.recorder.cancel()
        self._rate, self._clips = info.dataset.sample_rate, clips
        self._show_tip()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.recorder.recording:
            self.recorder.cancel()
            self.said.emit(self.tr("The recording was given up."))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.level:
            painter = QPainter(self)
            width = self.level * (self.width() - 2 * _METER_MARGIN)
            top = self.height() - _METER_HEIGHT - 2
            meter = QRectF(_METER_MARGIN, top, width, _METER_HEIGHT)
            painter.fillRect(meter, self.palette().color(QPalette.ColorRole.Highlight))
            painter.end()

    @property
    def _seconds(self) -> float:
        """How long it listens at most."""
        return float(self._clips.shape[1] / self._rate + SPARE_SECONDS)

    def _begin_or_end(self) -> None:
        if self.recorder.recording:
            self.recorder.stop()
            return
        self.said.emit(self.tr("Waiting for the microphone …"))
        self.recorder.record(self._rate, self._seconds)

    def _hear(self, samples: FloatArray, seconds: float) -> None:
        peak = max(float(np.abs(samples).max()), 1e-9)
        self.level = min(max(1 - 20 * log10(peak) / _QUIETEST_DB, 0.0), 1.0)
        self.update()
        text = self.tr("Recording … {seconds:.1f} of {most:.1f} s")
        self.said.emit(text.format(seconds=min(seconds, self._seconds), most=self._seconds))

    def _finish(self, samples: FloatArray, rate: int) -> None:
        length = self._clips.shape[1]
        try:
            clip = recorded_clip(samples, rate, self._rate, length, usual_loudness(self._clips))
        except UserError as error:
            self.said.emit(f"{error.message} {error.hint}")
            return
        text = self.tr("Recorded: the {seconds:.1f} seconds with sound, as loud as the data.")
        self.said.emit(text.format(seconds=length / self._rate))
        self.made.emit(clip)

    def _show_state(self) -> None:
        recording = self.recorder.recording
        name = self.tr("Stop recording") if recording else self.tr("Record")
        self.setText(name)
        self.setAccessibleName(name)
        self.level = 0.0
        self._show_tip()

    def _show_tip(self) -> None:
        tip = self.tr(
            "Listens to the microphone for {seconds:.1f} seconds and takes the part where "
            "something sounds. Nothing is kept or sent."
        )
        self.setToolTip(self.recorder.refusal or tip.format(seconds=self._seconds))
