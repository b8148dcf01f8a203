"""The marks of a picture and their words."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.widgets.paragraph import Phrase

MINE, TWIN = Entry("dot", "spoiled", "your model: 3"), Entry("hollow", "accent", "clean twin: 5")


def words(legend: Legend) -> list[Phrase]:
    return [word for word in legend.findChildren(Phrase) if word.isVisibleTo(legend)]


def test_other_words_for_the_same_marks_make_no_widgets_anew(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_entries((MINE, TWIN))
    before = words(legend)
    other = replace(MINE, text="your model: 8", tip="more")
    legend.show_entries((other, TWIN))
    assert words(legend) == before
    assert [word.text() for word in before] == ["your model: 8", "clean twin: 5"]
    assert legend.accessibleDescription() == "your model: 8, clean twin: 5"
    assert legend.entries == (other, TWIN)


def test_another_mark_is_another_entry(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_entries((MINE, TWIN))
    legend.show_entries((replace(MINE, colour="accent"),))
    assert [word.text() for word in words(legend)] == ["your model: 3"]
