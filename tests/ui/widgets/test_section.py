import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from visualiser.ui.widgets.section import Section


@pytest.fixture
def section(qtbot):
    section = Section(2, "Data quality", QLabel("content"))
    section.emitted = []
    section.folded_changed.connect(section.emitted.append)
    qtbot.addWidget(section)
    section.show()
    return section


def test_a_click_on_the_heading_folds_and_unfolds(section):
    QTest.mouseClick(section.header, Qt.MouseButton.LeftButton)
    assert not section.content.isVisible()
    QTest.mouseClick(section.header, Qt.MouseButton.LeftButton)
    assert section.content.isVisible()
    assert section.emitted == [True, False]


@pytest.mark.parametrize(
    ("key", "folded"),
    [
        (Qt.Key.Key_Space, True),
        (Qt.Key.Key_Return, True),
        (Qt.Key.Key_Left, True),
        (Qt.Key.Key_Right, False),
    ],
)
def test_it_folds_by_keyboard(section, key, folded):
    QTest.keyClick(section.header, key)
    assert section.folded is folded


def test_setting_folded_to_what_it_is_says_nothing(section):
    section.folded = False
    assert section.emitted == []
    section.folded = True
    section.folded = True
    assert section.emitted == [True]


def test_the_heading_is_named_for_screen_readers(section):
    assert section.header.accessibleName() == "2 Data quality"
