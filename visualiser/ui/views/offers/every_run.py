"""Views that have something to show of every run."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _never(info: RunInfo) -> str | None:
    return None


def _data() -> QWidget:
    from visualiser.ui.views.data_look import DataLookView

    return DataLookView()


def _weights() -> QWidget:
    from visualiser.ui.views.weights import WeightsView

    return WeightsView()


def _distributions() -> QWidget:
    from visualiser.ui.views.distributions import DistributionsView

    return DistributionsView()


def _try() -> QWidget:
    from visualiser.ui.views.try_it import TryView

    return TryView()


DATA: Final = ViewSpec(
    name="data",
    title=QT_TRANSLATE_NOOP("Views", "Data"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "The data itself, what is known about it, and what was done to it."
    ),
    create=_data,
    want=Want.NOTHING,
    refuses=_never,
)

WEIGHTS: Final = ViewSpec(
    name="weights",
    title=QT_TRANSLATE_NOOP("Views", "Weights"),
    tip=QT_TRANSLATE_NOOP("Views", "Every weight and bias as a colour, layer by layer."),
    create=_weights,
    want=Want.WEIGHTS,
    refuses=_never,
)

DISTRIBUTIONS: Final = ViewSpec(
    name="distributions",
    title=QT_TRANSLATE_NOOP("Views", "Histograms"),
    tip=QT_TRANSLATE_NOOP(
        "Views",
        "How weights and gradients spread in each layer over time, and how fast weights change.",
    ),
    create=_distributions,
    want=Want.WEIGHTS,
    refuses=_never,
)

TRY: Final = ViewSpec(
    name="try",
    title=QT_TRANSLATE_NOOP("Views", "Try it"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "Use the model on something of your own. Nothing is learnt from it."
    ),
    create=_try,
    want=Want.NOTHING,
    refuses=_never,
)
