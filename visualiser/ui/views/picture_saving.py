"""Saving the picture of a view from its context menu, with a title and its legend."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QWidget

from visualiser.core.errors import UserError
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.message_bar import Message
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views import sheet
from visualiser.ui.views.legend import Entry, Legend, mark_width, paint_mark


class PictureSaving(QObject):
    """Gives a picture a context menu that saves it as it looks.

    Signals:
        message: a Message on what was saved, or why it could not be.
    """

    message = Signal(object)

    def __init__(
        self,
        picture: QWidget,
        name: str,
        title: str,
        legend: Legend,
        choice: QComboBox | None = None,
    ) -> None:
        """`name` is the file's name without its ending, `title` what the picture shows.

        Where `choice` decides what is shown, its text is part of the heading.
        """
        super().__init__(picture)
        self._picture, self._legend = picture, legend
        self._name, self._title, self._choice = name, title, choice
        self._palette = LIGHT
        self._snapshot: Snapshot | None = None
        self._suffix = "png"
        self.menu = QMenu(picture)
        for suffix, text in (
            ("png", self.tr("Save picture as PNG…")),
            ("svg", self.tr("Save picture as SVG…")),
        ):
            self.menu.addAction(text).setData(suffix)
        self.menu.triggered.connect(self._choose)
        picture.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        picture.customContextMenuRequested.connect(self._open_menu)

    def forget(self) -> None:
        """There is nothing to save until the next snapshot."""
        self._snapshot = None

    def follow(self, snapshot: Snapshot) -> None:
        """The picture shows this step now."""
        self._snapshot = snapshot

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette

    def _heading(self) -> str:
        """“Confusion matrix, clean twin · Handwritten digits · step 1,240”."""
        snapshot = self._snapshot
        assert snapshot is not None
        title = self._title
        if self._choice is not None and self._choice.count() > 1:
            title += f", {self._choice.currentText()}"
        return self.tr("{title} · {data} · step {step:,}").format(
            title=title, data=snapshot.info.dataset.title, step=snapshot.step
        )

    def save(self, suffix: str, path: Path) -> None:
        """Write “png” or “svg”, and say how it went."""
        page = self._sheet()
        try:
            if suffix == "png":
                sheet.save_png(page, path)
            else:
                sheet.save_svg(page, path, self._picture.accessibleDescription())
        except UserError as error:
            self.message.emit(Message(error.message, error.hint, "error", key="export"))
        else:
            text = self.tr("Saved “{name}”.").format(name=path.name)
            self.message.emit(Message(text, key="export"))

    def _sheet(self) -> sheet.Sheet:
        def paint(painter: QPainter, place: QRectF) -> None:
            painter.translate(place.topLeft())
            self._picture.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)

        keys = [self._key(entry) for entry in self._legend.entries]
        size = QSizeF(self._picture.size())
        font = self._picture.font()
        return sheet.Sheet(self._heading(), keys, size, paint, font, self._palette)

    def _key(self, entry: Entry) -> sheet.Key:
        def paint(painter: QPainter, box: QRectF) -> None:
            paint_mark(painter, box, entry, self._palette)

        width = mark_width(entry, self._picture.fontMetrics().height())
        return sheet.Key(entry.text, width, paint)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        for action in self.menu.actions():
            action.setEnabled(self._snapshot is not None)
        self.menu.popup(self._picture.mapToGlobal(place))

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        self._suffix = action.data()
        kind = self.tr("Picture (*.png)") if self._suffix == "png" else self.tr("Drawing (*.svg)")
        dialog = QFileDialog(self._picture, action.text().removesuffix("…"), "", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self._suffix)
        dialog.selectFile(f"{self._name}.{self._suffix}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_chosen)
        dialog.open()

    @Slot(str)
    def _save_chosen(self, path: str) -> None:
        self.save(self._suffix, Path(path))
