"""The key Tab goes through a window as the eye does, whatever part of it was made last."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # Qt forbids a second widget among the ancestors of one


class TabFollowsEye(_Base):
    """Looks for the next control when Tab is pressed; named before the class of Qt.

    Qt reaches controls in the order in which they were made, and those of another data set, model
    or view are made later than their neighbours.
    """

    def focusNextPrevChild(self, forwards: bool) -> bool:
        holder = self.focusWidget()
        stops = [widget for widget in reading_order(self) if widget is holder or _stops(widget)]
        reason = Qt.FocusReason.TabFocusReason
        if not forwards:
            stops.reverse()
            reason = Qt.FocusReason.BacktabFocusReason
        if not stops:
            return False
        place = stops.index(holder) + 1 if holder in stops else 0
        reached = stops[place % len(stops)]
        reached.setFocus(reason)
        _bring_into_sight(reached)
        return True


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and the visible ones in it, as they are laid out."""
    yield widget
    children = [part for part in widget.children() if isinstance(part, QWidget)]
    # Splitters, tabs and areas that scroll place their parts without a layout.
    children.sort(key=lambda part: (part.y(), part.x()))
    layout = widget.layout()
    laid_out = [] if layout is None else list(_in_layout(layout, children))
    for part in (*laid_out, *(child for child in children if child not in laid_out)):
        if part.isVisible() and not part.isWindow():
            yield from reading_order(part)


def _in_layout(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Those of the widgets that are in a layout or in layouts within it, in its order.

    Its items are not touched: PySide keeps an item beyond the end that Qt prepares for it.
    """
    inner = [part for part in layout.children() if isinstance(part, QLayout)]
    parts: list[tuple[int, QWidget | QLayout]] = [
        *((layout.indexOf(widget), widget) for widget in widgets),
        *((layout.indexOf(part), part) for part in inner),
    ]
    for place, part in sorted(parts, key=itemgetter(0)):
        if isinstance(part, QLayout):
            yield from _in_layout(part, widgets)
        elif place >= 0:
            yield part


def _stops(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isEnabled() and widget.focusProxy() is None


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
