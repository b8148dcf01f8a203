import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from visualiser.ui.icons import icon

NAMES = ("play", "pause", "step", "epoch", "reset", "menu")


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_painted_in_its_colour_inside_its_square(qapp: QApplication, name: str) -> None:
    picture = icon(name, "#0b69b7").pixmap(48).toImage()
    width, height = picture.width(), picture.height()
    inked = [
        (x, y)
        for x in range(width)
        for y in range(height)
        if picture.pixelColor(x, y).alpha() > 200
    ]
    assert len(inked) > 0.03 * width * height
    assert all(0 < x < width - 1 and 0 < y < height - 1 for x, y in inked)
    assert picture.pixelColor(*inked[len(inked) // 2]).name() == QColor("#0b69b7").name()


def test_no_two_icons_look_alike(qapp: QApplication) -> None:
    pictures = [icon(name, "#000000").pixmap(24).toImage() for name in NAMES]
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[:i])
