import re

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from visualiser.paths import assets_dir
from visualiser.ui.palette import CATEGORICAL, DARK, LIGHT, Palette, rgb
from visualiser.ui.style_sheet import style_sheet
from visualiser.ui.theme import LARGEST, SMALLEST, Theme


def contrast(first: str, second: str) -> float:
    """Contrast ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = []
        for value in rgb(colour):
            share = value / 255
            parts.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_of_either_theme_is_readable_on_every_ground(palette: Palette) -> None:
    for ground in (palette.window, palette.card, palette.sunken):
        for text in (palette.text, palette.muted, palette.accent, palette.spoiled, palette.danger):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(palette.on_accent, palette.accent) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_what_has_the_keyboard_stands_out(palette: Palette) -> None:
    assert contrast(palette.accent, palette.card) >= 3
    assert contrast(palette.accent, palette.border) >= 3


def test_classes_have_colours_of_their_own() -> None:
    assert len(set(CATEGORICAL)) == len(CATEGORICAL) >= 10


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [SMALLEST, 1.3, LARGEST])
def test_the_style_sheet_is_understood_and_its_pictures_exist(
    qapp: QApplication, qtbot: QtBot, palette: Palette, scale: float
) -> None:
    sheet = style_sheet(palette, scale, "Inter")
    combo = QComboBox()
    qtbot.addWidget(combo)
    combo.setStyleSheet(sheet)  # Qt warns of what it cannot parse, and a warning fails the test
    combo.show()
    assert sheet.count("{") == sheet.count("}")
    for part in sheet.split('url("')[1:]:
        assert (assets_dir() / "icons" / part.split('"')[0].rsplit("/", 1)[1]).is_file()


def test_the_program_brings_its_typeface(theme: Theme, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Inter"


def test_a_theme_is_in_force_once_it_is_applied(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    font = qapp.font()
    chosen = Theme(qapp, "dark", 1.5)
    assert (chosen.palette, chosen.scale) == (DARK, 1.5)
    assert qapp.font() == font
    with qtbot.waitSignal(chosen.palette_changed) as changed:
        chosen.apply()
    assert changed.args == [DARK]
    assert qapp.font().pixelSize() == round(1.5 * font.pixelSize())
    chosen.deleteLater()
    theme.set_mode("dark")  # so that its light is put on again after the test


def test_choosing_a_theme_changes_every_widget_and_says_so(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.text
    with qtbot.waitSignal(theme.palette_changed) as changed:
        theme.set_mode("dark")
    assert changed.args == [DARK]
    assert theme.palette == DARK
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == DARK.text


def test_choosing_what_is_chosen_costs_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.palette_changed):
        theme.set_mode("light")
        theme.set_scale(theme.scale)


def test_text_grows_to_twice_its_size_and_no_further(theme: Theme, qapp: QApplication) -> None:
    usual = qapp.font().pixelSize()
    theme.set_scale(5)
    assert theme.scale == LARGEST
    assert qapp.font().pixelSize() == 2 * usual
    theme.set_scale(0.1)
    assert theme.scale == SMALLEST
    assert qapp.font().pixelSize() == usual


def test_widgets_that_stand_grow_with_the_text(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Open the exam…")
    figure = QLabel("94.1 %")
    figure.setProperty("role", "figure")
    for widget in (button, figure):
        qtbot.addWidget(widget)
        widget.show()
    before = [widget.sizeHint().height() for widget in (button, figure)]
    theme.set_scale(2)
    after = [widget.sizeHint().height() for widget in (button, figure)]
    assert all(new > 1.6 * old for new, old in zip(after, before, strict=True))


def test_a_figure_is_larger_than_text_and_warns_when_spoiled(theme: Theme, qtbot: QtBot) -> None:
    text, figure = QLabel("94.1 %"), QLabel("94.1 %")
    figure.setProperty("role", "figure")
    figure.setProperty("spoiled", True)
    for label in (text, figure):
        qtbot.addWidget(label)
        label.ensurePolished()
    assert figure.fontInfo().pixelSize() > 1.5 * text.fontInfo().pixelSize()
    assert figure.palette().color(QPalette.ColorRole.WindowText).name() == LIGHT.spoiled


@pytest.mark.parametrize("step", range(21))
def test_round_marks_stay_round_at_every_size(step: int) -> None:
    sheet = style_sheet(LIGHT, 1 + step / 20, "Inter")

    def pixels(rule: str, name: str) -> int:
        body = re.search(re.escape(rule) + r"\s*\{(.*?)\}", sheet, re.DOTALL)
        assert body is not None
        return int(re.search(rf"[ {{\n]{name}: -?(\d+)px", " " + body[1])[1])

    knob, groove = "QSlider::handle:horizontal", "QSlider::groove:horizontal"
    border = int(re.search(r"handle:horizontal \{[^}]*border: (\d+)px", sheet)[1])
    wide = pixels(knob, "width") + 2 * border
    high = pixels(groove, "height") + 2 * pixels(knob, "margin")
    assert wide == high
    assert high - 1 <= 2 * pixels(knob, "border-radius") <= high
    assert 2 * pixels(groove, "border-radius") <= pixels(groove, "height")
    dot = round(14 * (1 + step / 20)) + 2
    assert dot - 1 <= 2 * pixels("QRadioButton::indicator", "border-radius") <= dot
