"""Views of what the model answers: classes, numbers, and where in a plane or on a map."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import Table
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.questions.influence import IMPORTANCE
from visualiser.core.questions.plane import PLANE
from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec
from visualiser.ui.views.map_places import place_columns


def _no_plane(info: RunInfo) -> str | None:
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


def _no_classes(info: RunInfo) -> str | None:
    if info.dataset.predicts_amounts:
        return QT_TRANSLATE_NOOP(
            "Views", "The target is a number, not a class; see Predicted/true instead."
        )
    return None if info.dataset.predicts_classes else _neither(info)


def _no_numbers(info: RunInfo) -> str | None:
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


def _no_columns(info: RunInfo) -> str | None:
    if not isinstance(info.encoder, TableEncoder):
        return QT_TRANSLATE_NOOP("Views", "Only tables have columns that may move the answers.")
    return None


def _no_places(info: RunInfo) -> str | None:
    features = info.split.validation.features
    known = info.dataset.predicts_classes or info.dataset.predicts_amounts
    if known and isinstance(features, Table) and place_columns(features) is not None:
        return None
    return QT_TRANSLATE_NOOP(
        "Views", "Only rows with a latitude and a longitude can be drawn on a map."
    )


def _boundary() -> QWidget:
    from visualiser.ui.views.boundary import BoundaryView

    return BoundaryView()


def _confusion() -> QWidget:
    from visualiser.ui.views.confusion import ConfusionView

    return ConfusionView()


def _gallery() -> QWidget:
    from visualiser.ui.views.gallery import GalleryView

    return GalleryView()


def _scatter() -> QWidget:
    from visualiser.ui.views.scatter import ScatterView

    return ScatterView()


def _influence() -> QWidget:
    from visualiser.ui.views.influence import InfluenceView

    return InfluenceView()


def _map() -> QWidget:
    from visualiser.ui.views.map import MapView

    return MapView()


BOUNDARY: Final = ViewSpec(
    name="boundary",
    title=QT_TRANSLATE_NOOP("Views", "Boundary"),
    tip=QT_TRANSLATE_NOOP(
        "Views",
        "What the model answers everywhere in the plane, and the points it learns from.",
    ),
    create=_boundary,
    want=Want.answers_to(PLANE),
    refuses=_no_plane,
)

CONFUSION: Final = ViewSpec(
    name="confusion",
    title=QT_TRANSLATE_NOOP("Views", "Confusion"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "Which classes are taken for which; every number opens its examples."
    ),
    create=_confusion,
    want=Want.PREDICTIONS,
    refuses=_no_classes,
)

GALLERY: Final = ViewSpec(
    name="gallery",
    title=QT_TRANSLATE_NOOP("Views", "Gallery"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "What the model is confidently wrong about, unsure of, or right about."
    ),
    create=_gallery,
    want=Want.PREDICTIONS,
    refuses=_no_classes,
)

SCATTER: Final = ViewSpec(
    name="scatter",
    title=QT_TRANSLATE_NOOP("Views", "Predicted/true"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "What the model predicts against what is true, on validation data."
    ),
    create=_scatter,
    want=Want.PREDICTIONS,
    refuses=_no_numbers,
)

INFLUENCE: Final = ViewSpec(
    name="influence",
    title=QT_TRANSLATE_NOOP("Views", "What moves it"),
    tip=QT_TRANSLATE_NOOP("Views", "Which column the answers depend on most, and how."),
    create=_influence,
    want=Want.answers_to(IMPORTANCE),
    refuses=_no_columns,
)

MAP: Final = ViewSpec(
    name="map",
    title=QT_TRANSLATE_NOOP("Views", "Map"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "Where the validation rows are, and where the model is too high or too low."
    ),
    create=_map,
    want=Want.PREDICTIONS,
    refuses=_no_places,
)
