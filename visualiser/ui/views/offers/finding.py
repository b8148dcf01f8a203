"""The view in which mistakes are looked for."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _no_labels(info: RunInfo) -> str | None:
    dataset = info.dataset
    if dataset.predicts_classes or dataset.predicts_amounts:
        return None
    return QT_TRANSLATE_NOOP(
        "Views",
        "Finders compare rows by their labels: purchases and texts to be written on have none.",
    )


def _find_it() -> QWidget:
    from visualiser.ui.views.find_it import FindView

    return FindView()


FIND_IT: Final = ViewSpec(
    name="find_it",
    title=QT_TRANSLATE_NOOP("Views", "Find it"),
    tip=QT_TRANSLATE_NOOP(
        "Views",
        "Look for wrong labels, copies, outliers and leaked columns, put them right, and see what "
        "it brings.",
    ),
    create=_find_it,
    want=Want.NOTHING,
    refuses=_no_labels,
)
