"""The view of clips of sound."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.data.encoding_sound import MelEncoder
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def no_clips(info: RunInfo) -> str | None:
    """Why there is no clip to look at, or None."""
    if not isinstance(info.encoder, MelEncoder) or not info.dataset.predicts_classes:
        return QT_TRANSLATE_NOOP("Views", "Only clips of sound have a spectrogram.")
    return None


def _spectrogram() -> QWidget:
    from visualiser.ui.views.spectrogram import SpectrogramView

    return SpectrogramView()


SPECTROGRAM: Final = ViewSpec(
    name="spectrogram",
    title=QT_TRANSLATE_NOOP("Views", "Spectrogram"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "A validation clip to look at and to hear, and what the model takes it for."
    ),
    create=_spectrogram,
    want=Want.PREDICTIONS,
    refuses=no_clips,
)
