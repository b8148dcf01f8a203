import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtTest import QTest

from visualiser.ui.widgets.grouped_choice import GroupedChoice

GROUPS = [("Fruit", [("a", "Apple"), ("p", "Pear")]), ("Trees", [("o", "Oak")])]


@pytest.fixture
def choice(qtbot):
    choice = GroupedChoice(GROUPS)
    qtbot.addWidget(choice)
    choice.show()
    return choice


def test_the_first_choice_is_chosen_not_its_heading(choice):
    assert (choice.get(), choice.currentText()) == ("a", "Apple")


def test_headings_are_seen_and_cannot_be_chosen(choice):
    texts = [choice.itemText(i) for i in range(choice.count())]
    assert texts == ["Fruit", "Apple", "Pear", "Trees", "Oak"]
    flags = [choice.model().item(i).flags() for i in range(choice.count())]
    chosen = [bool(f & Qt.ItemFlag.ItemIsSelectable) for f in flags]
    assert chosen == [False, True, True, False, True]


def test_headings_grow_with_the_text(choice, theme):
    heights = []
    for scale in (1.0, 2.0):
        theme.set_scale(scale)
        heading = choice.model().item(0).font()
        assert heading.bold()
        assert QFontInfo(heading).pixelSize() == QFontInfo(choice.font()).pixelSize()
        heights.append(QFontMetrics(heading).height())
    assert heights[1] > 1.5 * heights[0]


def test_arrow_keys_pass_over_headings_both_ways(choice):
    seen = []
    choice.edited.connect(lambda: seen.append(choice.get()))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(choice, key)
    assert choice.get() == "p"
    assert None not in seen
    QTest.keyClick(choice, Qt.Key.Key_Home)
    assert choice.get() == "a"
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.get() == "a"


@pytest.mark.parametrize(
    ("key", "found"), [(Qt.Key.Key_F, "a"), (Qt.Key.Key_T, "a"), (Qt.Key.Key_O, "o")]
)
def test_typing_finds_a_choice_and_no_heading(choice, key, found):
    QTest.keyClick(choice, key)
    assert choice.get() == found


def test_a_value_is_put_without_telling_anybody(choice, qtbot):
    with qtbot.assertNotEmitted(choice.edited):
        choice.put("o")
    assert choice.get() == "o"
