"""A program of the system that records, in a process of its own, and writes to a pipe."""

import re

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal

from visualiser.core.data.pcm_stream import PcmStream
from visualiser.core.errors import UserError

PROGRAMS: tuple[tuple[str, ...], ...] = (
    # PipeWire's writes bare samples to “-” with --raw, and before it knew that word without.
    ("pw-record", "--raw", "--rate={rate}", "--channels=1", "--format=s16", "-"),
    ("pw-record", "--rate={rate}", "--channels=1", "--format=s16", "-"),
    ("parec", "--raw", "--rate={rate}", "--channels=1", "--format=s16le", "--latency-msec=50"),
    # ALSA may give another rate than was asked for, and says so in the header alone.
    ("arecord", "-q", "-t", "wav", "-f", "S16_LE", "-c", "1", "-r", "{rate}"),
)
"""Commands that write 16-bit sound of one channel to their output until they are ended, the best
first; PipeWire and PulseAudio convert to any rate."""
_WHERE_IN_SOURCE = re.compile(r"^\S+: (\w+:\d+: )?")
"""arecord begins its sentences with “arecord: main:831: ”."""
_KILL_MS = 500


class RecordingProgram(QObject):
    """One recording of one program.

    Signals:
        arrived: (n,) samples in −1…1, and how many of them are a second.
        ended: it ended by itself; with the reason, or nothing where it gave none.
    """

    arrived = Signal(object, int)
    ended = Signal(str)

    def __init__(self, command: tuple[str, ...], rate: int, parent: QObject | None = None) -> None:
        """`rate` takes the place of “{rate}” in the command."""
        super().__init__(parent)
        self.name = command[0]
        self._stream = PcmStream(rate)
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments([word.format(rate=rate) for word in command[1:]])
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._lose)

    def start(self) -> None:
        """Listen."""
        self._process.start()

    def stop(self) -> None:
        """End it; nothing more is said of it."""
        self.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(_KILL_MS)

    def _read(self) -> None:
        try:
            samples = self._stream.feed(bytes(self._process.readAllStandardOutput().data()))
        except UserError:
            self.ended.emit(self.tr("it gives sound in an unknown form"))
            return
        if len(samples):
            self.arrived.emit(samples, self._stream.rate)

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if not code and status == QProcess.ExitStatus.NormalExit:
            self.ended.emit("")
            return
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        last = said.strip().splitlines()[-1:] or [self.tr("it gave no reason")]
        self.ended.emit(_WHERE_IN_SOURCE.sub("", last[0]))

    def _lose(self, error: QProcess.ProcessError) -> None:
        """It did not even start; what ends otherwise is finished too."""
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(self._process.errorString())


def installed_programs() -> list[tuple[str, ...]]:
    """Those of the commands whose program is here."""
    return [command for command in PROGRAMS if QStandardPaths.findExecutable(command[0])]
