"""Playing a clip with what the system has; the program brings no sound library of its own.

PySide6-Essentials has no QtMultimedia, and the whole PySide6 is hundreds of MB more. A player in a
process of its own never stutters, whereas a library inside this one would wait for the interpreter
while a model trains. Windows has one built in, macOS has afplay, and every Linux desktop has at
least one of PipeWire's, PulseAudio's and ALSA's.
"""

import sys
import wave
from collections.abc import Sequence
from math import ceil
from pathlib import Path

import numpy as np
from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QProcess,
    QStandardPaths,
    QTemporaryDir,
    QTimer,
    Signal,
)

from visualiser.core.data.dataset import FloatArray

PROGRAMS: tuple[tuple[str, ...], ...] = (
    (("afplay",),) if sys.platform == "darwin" else (("pw-play",), ("paplay",), ("aplay", "-q"))
)
"""Commands that play the WAV file behind them, the best first."""
_LOUDEST = 32_767
_KILL_MS = 500


class SoundPlayer(QObject):
    """Plays one clip at a time.

    Signals:
        changed: a clip began or ended.
        failed: a sentence on why no player could play it.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, parent: QObject | None = None, programs: Sequence[tuple[str, ...]] = PROGRAMS
    ) -> None:
        super().__init__(parent)
        self._built_in = sys.platform == "win32" and programs is PROGRAMS
        self._programs = [command for command in programs if _is_there(command[0])]
        self._folder: QTemporaryDir | None = None
        self._process: QProcess | None = None
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.changed)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    @property
    def refusal(self) -> str:
        """Why nothing can be played here; empty where something can."""
        if self._built_in or self._programs:
            return ""
        if sys.platform == "darwin":
            return self.tr("The system's player afplay is missing.")
        return self.tr(
            "Nothing that plays sound is installed: install pipewire-bin, pulseaudio-utils or "
            "alsa-utils."
        )

    @property
    def playing(self) -> bool:
        """Whether a clip is heard now."""
        return self._process is not None or self._end.isActive()

    def play(self, clip: FloatArray, sample_rate: int) -> None:
        """Play (samples,) in −1…1 instead of what is heard now.

        Where it cannot be, `failed` says why.
        """
        self.stop()
        if self.refusal:
            self.failed.emit(self.refusal)
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        file = Path(self._folder.filePath("clip.wav"))
        try:
            write_wav(file, clip, sample_rate)
        except OSError as error:
            self.failed.emit(self.tr("The clip cannot be written: {reason}.").format(reason=error))
            return
        if self._built_in:
            _play_on_windows(file)
            self._end.start(ceil(1000 * len(clip) / sample_rate))
        else:
            self._start(str(file))
        self.changed.emit()

    def stop(self) -> None:
        """Fall silent."""
        if not self.playing:
            return
        if self._built_in:
            self._end.stop()
            _play_on_windows(None)
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(_KILL_MS)
            process.deleteLater()
        self.changed.emit()

    def _start(self, file: str) -> None:
        """With the first program that has not failed yet."""
        program, *options = self._programs[0]
        process = QProcess(self)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._lose)
        self._process = process
        process.start(program, [*options, file])

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self.sender()
        if process is not self._process or self._process is None:
            return  # it was stopped
        arguments = self._process.arguments()
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._process.deleteLater()
        self._process = None
        if code or status == QProcess.ExitStatus.CrashExit:
            self._try_another(arguments[-1], said)
        else:
            self.changed.emit()

    def _lose(self, error: QProcess.ProcessError) -> None:
        """It did not even start; what ends otherwise is finished too."""
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            process, self._process = self._process, None
            process.deleteLater()
            self._try_another(process.arguments()[-1], process.errorString())

    def _try_another(self, file: str, said: str) -> None:
        """The next program may reach a loudspeaker that this one does not."""
        if len(self._programs) > 1:
            del self._programs[0]
            self._start(file)
            return
        last = said.strip().splitlines()[-1:] or [self.tr("it gave no reason")]
        sentence = self.tr("{program} cannot play: {reason}.")
        self.changed.emit()
        self.failed.emit(sentence.format(program=self._programs[0][0], reason=last[0].rstrip(".")))


def write_wav(file: Path, clip: FloatArray, sample_rate: int) -> None:
    """(samples,) in −1…1 as 16-bit PCM, which every player knows.

    Raises:
        OSError: the file cannot be written.
    """
    values = np.clip(np.asarray(clip, dtype=np.float64), -1, 1) * _LOUDEST
    with wave.open(str(file), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(sample_rate)
        writer.writeframes(np.round(values).astype("<i2").tobytes())


def _is_there(program: str) -> bool:
    return bool(QStandardPaths.findExecutable(program))


def _play_on_windows(file: Path | None) -> None:
    """Without waiting; None stops what is heard."""
    if sys.platform == "win32":
        import winsound

        if file is None:
            winsound.PlaySound(None, winsound.SND_PURGE)
        else:
            flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
            winsound.PlaySound(str(file), flags)
