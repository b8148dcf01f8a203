"""Where texts of a chart go so that none covers another. Numbers only, no Qt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

_FIGURE = re.compile(r" [\d.,]+(?:e[+-]?\d+)?(?: %)?$")
"""At the end of a text: “ 20 %”, “ 0.003”, “ 1e-05”."""
_MOST_NAMES = 0.5
"""Share of a chart's width that the names at the ends of its curves take at most."""


def room_for_names(wanted: float, width: float) -> float:
    """Pixels for names beside the curves of a chart; in a narrow one curves keep their half.

    Args:
        wanted: what whole names take.
        width: of curves and names together.
    """
    return min(wanted, _MOST_NAMES * max(width, 0.0))


def spread(wanted: Sequence[float], height: float, top: float, bottom: float) -> list[float | None]:
    """Middles of labels of one height, as near to `wanted` as they go without overlapping.

    The first ones matter most: where there is no room for all, the last ones get None.

    Args:
        wanted: where each label would like its middle, in pixels downwards.
        height: of a label.
        top, bottom: what the labels must stay within.
    """
    fitting = max(int((bottom - top) / height), 0)
    order = sorted(range(min(len(wanted), fitting)), key=wanted.__getitem__)
    middles = [min(max(wanted[i], top + height / 2), bottom - height / 2) for i in order]
    for above in range(1, len(middles)):
        middles[above] = max(middles[above], middles[above - 1] + height)
    limit = bottom - height / 2
    for below in range(len(middles) - 1, -1, -1):
        middles[below] = min(middles[below], limit)
        limit = middles[below] - height
    placed: list[float | None] = [None] * len(wanted)
    for index, middle in zip(order, middles, strict=True):
        placed[index] = middle
    return placed


def free_part(
    top: float,
    bottom: float,
    left: float,
    right: float,
    taken: Sequence[tuple[float, float, float, float]],
) -> tuple[float, float]:
    """Top and bottom of what is left of a column without boxes at its upper and lower end.

    Args:
        top, bottom, left, right: of the column.
        taken: left, top, right and bottom of each box.
    """
    middle = (top + bottom) / 2
    for box_left, box_top, box_right, box_bottom in taken:
        if box_left >= right or box_right <= left:
            continue
        if box_top + box_bottom < 2 * middle:
            top = max(top, box_bottom)
        else:
            bottom = min(bottom, box_top)
    return top, bottom


@dataclass(frozen=True)
class Placed:
    """A text that is shown: which one, its left end in pixels, and its line from the top."""

    index: int
    left: float
    line: int


def place_marker_texts(
    places: Sequence[float],
    widths: Sequence[float],
    left: float,
    right: float,
    lines: int,
    taken: Sequence[Placed] = (),
    taken_widths: Sequence[float] = (),
) -> list[Placed]:
    """Texts beside their vertical lines, right of them where there is room, or left.

    The last come first, those without room are left out.

    Args:
        places: x of each line in pixels, from the left to the right.
        widths: of each text in pixels.
        left, right: what the texts must stay within.
        lines: rows of text that there is room for.
        taken, taken_widths: texts that stand already.
    """
    free: list[list[tuple[float, float]]] = [[] for _ in range(lines)]
    for text, width in zip(taken, taken_widths, strict=True):
        free[text.line].append((text.left, text.left + width))
    shown: list[Placed] = []
    for index in reversed(range(len(places))):
        place, width = places[index], widths[index]
        if not left <= place <= right:
            continue
        for start, line in product((place + 4, place - 4 - width), range(lines)):
            if start < left or start + width > right:
                continue
            if all(start + width + 6 < a or start > b + 6 for a, b in free[line]):
                free[line].append((start, start + width))
                shown.append(Placed(index, start, line))
                break
    return shown


def shortened(text: str, letters: int) -> str:
    """“Wrong labels 20 %” as “Wrong… 20 %”: the figure stays whole, of the words so many letters.

    A text that this would hardly shorten stays as it is.
    """
    figure = _FIGURE.search(text)
    words = text[: figure.start()] if figure is not None else text
    if len(words) <= letters + 2:
        return text
    return words[:letters].rstrip(" ,") + "…" + ("" if figure is None else figure.group())
