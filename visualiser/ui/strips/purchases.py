"""A few purchases, a line each: who bought what, and how often."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QRectF

from visualiser.core.data.dataset import Dataset
from visualiser.ui.strips.spec import Place, Strip

_GAP = 6


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """The customer, the product, and how many times it was bought where that was more than once."""
    catalogue = dataset.catalogue
    assert catalogue is not None
    box, metrics = place.box, place.painter.fontMetrics()
    pairs = np.asarray(dataset.features)[rows].tolist()
    names = [catalogue.customer_text(customer) for customer, _ in pairs]
    widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
    left = min(widest + _GAP, 0.42 * box.width())
    height = box.height() / max(len(names), 1)
    for line, (name, (_, product)) in enumerate(zip(names, pairs, strict=True)):
        top, times = line * height, int(catalogue.times[rows[line]])
        text = catalogue.products[product]
        if times > 1:
            text = _tr("{times} × {product}").format(times=f"{times:,}", product=text)
        place.write(QRectF(0, top, left - _GAP, height), name, place.palette.muted)
        place.write(QRectF(left, top, box.width() - left, height), text, place.palette.text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Strips", text)


STRIP = Strip("purchases", lines=3, shown=3, paint=paint)
"""For the table of strips."""
