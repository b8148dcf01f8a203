"""A network of dense layers as one sees it in a book, with its weights of now."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.network_picture import NetworkPicture
from visualiser.ui.views.picture_saving import PictureSaving


class NetworkView(QWidget):
    """The network picture and its legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = NetworkPicture(self)
        self.legend = Legend(self)
        self.saving = PictureSaving(self.picture, "network", self.tr("Network"), self.legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.picture, 1)
        layout.addWidget(self.legend)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run and lay out the new network."""
        self.saving.forget()
        self.picture.start_run(info)
        self.legend.show_entries(self._entries(info))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the weights of this step."""
        self.saving.follow(snapshot)
        self.picture.show_snapshot(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.picture.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _entries(self, info: RunInfo) -> tuple[Entry, ...]:
        width = self.tr(
            "A line is 1 to 10 pixels wide for weights of 0 to ±5, and has its full colour from ±1."
        )
        entries = [
            Entry("line", POSITIVE, self.tr("positive weight"), width),
            Entry("line", NEGATIVE, self.tr("negative weight"), width),
            Entry(
                "hollow",
                POSITIVE,
                self.tr("bias"),
                self.tr("The small ring at a neuron is its bias, in the colours of the weights."),
            ),
        ]
        if len(info.encoder.shape) > 1:
            tip = self.tr("The weights of a neuron, each at the place of its pixel.")
            entries.append(Entry("area", POSITIVE, self.tr("picture: what it looks for"), tip))
        elif info.dataset.modality == "points":
            tip = self.tr(
                "Blue where the neuron is positive, orange where it is negative, "
                "over the whole plane."
            )
            entries.append(Entry("area", POSITIVE, self.tr("picture: where it responds"), tip))
        return tuple(entries)
