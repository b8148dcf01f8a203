"""Where a sweep is trained: this computer, or a cluster at an address."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.errors import UserError
from visualiser.ui.widgets.controls import Choice, Line

_HERE, _CLUSTER = "here", "cluster"


class PlaceBox(QWidget):
    """A choice, and an address where it is a cluster.

    Signals:
        edited: the user chose something else.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Choice([(_HERE, self.tr("this computer")), (_CLUSTER, self.tr("a cluster"))])
        self.kind.setAccessibleName(self.tr("Train on"))
        self.kind.setToolTip(
            self.tr("Where the runs are trained: processes of this computer, or a Dask cluster.")
        )
        self.address = Line()
        self.address.setPlaceholderText("tcp://192.168.0.5:8786")
        self.address.setAccessibleName(self.tr("Address of the scheduler"))
        self.address.setToolTip(self.tr("What “dask scheduler” prints when it is started."))
        self.note = QLabel(
            self.tr(
                "Only a scheduler that you trust: its processes run what they are sent. Each "
                "machine needs this program in the same version."
            )
        )
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        line = QFormLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addRow(self.tr("Train on"), self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        for widget in (self.address, self.note):
            layout.addWidget(widget)
        self.kind.edited.connect(self._turn)
        self.address.edited.connect(self.edited)
        self._turn()

    def scheduler(self) -> str:
        """The address; empty for this computer.

        Raises:
            UserError: a cluster without an address.
        """
        if self.kind.get() == _HERE:
            return ""
        address = self.address.get().strip()
        if not address:
            raise UserError(
                self.tr("The cluster has no address."),
                self.tr("Write that of its scheduler, as tcp://192.168.0.5:8786."),
            )
        return address

    def _turn(self) -> None:
        cluster = self.kind.get() == _CLUSTER
        self.address.setVisible(cluster)
        self.note.setVisible(cluster)
        self.edited.emit()
