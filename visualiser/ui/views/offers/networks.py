"""Views of what only some networks have: pictures for weights, feature maps, few neurons."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.models.layers import Activation, Convolution, Dense, Dropout, Flatten
from visualiser.core.questions.plane import PLANE
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def sees_no_pictures(info: RunInfo) -> str | None:
    """Why the weights of this model do not look like pictures, or None."""
    if len(info.encoder.shape) != 3:
        return QT_TRANSLATE_NOOP(
            "Views", "Only a model that sees pictures has weights that look like pictures."
        )
    return None


def _no_convolution(info: RunInfo) -> str | None:
    if not any(isinstance(layer, Convolution) for layer in info.layers):
        return QT_TRANSLATE_NOOP(
            "Views", "Only a convolutional network has feature maps: choose that model."
        )
    return None


def _not_only_dense(info: RunInfo) -> str | None:
    if any(isinstance(layer, Convolution) for layer in info.layers):
        return QT_TRANSLATE_NOOP(
            "Views",
            "A convolutional network has too many connections to draw; see Filters instead.",
        )
    if not all(isinstance(layer, Dense | Activation | Dropout | Flatten) for layer in info.layers):
        return QT_TRANSLATE_NOOP(
            "Views", "Only fully connected layers are drawn neuron by neuron; see Weights instead."
        )
    return None


def _filters() -> QWidget:
    from visualiser.ui.views.filters import FiltersView

    return FiltersView()


def _feature_maps() -> QWidget:
    from visualiser.ui.views.feature_maps import FeatureMapsView

    return FeatureMapsView()


def _network() -> QWidget:
    from visualiser.ui.views.network import NetworkView

    return NetworkView()


FILTERS: Final = ViewSpec(
    name="filters",
    title=QT_TRANSLATE_NOOP("Views", "Filters"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "The first layer's weights as pictures: what each neuron or filter looks for."
    ),
    create=_filters,
    want=Want.WEIGHTS,
    refuses=sees_no_pictures,
)

FEATURE_MAPS: Final = ViewSpec(
    name="feature_maps",
    title=QT_TRANSLATE_NOOP("Views", "Feature maps"),
    tip=QT_TRANSLATE_NOOP("Views", "What each filter finds in a chosen picture, layer by layer."),
    create=_feature_maps,
    want=Want.PREDICTIONS,
    refuses=_no_convolution,
)

NETWORK: Final = ViewSpec(
    name="network",
    title=QT_TRANSLATE_NOOP("Views", "Network"),
    tip=QT_TRANSLATE_NOOP("Views", "The neurons and their connections, with the weights of now."),
    create=_network,
    want=Want.WEIGHTS | Want.answers_to(PLANE),
    refuses=_not_only_dense,
)
