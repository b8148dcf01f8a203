"""Views of what answers rest on, and of what of its data a model gives away."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.questions.saliency import can_be_looked_at
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec
from visualiser.ui.views.offers.language import no_text


def _no_parts(info: RunInfo) -> str | None:
    dataset = info.dataset
    answered = dataset.predicts_classes or dataset.predicts_amounts
    if answered and can_be_looked_at(dataset.modality):
        return None
    return QT_TRANSLATE_NOOP(
        "Views", "Only one answer to one example can be taken apart into what speaks for it."
    )


def _never(info: RunInfo) -> str | None:
    return None


def _looked_at() -> QWidget:
    from visualiser.ui.views.looked_at import LookedAtView

    return LookedAtView()


def _secret() -> QWidget:
    from visualiser.ui.views.secret import SecretView

    return SecretView()


def _removal() -> QWidget:
    from visualiser.ui.views.removal import RemovalView

    return RemovalView()


LOOKED_AT: Final = ViewSpec(
    name="looked_at",
    title=QT_TRANSLATE_NOOP("Views", "Looked at"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "What of an example speaks for the answer, and whether the model goes by a clue."
    ),
    create=_looked_at,
    want=Want.PREDICTIONS,
    refuses=_no_parts,
    sides=frozenset({"Bias", "Relevance", "Permissions"}),
)

SECRET: Final = ViewSpec(
    name="secret",
    title=QT_TRANSLATE_NOOP("Views", "Secret"),
    tip=QT_TRANSLATE_NOOP("Views", "Whether the model gives away a secret planted in its text."),
    create=_secret,
    want=Want.NOTHING,
    refuses=no_text,
    sides=frozenset({"Permissions"}),
)

REMOVAL: Final = ViewSpec(
    name="removal",
    title=QT_TRANSLATE_NOOP("Views", "Remove one"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "Take one person's rows out of the training, train without them, and compare."
    ),
    create=_removal,
    want=Want.NOTHING,
    refuses=_never,
    sides=frozenset({"Permissions"}),
)
