"""How many examples of each kind a part of the data has, as small bars."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.tasks.language import next_characters
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.prompt import letter_name
from visualiser.ui.widgets.bar_rows import BarRow

MOST_BARS = 12
_BINS = 6


def label_rows(dataset: Dataset, part: Part, clean: Part) -> list[BarRow]:
    """A bar for each class, product or character, or for each range of a target that is a number.

    Where `part` differs from `clean`, a tick marks the clean count and the bar warns.
    """
    if dataset.alphabet:
        return _character_rows(dataset.alphabet, part, clean)
    book = dataset.catalogue
    if book is not None or dataset.predicts_classes:
        # Products stand in the order of their sales, so that the most bought ones are seen.
        names = list(dataset.class_names if book is None else book.products)
        counts = np.bincount(part.labels, minlength=len(names))
        before = np.bincount(clean.labels, minlength=len(names))
    else:
        edges = _edges(clean.labels)
        names = [_tr("from {low}").format(low=dataset.label_text(low)) for low in edges[:-1]]
        names[0] = _tr("below {high}").format(high=dataset.label_text(edges[1]))
        # What noise pushed out of the clean range counts with the outermost bars.
        inside = np.clip(part.labels, edges[0], np.nextafter(edges[-1], edges[0]))
        counts, before = np.histogram(inside, edges)[0], np.histogram(clean.labels, edges)[0]
    return _rows(names, counts, before)


def label_kinds(dataset: Dataset) -> int:
    """How many bars there would be with room for all; 0 where ranges of a number are shown."""
    if dataset.alphabet:
        return len(dataset.alphabet)
    return len(dataset.catalogue.products) if dataset.catalogue else dataset.class_count


def _character_rows(alphabet: tuple[str, ...], part: Part, clean: Part) -> list[BarRow]:
    """How often each character is to be foretold, the most frequent ones of the clean part."""
    counts, before = (
        np.bincount(next_characters(rows.features).ravel(), minlength=len(alphabet))
        for rows in (part, clean)
    )
    order = np.argsort(-before, kind="stable")
    names = [letter_name(alphabet[code]) for code in order.tolist()]
    return _rows(names, counts[order], before[order])


def group_rows(dataset: Dataset, part: Part, clean: Part) -> list[BarRow]:
    """A bar for each group; none where the data has no groups."""
    if part.groups is None or clean.groups is None:
        return []
    names = list(dataset.group_names)
    counts = np.bincount(part.groups, minlength=len(names))
    return _rows(names, counts, np.bincount(clean.groups, minlength=len(names)))


def left_out_note(kinds: int) -> str:
    """What to say below the bars where not all kinds have one; empty where they do."""
    if kinds <= MOST_BARS:
        return ""
    return _tr("and {count} more").format(count=kinds - MOST_BARS)


def _rows(names: list[str], counts: NDArray[np.int64], before: NDArray[np.int64]) -> list[BarRow]:
    most = max(int(counts.max(initial=1)), int(before.max(initial=1)))
    return [
        BarRow(
            name,
            count / most,
            f"{count:,}",
            mark=was / most if was != count else None,
            warning=was != count,
        )
        for name, count, was in zip(names, counts.tolist(), before.tolist(), strict=True)
    ][:MOST_BARS]


def _edges(targets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round numbers that cut the targets into a few ranges."""
    low, high = float(targets.min()), float(targets.max())
    inner = linear_ticks(low, high, _BINS)
    inner = inner[(inner > low) & (inner < high)]
    return np.array([low, *inner, np.nextafter(high, np.inf)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("DataLookView", text)
