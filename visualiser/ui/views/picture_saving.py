"""Saving the picture of a view from its context menu, with a title and its legend."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QPoint, QRect, QRectF, QSizeF, Qt, Slot
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from visualiser.core.data.isolated_name import isolated
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views import sheet
from visualiser.ui.views.legend import Entry, Legend, mark_width, paint_mark
from visualiser.ui.views.saving_menu import SavingMenu


class PictureSaving(SavingMenu):
    """Gives a picture a context menu that saves it as it looks."""

    def __init__(
        self,
        picture: QWidget,
        name: str,
        title: str,
        legend: Legend | None = None,
        chosen: Callable[[], str] | None = None,
        part: Callable[[], QRect] | None = None,
    ) -> None:
        """`name` is the file's name without its ending, `title` what the picture shows.

        Where the user decides what is shown, `chosen` names it, or is empty where there is no
        choice; it is part of the heading. `part` is what of the picture is worth saving, in its
        pixels; all that is in sight without it.
        """
        super().__init__(picture, name)
        self._picture, self._legend = picture, legend
        self._title, self._chosen, self._part = title, chosen, part
        self._palette = LIGHT
        self._snapshot: Snapshot | None = None
        self._headed = True
        self._offer("png", self.tr("Save picture as PNG…"), self.tr("Picture (*.png)"))
        self._offer("svg", self.tr("Save picture as SVG…"), self.tr("Drawing (*.svg)"))
        picture.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        picture.customContextMenuRequested.connect(self._open_here)

    def forget(self) -> None:
        """There is nothing to save until the next snapshot."""
        self._snapshot = None

    def follow(self, snapshot: Snapshot) -> None:
        """The picture shows this step now."""
        self._snapshot = snapshot

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette

    def drawing(self, width: int, height: int) -> tuple[bytes, int, int] | None:
        """The picture in that size with its legend alone, as a PNG; None if there is none.

        Returns its bytes, and the width and height at which it is to be shown.
        """
        if self._snapshot is None:
            return None
        self._picture.setFixedSize(width, max(height, self._picture.minimumSizeHint().height()))
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._headed = False
        drawn = self._sheet()
        self._headed = True
        return bytes(sheet.png_of(drawn).data()), round(drawn.width), round(drawn.height)

    def _something(self) -> bool:
        return self._snapshot is not None

    def _write(self, suffix: str, path: Path) -> None:
        drawn = self._sheet()
        if suffix == "png":
            sheet.save_png(drawn, path)
        else:
            sheet.save_svg(drawn, path, self._picture.accessibleDescription())

    def _heading(self) -> str:
        """“Confusion matrix, clean twin · Handwritten digits · step 1,240”."""
        snapshot = self._snapshot
        assert snapshot is not None
        title = self._title
        if self._chosen is not None and (chosen := self._chosen()):
            title += f", {chosen}"
        return self.tr("{title} · {data} · step {step:,}").format(
            title=title, data=isolated(snapshot.info.dataset.title), step=snapshot.step
        )

    def _sheet(self) -> sheet.Sheet:
        picture = self._picture
        # Scroll bars mean nothing on paper.
        seen = picture.viewport() if isinstance(picture, QAbstractScrollArea) else picture
        part = seen.rect() if self._part is None else self._part()

        def paint(painter: QPainter, place: QRectF) -> None:
            painter.translate(place.topLeft())
            seen.render(painter, QPoint(), QRegion(part), QWidget.RenderFlag.DrawChildren)

        entries = () if self._legend is None else self._legend.entries
        keys = [self._key(entry) for entry in entries]
        size, font = QSizeF(part.size()), picture.font()
        heading = self._heading() if self._headed else ""
        return sheet.Sheet(heading, keys, size, paint, font, self._palette)

    def _key(self, entry: Entry) -> sheet.Key:
        def paint(painter: QPainter, box: QRectF) -> None:
            paint_mark(painter, box, entry, self._palette)

        width = mark_width(entry, self._picture.fontMetrics().height())
        return sheet.Key(entry.text, width, paint)

    @Slot(QPoint)
    def _open_here(self, place: QPoint) -> None:
        self.open_menu(self._picture.mapToGlobal(place))
