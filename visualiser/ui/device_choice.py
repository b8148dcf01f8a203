"""The device asked for, and the one that the run is really on."""

from PySide6.QtWidgets import QWidget

from visualiser.core.experiment import DeviceName
from visualiser.ui.widgets.controls import Choice

_DEVICES: dict[DeviceName, str] = {"auto": "Auto", "cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}


class DeviceChoice(Choice):
    """Reads “Auto (CPU)” while a run goes by itself, “CUDA → CPU” where it had to give way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(list(_DEVICES.items()), parent)
        self.setAccessibleName(self.tr("Device"))
        self._used = ""
        self._explain()

    def put(self, value: str) -> None:
        """Show the device asked for; on which one the run will be is not known yet."""
        if value != self.get():
            self._used = ""
        super().put(value)
        self._explain()

    def show_used(self, device_text: str) -> None:
        """Say on what the run is: “CPU, 1 thread” or “CUDA” and the name of the card."""
        if device_text != self._used:
            self._used = device_text
            self._explain()

    def _explain(self) -> None:
        for place, (name, title) in enumerate(_DEVICES.items()):
            text = self._with_used(name, title) if name == self.get() else title
            if text != self.itemText(place):
                self.setItemText(place, text)
        where = self.tr("Runs on: {device}.").format(device=self._used) + " " if self._used else ""
        self.setToolTip(where + self.tr("Choosing another device starts the run over."))

    def _with_used(self, name: DeviceName, title: str) -> str:
        kind, _, _ = self._used.partition(",")
        if not kind or kind == title:
            return title
        words = self.tr("Auto ({device})") if name == "auto" else f"{title} → {{device}}"
        return words.format(device=kind)
