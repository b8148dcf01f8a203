"""What the colours and frames mean in a look at the data."""

from PySide6.QtCore import QCoreApplication

from visualiser.ui.palette import category_colour
from visualiser.ui.views.data_look_rows import Rows
from visualiser.ui.views.legend import Entry, Mark

_MOST = 10
"""Classes that are named."""


def legend_entries(rows: Rows) -> tuple[Entry, ...]:
    """Classes where they have colours, and what is marked about rows."""
    dataset = rows.dataset
    entries = []
    named = dataset.modality in ("points", "text") and dataset.class_count <= _MOST
    if named:
        mark: Mark = "dot" if dataset.modality == "points" else "area"
        tip = _tr("The label given.")
        entries = [
            Entry(mark, category_colour(code), name, tip)
            for code, name in enumerate(dataset.class_names)
        ]
    points = dataset.modality == "points"
    if rows.labels_changed and points:
        tip = _tr("The colour is that of the wrong label.")
        entries.append(Entry("ringed", "text", _tr("wrong label"), tip))
    elif rows.labels_changed:
        tip = _tr("Before the arrow what is true, behind it what is given.")
        entries.append(Entry("box", "spoiled", _tr("true → given"), tip))
    if not points and (rows.changed & ~rows.foreign & ~rows.wrong).any():
        tip = _tr(
            "Its values were changed, as is told where the pointer rests, or it is there more "
            "than once."
        )
        entries.append(Entry("box", "spoiled", _tr("changed"), tip))
    if rows.foreign.any():
        tip = _tr("It stands in the test part as well: the exam asks what was learnt.")
        mark = "ringed" if points else "box"
        entries.append(Entry(mark, "spoiled", _tr("copied from the test"), tip))
    return tuple(entries)


def _tr(text: str) -> str:
    return QCoreApplication.translate("legend_entries", text)
