"""What is to be said of a message that the model cannot read, or not to its end."""

from PySide6.QtCore import QCoreApplication

from visualiser.core.data.known_words import knowledge_of
from visualiser.core.training.snapshot import RunInfo


def unread_words(info: RunInfo, message: str) -> str:
    """That an answer says nothing of the message, where no word of it is known; else empty."""
    knowledge = knowledge_of(message, info.encoder)
    if knowledge == "words":
        return ""
    if knowledge == "unknown words":
        return _tr(
            "The model knows no word of this message: the answer is the one to any unknown words."
        )
    if info.dataset.predicts_classes:
        return _tr(
            "The model knows no word of this message: the answer comes from its biases alone, "
            "which mostly learn how frequent the classes are."
        )
    return _tr(
        "The model knows no word of this message: the answer comes from its biases alone, and is "
        "roughly the usual one."
    )


def cut_words(text: str, longest: int) -> str:
    """That only the beginning of `text` is read, where it is longer than that; else empty."""
    if len(text) <= longest:
        return ""
    return _tr("Only the first {count:,} characters are read.").format(count=longest)


def _tr(text: str) -> str:
    return QCoreApplication.translate("KnownWords", text)
