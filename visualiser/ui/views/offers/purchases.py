"""Views of purchases: what is recommended, and which products are alike."""

from typing import Final

from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import RunInfo
from visualiser.core.training.want import Want
from visualiser.ui.view import QT_TRANSLATE_NOOP, ViewSpec


def _no_purchases(info: RunInfo) -> str | None:
    if info.dataset.catalogue is None:
        return QT_TRANSLATE_NOOP("Views", "Only purchases have customers to recommend to.")
    return None


def _recommended() -> QWidget:
    from visualiser.ui.views.recommended import RecommendedView

    return RecommendedView()


def _product_map() -> QWidget:
    from visualiser.ui.views.product_map import ProductMapView

    return ProductMapView()


RECOMMENDED: Final = ViewSpec(
    name="recommended",
    title=QT_TRANSLATE_NOOP("Views", "Recommended"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "For one customer: what was bought, what the model would show, what it finds."
    ),
    create=_recommended,
    want=Want.NOTHING,
    refuses=_no_purchases,
)

PRODUCT_MAP: Final = ViewSpec(
    name="product_map",
    title=QT_TRANSLATE_NOOP("Views", "Product map"),
    tip=QT_TRANSLATE_NOOP(
        "Views", "All products as dots: near each other lie those that the model takes for alike."
    ),
    create=_product_map,
    want=Want.NOTHING,
    refuses=_no_purchases,
)
