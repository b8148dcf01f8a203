"""The view of what a model takes over from wrong labels and changed targets."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _no_labels(info: RunInfo) -> str | None:
    if info.dataset.predicts_classes or info.dataset.predicts_amounts:
        return None
    return QT_TRANSLATE_NOOP(
        "Views", "Only one class or one number for each example can be given wrongly."
    )


def _by_heart() -> QWidget:
    from visualiser.ui.views.by_heart import ByHeartView

    return ByHeartView()


BY_HEART: Final = ViewSpec(
    name="by_heart",
    title=QT_TRANSLATE_NOOP("Views", "By heart"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "Which wrong labels the model has learnt, since when, and which it sees through."
    ),
    create=_by_heart,
    want=Want.NOTHING,
    refuses=_no_labels,
)
