"""Recording on macOS and Windows, which bring no program for it: with PortAudio, on a thread.

PortAudio collects the samples by itself, and the thread fetches them from time to time: a callback
in Python would have to wait for the interpreter while a model trains.
"""

from importlib.util import find_spec
from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

from visualiser.core.data.pcm_stream import PcmStream

_EVERY = 0.05
"""Seconds between two looks for samples."""
_LIBRARY = "sounddevice"


class RecordingThread(QThread):
    """One recording of the system's usual microphone, at the rate that it has.

    Signals:
        arrived: (n,) samples in −1…1, and how many of them are a second.
        ended: it ended by itself, with the reason.
    """

    arrived = Signal(object, int)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = self.tr("The system")
        self._stopping = Event()

    def stop(self) -> None:
        """End it; nothing more is said of it."""
        self.blockSignals(True)
        self._stopping.set()
        self.wait()

    def run(self) -> None:
        try:
            self._record()
        # PortAudio's errors are of a class of the library, which may not even load.
        except Exception as error:
            self.ended.emit(str(error.args[0]) if error.args else type(error).__name__)

    def _record(self) -> None:
        import sounddevice

        rate = round(sounddevice.query_devices(kind="input")["default_samplerate"])
        stream = PcmStream(rate)
        with sounddevice.RawInputStream(rate, channels=1, dtype="int16", latency="high") as source:
            while not self._stopping.wait(_EVERY):
                count = source.read_available
                if count:
                    data, _ = source.read(count)
                    self.arrived.emit(stream.feed(bytes(data)), rate)


def library_is_there() -> bool:
    """Whether PortAudio can be asked; whether a microphone is there only shows when it is."""
    return find_spec(_LIBRARY) is not None
