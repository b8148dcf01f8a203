from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui import message_bar
from visualiser.ui.message_bar import MOST_KEPT, MOST_SHOWN, Message, MessageBar, told_html


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    made = MessageBar()
    layout.addWidget(made)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made  # not returned: the window has to outlive the test


def texts(bar: MessageBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def test_takes_no_room_while_there_is_nothing_to_say(bar: MessageBar) -> None:
    assert not bar.isVisible()


def test_says_what_happened_then_what_to_do(bar: MessageBar) -> None:
    bar.show_message(Message("The file is empty.", "Choose another file."))
    assert bar.isVisible()
    assert texts(bar) == ["The file is empty. Choose another file."]


def test_a_message_with_the_same_key_takes_the_place_of_the_older(bar: MessageBar) -> None:
    bar.show_message(Message("Loaded.", key="file"))
    bar.show_message(Message("Other.", key="other"))
    bar.show_message(Message("Saved.", key="file"))
    assert [message.text for message in bar.messages] == ["Saved.", "Other."]


def test_messages_without_a_key_do_not_replace_each_other(bar: MessageBar) -> None:
    bar.show_message(Message("One."))
    bar.show_message(Message("Two."))
    assert len(bar.messages) == 2


def test_keeps_the_newest_few(bar: MessageBar) -> None:
    for number in range(MOST_SHOWN + 2):
        bar.show_message(Message(str(number), kind="error"))
    newest = [str(number) for number in reversed(range(2, MOST_SHOWN + 2))]
    assert [message.text for message in bar.messages] == newest


def test_escape_closes_all(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message(Message("One.", kind="error"))
    bar.show_message(Message("Two.", kind="warning"))
    qtbot.keyClick(bar.window(), Qt.Key.Key_Escape)
    assert bar.messages == ()
    assert not bar.isVisible()


def test_each_message_has_a_button_that_closes_only_it(bar: MessageBar, qtbot: QtBot) -> None:
    bar.show_message(Message("Old.", kind="error"))
    bar.show_message(Message("New.", kind="error"))
    buttons = bar.findChildren(message_bar.QToolButton)
    old = next(b for b in buttons if b.parentWidget().accessibleName() == "Old.")
    qtbot.mouseClick(old, Qt.MouseButton.LeftButton)
    assert [message.text for message in bar.messages] == ["New."]


@pytest.mark.parametrize("kind", ["warning", "error"])
def test_what_went_wrong_stays_until_it_is_closed(
    bar: MessageBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(message_bar, "_INFO_SHOWN_FOR_MS", 1)
    bar.show_message(Message("Wrong.", kind=kind))  # type: ignore[arg-type]
    bar.show_message(Message("Saved."))
    qtbot.waitUntil(lambda: len(bar.messages) == 1)
    assert bar.messages[0].text == "Wrong."


def test_information_goes_as_soon_as_the_user_does_the_next_thing_and_has_had_time_to_read(
    bar: MessageBar, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar.show_message(Message("Wrong.", kind="error"))
    bar.show_message(Message("Saved."))
    bar.move_on()
    assert [message.text for message in bar.messages] == ["Saved.", "Wrong."]
    monkeypatch.setattr(message_bar, "_LEAST_SHOWN_FOR_MS", 0)
    bar.move_on()
    qtbot.waitUntil(lambda: [message.text for message in bar.messages] == ["Wrong."])


def test_messages_that_have_gone_can_be_read_again(bar: MessageBar) -> None:
    bar.show_message(Message("The file is empty.", "Choose another <file>.", "error"))
    bar.show_message(Message("It rose to 200 times.", key="advice"))
    bar.show_message(Message("It rose to 300 times.", key="advice"))
    bar.clear()
    assert [told.message.text for told in bar.told] == [
        "It rose to 300 times.",
        "The file is empty.",
    ]
    page = told_html(bar.told, "Last messages", "None.")
    assert "The file is empty. Choose another &lt;file&gt;." in page
    assert told_html((), "Last messages", "None.").endswith("None.")


def test_only_the_last_messages_are_kept(bar: MessageBar) -> None:
    for number in range(MOST_KEPT + 5):
        bar.show_message(Message(str(number)))
    assert len(bar.told) == MOST_KEPT
    assert bar.told[0].message.text == str(MOST_KEPT + 4)


def test_screen_readers_are_told_at_once_what_went_wrong(
    bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: heard.append((event.message(), event.politeness())),
    )
    bar.show_message(Message("Saved."))
    bar.show_message(Message("Wrong.", "Mend it.", "error"))
    politeness = QAccessible.AnnouncementPoliteness
    assert heard == [("Saved.", politeness.Polite), ("Wrong. Mend it.", politeness.Assertive)]


def test_a_reason_that_is_gone_takes_its_message_along(bar: MessageBar) -> None:
    bar.show_message(Message("Diverged.", kind="warning", key="advice"))
    bar.show_message(Message("Saved.", key="file"))
    bar.withdraw("advice")
    assert [message.key for message in bar.messages] == ["file"]


def test_markup_in_a_message_is_shown_as_it_is(bar: MessageBar) -> None:
    bar.show_message(Message("Column “<b>price</b>” is empty.", kind="error"))
    label = next(label for label in bar.findChildren(QLabel) if "price" in label.text())
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_long_message_wraps_instead_of_widening_the_window(bar: MessageBar) -> None:
    bar.window().resize(400, 300)
    bar.show_message(Message("A sentence that goes on and on. " * 20, kind="error"))
    assert bar.minimumSizeHint().width() < 400
