"""A picture that is drawn, dropped or chosen, and what the model answers."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.core.data.picture_folders import png_of
from tests.ui.views.tried import Tried
from visualiser.ui.tries.picture import PictureMaker


def test_a_digit_of_the_data_comes_with_its_label_and_a_drawn_one_without(
    tried: Callable[..., Tried], qtbot: QtBot
) -> None:
    trial = tried("mnist_5k")
    maker = trial.page.maker
    assert isinstance(maker, PictureMaker)
    assert maker.truth() and trial.page.truth.text().endswith(maker.truth())
    middle = maker.canvas.rect().center()
    qtbot.mousePress(maker.canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 60))
    qtbot.mouseMove(maker.canvas, middle + QPoint(0, 60))
    qtbot.mouseRelease(maker.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 60))
    assert maker.truth() == "" and trial.page.truth.isHidden()
    assert np.asarray(maker.example()).any()
    maker.empty.click()
    assert not np.asarray(maker.example()).any()


def test_a_dropped_file_is_a_picture_or_a_sentence(
    tried: Callable[..., Tried], tmp_path: Path
) -> None:
    maker = tried("mnist_5k").page.maker
    assert isinstance(maker, PictureMaker)
    image = QImage(100, 60, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    for row in range(10, 50):
        for column in range(45, 55):
            image.setPixel(column, row, 0)
    path = tmp_path / "één 🙂.png"
    assert image.save(str(path))
    maker.open_file(str(path))
    picture = np.asarray(maker.example())[0, 0]
    assert picture.shape == (28, 28)
    assert picture[14, 14] > 0.9 and picture[0, 0] < 0.1  # dark ink on paper is turned round
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"PK\x03\x04 not a picture")
    maker.open_file(str(broken))
    assert "“broken.png” is no picture that can be read." in maker.words.text()
    huge = tmp_path / "huge.png"
    huge.write_bytes(png_of(50_000, 50_000))
    maker.open_file(str(huge))
    assert "“huge.png” is too large" in maker.words.text()
    assert "Make it smaller first." in maker.words.text()
    assert np.array_equal(np.asarray(maker.example())[0, 0], picture)


def test_a_picture_can_be_chosen_without_a_mouse(
    tried: Callable[..., Tried], tmp_path: Path, qtbot: QtBot
) -> None:
    maker = tried("mnist_5k").page.maker
    assert isinstance(maker, PictureMaker)
    path = tmp_path / "black.webp"
    black = QImage(300, 200, QImage.Format.Format_RGB888)
    black.fill(Qt.GlobalColor.black)
    assert black.save(str(path))
    maker.open_button.setFocus()
    qtbot.keyClick(maker.open_button, Qt.Key.Key_Space)
    (dialog,) = maker.findChildren(QFileDialog)
    assert "*.webp" in dialog.nameFilters()[0]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert not np.asarray(maker.example()).any() and not maker.truth()
