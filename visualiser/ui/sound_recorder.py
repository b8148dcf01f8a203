"""Recording with what the system has, as clips are played (ui/sound_player.py).

A program in a process of its own, or PortAudio on a thread: the training goes on beside it and
takes no sample away. Nothing is written to the disk.
"""

import sys
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.recording_program import RecordingProgram, installed_programs
from visualiser.ui.recording_thread import RecordingThread, library_is_there

Microphone = RecordingProgram | RecordingThread
Way = Callable[[int], Microphone]
"""Makes one recording, from the samples a second that are wished for."""
_PATIENCE_MS = 3_000
"""For so long nothing may arrive: a program may wait for a microphone for ever."""


class SoundRecorder(QObject):
    """Makes one recording at a time.

    Signals:
        changed: a recording began or ended.
        heard: (n,) samples in −1…1 that are new, and the seconds heard with them.
        recorded: the whole, (n,) samples in −1…1, and how many of them are a second.
        failed: a sentence on why nothing could be recorded.
    """

    changed = Signal()
    heard = Signal(object, float)
    recorded = Signal(object, int)
    failed = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        ways: Sequence[Way] | None = None,
        patience_ms: int = _PATIENCE_MS,
    ) -> None:
        """`ways` are those of this system unless others are given."""
        super().__init__(parent)
        self._ways = list(_ways_here() if ways is None else ways)
        self._left: list[Way] = []
        self._microphone: Microphone | None = None
        self._wished, self._seconds, self._rate = 1, 0.0, 1
        self._pieces: list[FloatArray] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(patience_ms)
        self._patience.timeout.connect(self._give_up)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.cancel)

    @property
    def refusal(self) -> str:
        """Why nothing can be recorded here; empty where something may be."""
        if self._ways:
            return ""
        if sys.platform == "linux":
            return self.tr(
                "Nothing that records sound is installed: install pipewire-bin, pulseaudio-utils "
                "or alsa-utils."
            )
        return self.tr("The library sounddevice, which records sound, is missing.")

    @property
    def recording(self) -> bool:
        """Whether it listens now."""
        return self._microphone is not None

    def record(self, rate: int, seconds: float) -> None:
        """Listen for so long, at `rate` samples a second if the microphone gives them.

        Where nothing can be recorded, `failed` says why.
        """
        self.cancel()
        if self.refusal:
            self.failed.emit(self.refusal)
            return
        self._wished, self._seconds = rate, seconds
        self._left = list(self._ways)
        self._listen()
        self.changed.emit()

    def stop(self) -> None:
        """End now, with what was heard."""
        if not self.recording:
            return
        pieces = self._pieces
        self.cancel()
        if pieces:
            self.recorded.emit(np.concatenate(pieces), self._rate)
        else:
            self.failed.emit(self.tr("It was stopped before anything was recorded."))

    def cancel(self) -> None:
        """End now, and forget what was heard."""
        if self.recording:
            self._leave()
            self.changed.emit()

    def _listen(self) -> None:
        """In the first of the ways that are left."""
        self._pieces = []
        self._microphone = self._left[0](self._wished)
        self._microphone.setParent(self)
        self._microphone.arrived.connect(self._take)
        self._microphone.ended.connect(self._lose)
        self._patience.start()
        self._microphone.start()

    def _leave(self) -> None:
        microphone, self._microphone = self._microphone, None
        self._patience.stop()
        self._pieces = []
        if microphone is not None:
            microphone.stop()
            microphone.deleteLater()

    def _take(self, samples: FloatArray, rate: int) -> None:
        if not self._is_heard():
            return
        self._patience.start()
        self._pieces.append(samples)
        self._rate = rate
        count = sum(map(len, self._pieces))
        self.heard.emit(samples, count / rate)
        if count >= self._seconds * rate:
            self._remember_way()
            self.stop()

    def _is_heard(self) -> bool:
        """Whether the sender is under way; a thread that was left may have sent before."""
        return self.recording and self.sender() is self._microphone

    def _remember_way(self) -> None:
        """What works is tried first the next time: another may have kept the user waiting."""
        way = self._left[0]
        self._ways.remove(way)
        self._ways.insert(0, way)

    def _lose(self, why: str) -> None:
        """The microphone ended by itself."""
        if not self._is_heard():
            return
        if not why and self._pieces:
            self.stop()
        else:
            self._try_another(why or self.tr("it ended without a sound"))

    def _give_up(self) -> None:
        """Nothing came for long."""
        if self._pieces:
            self.stop()
        else:
            self._try_another(self.tr("nothing comes from a microphone"))

    def _try_another(self, why: str) -> None:
        """Another way may reach a microphone that this one does not."""
        assert self._microphone is not None
        name = self._microphone.name
        self._leave()
        del self._left[0]
        if self._left:
            self._listen()
            return
        self.changed.emit()
        sentence = self.tr("{name} cannot record: {reason}. Is a microphone connected and allowed?")
        self.failed.emit(sentence.format(name=name, reason=why.rstrip(".")))


def _ways_here() -> list[Way]:
    if sys.platform == "linux":
        return [partial(RecordingProgram, command) for command in installed_programs()]
    return [_by_library] if library_is_there() else []


def _by_library(rate: int) -> Microphone:
    """PortAudio is asked for the rate that the microphone has: not every system converts."""
    return RecordingThread()
