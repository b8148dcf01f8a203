"""A picture that the user draws, drops or takes from the data."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Features, FloatArray
from visualiser.core.data.drawn_picture import Manner, border_of, centred, manner_of
from visualiser.core.data.ink_on_paper import LONGEST, ink_of
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_picture_file import (
    GREY,
    MOST_PIXELS,
    SUFFIXES,
    TooLarge,
    Unreadable,
    bombs_refused,
    read_picture,
    read_whole,
)
from visualiser.core.errors import UserError
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette
from visualiser.ui.tries.canvas import Canvas
from visualiser.ui.tries.spec import Maker
from visualiser.ui.tries.taken import TakeAnother
from visualiser.ui.widgets.elided_label import ElidedLabel


class PictureMaker(Maker):
    """A canvas for grey pictures; coloured ones are taken from the data or dropped as a file."""

    is_square = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = np.zeros((1, 28, 28), dtype=np.float32)
        self._manner = Manner()
        self._taken = False
        self.canvas = Canvas(self)
        self.take = TakeAnother(self)
        self._files: QFileDialog | None = None
        self.open_button = QPushButton(self.tr("Open…"), self)
        self.open_button.setToolTip(
            self.tr("A PNG, JPEG, WebP … file of yours; it may be dropped on the picture too.")
        )
        self.open_button.setAccessibleName(self.tr("Open a picture"))
        self.empty = QPushButton(self.tr("Clear"), self)
        self.empty.setToolTip(self.tr("An empty canvas. The right button of the mouse erases."))
        self.hint = ElidedLabel()
        self.hint.setProperty("role", "muted")
        self.below = (self.take, self.open_button, self.empty, self.hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.canvas.drawn.connect(self._draw)
        self.canvas.dropped.connect(self.open_file)
        self.open_button.clicked.connect(self._ask)
        self.empty.clicked.connect(self._clear)
        self.take.taken.connect(self._take)

    def start_run(self, info: RunInfo) -> None:
        """Pictures of another data set: begin with one of them."""
        self.take.start_run(info)
        pictures = np.asarray(info.split.train.features)
        grey = pictures.shape[1] == 1
        manner = manner_of(pictures, info.dataset.class_names) if grey else Manner()
        alike = pictures.shape[1:] == self._picture.shape and manner == self._manner
        kept = alike and grey and not self._taken and self._manner.as_ink(self._picture).any()
        self._manner = manner
        self.canvas.can_draw = grey
        self.empty.setVisible(grey)
        self.hint.setText(self.tr("Or draw your own.") if grey else "")
        self.hint.setVisible(grey)
        if not kept:
            self._show_taken()

    def example(self) -> Features:
        """(1, C, H, W) in 0…1."""
        return self._picture[None]

    def truth(self) -> str:
        """Known of a picture that was taken from the data."""
        return self.take.label_text() if self._taken else ""

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.canvas.apply_palette(palette)

    def open_file(self, path: str) -> None:
        """Use a picture of the user's; one that cannot be read leaves things as they are."""
        name = isolated(Path(path).name)
        try:
            picture, how = self._read(Path(path))
        except TooLarge as reason:
            text = self.tr(
                "“{name}” is {reason}. Make it smaller first. "
                "At most {most} million pixels can be read."
            )
            self.say(text.format(name=name, reason=reason, most=MOST_PIXELS // 1_000_000))
            return
        except Unreadable as reason:
            text = self.tr("“{name}” is {reason}. Open a PNG or JPEG file.")
            self.say(text.format(name=name, reason=reason))
            return
        except UserError as error:
            self.say(str(error))
            return
        self._use(picture, taken=False)
        self.say(how.format(name=name))
        self.canvas.show_picture(picture)
        self.changed.emit()

    def _read(self, path: Path) -> tuple[FloatArray, str]:
        """A file as a picture (C, H, W) in 0…1 like those of the data, and how it became one.

        Raises:
            Unreadable: it cannot be used.
            UserError: pictures cannot be read here.
        """
        channels, side, _ = self._picture.shape
        with bombs_refused():
            if self._manner.written:
                return self._read_written(path, side)
            colours = _shares(read_picture(path, side, "crop"))
        if channels > 1:
            how = self.tr("“{name}”, cut to a square and made as small as those of the data.")
            return colours.transpose(2, 0, 1), how
        grey = (colours @ GREY)[None]
        if _has_light_ground(grey) == self._manner.light_ground:
            how = self.tr(
                "“{name}”, made grey, cut to a square and made as small as those of the data."
            )
            return grey, how
        how = self.tr(
            "“{name}”, made grey, cut to a square and made as small as those of the data; "
            "dark and light have changed places."
        )
        return 1 - grey, how

    def _read_written(self, path: Path, side: int) -> tuple[FloatArray, str]:
        """The ink of a photograph or scan alone, whatever its paper, as (1, H, W)."""
        ink = ink_of(_shares(read_whole(path, LONGEST)) @ GREY)
        if not ink.any():
            return self._blank(), self.tr("“{name}” shows nothing that stands out from its ground.")
        picture = self._manner.as_ink(centred(ink, side, self._manner.filled)[None])
        return picture, self.tr(
            "What is written on “{name}”, sized and centred as the pictures of the data are."
        )

    def _ask(self) -> None:
        endings = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        self._files = QFileDialog(self, self.tr("Open a picture"))
        self._files.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._files.setNameFilters([self.tr("Pictures ({endings})").format(endings=endings)])
        self._files.fileSelected.connect(self.open_file)
        self._files.open()

    def _draw(self) -> None:
        ink = self.canvas.ink
        assert ink is not None
        drawn = centred(ink, self._picture.shape[1], self._manner.filled)[None]
        self._use(self._manner.as_ink(drawn), taken=False)
        self.say(self.tr("Sized and centred as the pictures of the data are."))
        self.changed.emit()

    def _clear(self) -> None:
        self.canvas.clear()
        self.say("")
        self._use(self._blank(), taken=False)
        self.changed.emit()

    def _take(self) -> None:
        self._show_taken()
        self.changed.emit()

    def _show_taken(self) -> None:
        self._use(np.asarray(self.take.features())[0], taken=True)
        self.say("")
        self.canvas.show_picture(self._picture)

    def _blank(self) -> FloatArray:
        return np.full_like(self._picture, self._manner.ground)

    def _use(self, picture: FloatArray, taken: bool) -> None:
        self._picture, self._taken = picture, taken


def _shares(colours: NDArray[np.uint8]) -> FloatArray:
    """Bytes as 0…1."""
    return colours.astype(np.float32) / np.float32(255)


def _has_light_ground(grey: FloatArray) -> bool:
    """Whether a picture (1, H, W) is light at its edges."""
    return bool(border_of(grey).mean() > 0.5)
