"""“true → given” where room is short: the true label is shortened, the given one stays whole."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

_NOTHING = "…"


def changed_label(true: str, given: str, metrics: QFontMetrics, room: float) -> str:
    """“mammal → bird”, “mam… → bird”, “… → bird” or “→ bird”, as far as `room` pixels go."""
    arrow = f" → {given}"
    text = f"{true}{arrow}"
    if metrics.horizontalAdvance(text) <= room:
        return text
    left = int(room - metrics.horizontalAdvance(arrow))
    short = metrics.elidedText(true, Qt.TextElideMode.ElideRight, max(left, 0)).strip()
    text = f"{short or _NOTHING}{arrow}"
    if metrics.horizontalAdvance(text) <= room:
        return text
    return metrics.elidedText(arrow.lstrip(), Qt.TextElideMode.ElideRight, int(room))


def least_width(given: str, metrics: QFontMetrics) -> int:
    """Pixels in which `given` stays whole after what is left of a true label."""
    return metrics.horizontalAdvance(f"{_NOTHING} → {given}")
