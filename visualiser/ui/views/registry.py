"""The views on offer below the curves, in the order of their tabs."""

from visualiser.core.models.layers import Activation, Convolution, Dense, Dropout, Flatten
from visualiser.core.questions.plane import PLANE
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec
from visualiser.ui.views.attention import ATTENTION_VIEW
from visualiser.ui.views.boundary import BoundaryView
from visualiser.ui.views.confusion import ConfusionView
from visualiser.ui.views.data_look import DataLookView
from visualiser.ui.views.distributions import DISTRIBUTIONS_VIEW
from visualiser.ui.views.feature_maps import FEATURE_MAPS_VIEW
from visualiser.ui.views.filters import FILTERS_VIEW
from visualiser.ui.views.forecast import FORECAST_VIEW
from visualiser.ui.views.gallery import GalleryView
from visualiser.ui.views.influence import INFLUENCE_VIEW
from visualiser.ui.views.map import MAP_VIEW
from visualiser.ui.views.message import MESSAGE_VIEW
from visualiser.ui.views.network import NetworkView
from visualiser.ui.views.next_character import NEXT_CHARACTER_VIEW
from visualiser.ui.views.product_map import PRODUCT_MAP_VIEW
from visualiser.ui.views.recommended import RECOMMENDED_VIEW
from visualiser.ui.views.scatter import ScatterView
from visualiser.ui.views.spectrogram import SPECTROGRAM_VIEW
from visualiser.ui.views.try_it import TRY_VIEW
from visualiser.ui.views.weights import WEIGHTS_VIEW
from visualiser.ui.views.words import WORDS_VIEW
from visualiser.ui.views.writing import WRITING_VIEW


def _only_dense(info: RunInfo) -> str | None:
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


def _only_planes(info: RunInfo) -> str | None:
    dataset = info.dataset
    if dataset.modality != "points" or not dataset.predicts_classes:
        return QT_TRANSLATE_NOOP(
            "Views", "Only points in the plane with classes have a boundary that can be drawn."
        )
    if info.encoder.shape != (2,):
        return QT_TRANSLATE_NOOP(
            "Views", "A boundary can be drawn where the model sees two numbers, not more."
        )
    return None


def _only_classes(info: RunInfo) -> str | None:
    if info.dataset.predicts_amounts:
        return QT_TRANSLATE_NOOP(
            "Views", "The target is a number, not a class; see Predicted/true instead."
        )
    return None if info.dataset.predicts_classes else _neither(info)


def _only_numbers(info: RunInfo) -> str | None:
    if info.dataset.predicts_classes:
        return QT_TRANSLATE_NOOP(
            "Views", "The target is a class, not a number; see Confusion instead."
        )
    return None if info.dataset.predicts_amounts else _neither(info)


def _neither(info: RunInfo) -> str:
    """Why a view of classes or of numbers has nothing to show of another task."""
    if info.dataset.task == "ranking":
        return QT_TRANSLATE_NOOP(
            "Views", "Products are ranked here, not classes or numbers; see Recommended instead."
        )
    if info.dataset.task == "language":
        return QT_TRANSLATE_NOOP(
            "Views", "Characters are foretold here, one after the other; see Text instead."
        )
    return QT_TRANSLATE_NOOP("Views", "The model answers neither one class nor one number here.")


def _every_run(info: RunInfo) -> str | None:
    return None


VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        name="data",
        title=QT_TRANSLATE_NOOP("Views", "Data"),
        tip=QT_TRANSLATE_NOOP(
            "Views", "The rows themselves, what is known about them, and what was done to them."
        ),
        create=DataLookView,
        want=Want.NOTHING,
        refuses=_every_run,
    ),
    WEIGHTS_VIEW,
    FILTERS_VIEW,
    FEATURE_MAPS_VIEW,
    DISTRIBUTIONS_VIEW,
    ViewSpec(
        name="network",
        title=QT_TRANSLATE_NOOP("Views", "Network"),
        tip=QT_TRANSLATE_NOOP(
            "Views", "The neurons and their connections, with the weights of now."
        ),
        create=NetworkView,
        want=Want.WEIGHTS | Want.answers_to(PLANE),
        refuses=_only_dense,
    ),
    ViewSpec(
        name="boundary",
        title=QT_TRANSLATE_NOOP("Views", "Boundary"),
        tip=QT_TRANSLATE_NOOP(
            "Views",
            "What the model answers everywhere in the plane, and the points it learns from.",
        ),
        create=BoundaryView,
        want=Want.answers_to(PLANE),
        refuses=_only_planes,
    ),
    ViewSpec(
        name="confusion",
        title=QT_TRANSLATE_NOOP("Views", "Confusion"),
        tip=QT_TRANSLATE_NOOP(
            "Views", "Which classes are taken for which; every number opens its examples."
        ),
        create=ConfusionView,
        want=Want.PREDICTIONS,
        refuses=_only_classes,
    ),
    ViewSpec(
        name="gallery",
        title=QT_TRANSLATE_NOOP("Views", "Gallery"),
        tip=QT_TRANSLATE_NOOP(
            "Views", "Examples the model is confidently wrong about, unsure of, or right about."
        ),
        create=GalleryView,
        want=Want.PREDICTIONS,
        refuses=_only_classes,
    ),
    WORDS_VIEW,
    MESSAGE_VIEW,
    RECOMMENDED_VIEW,
    PRODUCT_MAP_VIEW,
    FORECAST_VIEW,
    SPECTROGRAM_VIEW,
    WRITING_VIEW,
    NEXT_CHARACTER_VIEW,
    ATTENTION_VIEW,
    ViewSpec(
        name="scatter",
        title=QT_TRANSLATE_NOOP("Views", "Predicted/true"),
        tip=QT_TRANSLATE_NOOP(
            "Views", "Every validation row: what the model predicts against what is true."
        ),
        create=ScatterView,
        want=Want.PREDICTIONS,
        refuses=_only_numbers,
    ),
    INFLUENCE_VIEW,
    MAP_VIEW,
    TRY_VIEW,
)
"""Every view beside the curves."""
