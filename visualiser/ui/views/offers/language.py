"""Views of models that write text on."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.models.language_layers import Attention
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def no_text(info: RunInfo) -> str | None:
    """Why a view of models of text has nothing to show, or None."""
    if info.dataset.modality != "characters":
        return QT_TRANSLATE_NOOP(
            "Views", "Only a model that learns to write text on has something to show here."
        )
    return None


def _no_attention(info: RunInfo) -> str | None:
    if not any(isinstance(layer, Attention) for layer in info.layers):
        return no_text(info) or QT_TRANSLATE_NOOP(
            "Views", "Only a transformer looks back by attention; choose the small GPT."
        )
    return None


def _writing() -> QWidget:
    from visualiser.ui.views.writing import WritingView

    return WritingView()


def _next_character() -> QWidget:
    from visualiser.ui.views.next_character import NextCharacterView

    return NextCharacterView()


def _attention() -> QWidget:
    from visualiser.ui.views.attention import AttentionView

    return AttentionView()


WRITING: Final = ViewSpec(
    name="writing",
    title=QT_TRANSLATE_NOOP("Views", "Text"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "What the models write, again and again while they learn, from your beginning."
    ),
    create=_writing,
    want=Want.NOTHING,
    refuses=no_text,
)

NEXT_CHARACTER: Final = ViewSpec(
    name="next_character",
    title=QT_TRANSLATE_NOOP("Views", "Next character"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "Type a beginning, and see which character the models expect after it."
    ),
    create=_next_character,
    want=Want.NOTHING,
    refuses=no_text,
)

ATTENTION: Final = ViewSpec(
    name="attention",
    title=QT_TRANSLATE_NOOP("Views", "Attention"),
    tip=QT_TRANSLATE_NOOP("Views", "Which characters a head of the transformer looks back at."),
    create=_attention,
    want=Want.NOTHING,
    refuses=_no_attention,
)
