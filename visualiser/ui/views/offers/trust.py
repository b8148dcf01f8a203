"""Views of how far a model can be trusted: fair to groups, honest about itself, discreet."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.group_figures import group_figure_names
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _no_groups(info: RunInfo) -> str | None:
    if info.dataset.groups is None:
        return QT_TRANSLATE_NOOP("Views", "This data does not say which group an example is of.")
    if not group_figure_names(info.dataset):
        return QT_TRANSLATE_NOOP("Views", "Groups are compared by classes or numbers, not here.")
    return None


def _no_confidence(info: RunInfo) -> str | None:
    if info.dataset.predicts_classes:
        return None
    return QT_TRANSLATE_NOOP(
        "Views", "Only answers that are classes come with a probability that can be checked."
    )


def _no_row_losses(info: RunInfo) -> str | None:
    if info.dataset.task == "ranking":
        return QT_TRANSLATE_NOOP(
            "Views", "Products are ranked against each other: no purchase has a loss of its own."
        )
    return None


def _groups() -> QWidget:
    from visualiser.ui.views.groups import GroupsView

    return GroupsView()


def _calibration() -> QWidget:
    from visualiser.ui.views.calibration import CalibrationView

    return CalibrationView()


def _privacy() -> QWidget:
    from visualiser.ui.views.privacy import PrivacyView

    return PrivacyView()


GROUPS: Final = ViewSpec(
    name="groups",
    title=QT_TRANSLATE_NOOP("Views", "Groups"),
    tip=QT_TRANSLATE_NOOP("Views", "Whether groups are treated alike, and how sure that is."),
    create=_groups,
    want=Want.PREDICTIONS,
    refuses=_no_groups,
    sides=frozenset({"Bias", "Coverage", "Balance"}),
)

CALIBRATION: Final = ViewSpec(
    name="calibration",
    title=QT_TRANSLATE_NOOP("Views", "Calibration"),
    tip=QT_TRANSLATE_NOOP("Views", "Whether the model is right as often as it says it is sure."),
    create=_calibration,
    want=Want.PREDICTIONS,
    refuses=_no_confidence,
    sides=frozenset({"Bias", "Labels"}),
)

PRIVACY: Final = ViewSpec(
    name="privacy",
    title=QT_TRANSLATE_NOOP("Views", "Privacy"),
    tip=QT_TRANSLATE_NOOP("Views", "Whether the model gives away which rows it has learnt from."),
    create=_privacy,
    want=Want.NOTHING,
    refuses=_no_row_losses,
    sides=frozenset({"Permissions"}),
)
