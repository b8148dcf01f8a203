"""Views of messages that are sorted into classes."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.questions.words import WORDS as WORD_PULLS
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _no_messages(info: RunInfo) -> str | None:
    if info.dataset.modality != "text" or not info.dataset.predicts_classes:
        return QT_TRANSLATE_NOOP("Views", "Only messages with classes have words that pull.")
    return None


def _words() -> QWidget:
    from visualiser.ui.views.words import WordsView

    return WordsView()


def _message() -> QWidget:
    from visualiser.ui.views.message import MessageView

    return MessageView()


WORDS: Final = ViewSpec(
    name="words",
    title=QT_TRANSLATE_NOOP("Views", "Words"),
    tip=QT_TRANSLATE_NOOP("Views", "The words that speak most for each class, as it learns."),
    create=_words,
    want=Want.answers_to(WORD_PULLS),
    refuses=_no_messages,
)

MESSAGE: Final = ViewSpec(
    name="message",
    title=QT_TRANSLATE_NOOP("Views", "Message"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "One message with its words coloured by what they do to the answer."
    ),
    create=_message,
    want=Want.PREDICTIONS,
    refuses=_no_messages,
)
