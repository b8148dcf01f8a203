from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from visualiser.ui.widgets.bar_rows import BarRows
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.plain_tip import plain_tip

NAME = "<s>no</s> & more"


def test_a_tooltip_shows_tags_of_somebodys_data_as_they_are():
    assert plain_tip("plain\ntext & more") == "plain\ntext & more"
    assert plain_tip(f"{NAME}\nand") == "<p>&lt;s&gt;no&lt;/s&gt; &amp; more<br>and</p>"


def test_headings_and_notes_of_bars_are_plain_text(qtbot):
    rows = BarRows(NAME)
    qtbot.addWidget(rows)
    rows.set_note(NAME)
    for label in rows.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_an_elided_name_is_plain_in_its_tooltip_too(qtbot):
    label = ElidedLabel(NAME)
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    assert label.elided
    assert "&lt;s&gt;" in label.toolTip()
