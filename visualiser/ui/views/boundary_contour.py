"""Lines along which a classifier changes its answer, from probabilities on a grid."""

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]

_EDGES_OF_CASE: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),),
    7: ((3, 2),), 8: ((2, 3),), 9: ((0, 2),), 10: ((0, 1), (2, 3)), 11: ((1, 2),), 12: ((1, 3),),
    13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip
"""Marching squares (Lorensen and Cline 1987): which sides of a cell a line joins.

Bits of a case are the corners above zero: 1 bottom left, 2 bottom right, 4 top right, 8 top left.
Sides: 0 bottom, 1 right, 2 top, 3 left.
"""


def boundaries(output: NDArray[np.floating]) -> list[Line]:
    """Where the most probable class changes.

    Args:
        output: (G, H, K) class probabilities, [row][column].

    Returns:
        Lines of (n, 2) points (column, row) in units of the grid; closed ones end where they
        begin. Each boundary between two classes is there once.
    """
    lines = []
    for code in range(output.shape[2] - 1):
        others = np.delete(output, code, axis=2)
        margin = output[..., code] - others.max(axis=2)
        # Against a class with a lower code the same line has been found before.
        rival = others.argmax(axis=2)
        lines += contour(margin.astype(np.float64), _cells(rival >= code))
    return lines


def contour(field: Line, cells: NDArray[np.bool_]) -> list[Line]:
    """The zero line of (G, H) `field`, within `cells` (G − 1, H − 1), by marching squares.

    A field that is not finite somewhere has no line there.
    """
    above = field > 0
    case = above[:-1, :-1] + 2 * above[:-1, 1:] + 4 * above[1:, 1:] + 8 * above[1:, :-1].astype(int)
    finite = np.isfinite(field)
    known = finite[:-1, :-1] & finite[:-1, 1:] & finite[1:, 1:] & finite[1:, :-1]
    crossed = (case > 0) & (case < 15) & cells & known
    neighbours: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for row, column in np.argwhere(crossed).tolist():
        sides = ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))
        for start, end in _EDGES_OF_CASE[int(case[row, column])]:
            neighbours.setdefault(sides[start], []).append(sides[end])
            neighbours.setdefault(sides[end], []).append(sides[start])
    return [_points(field, chain) for chain in _chains(neighbours)]


def _cells(corners: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells with two corners or more that are True."""
    count = corners[:-1, :-1].astype(int) + corners[:-1, 1:] + corners[1:, :-1] + corners[1:, 1:]
    return count >= 2


def _chains(
    neighbours: dict[tuple[int, int, int], list[tuple[int, int, int]]],
) -> list[list[tuple[int, int, int]]]:
    """Sides joined end to end, open lines first, so that a dash pattern can follow them."""
    chains = []
    ends = [side for side, others in neighbours.items() if len(others) == 1]
    for first in (*ends, *neighbours):
        if not neighbours[first]:
            continue
        chain = [first]
        while neighbours[chain[-1]]:
            here = chain[-1]
            there = neighbours[here].pop()
            neighbours[there].remove(here)
            chain.append(there)
        chains.append(chain)
    return chains


def _points(field: Line, chain: list[tuple[int, int, int]]) -> Line:
    """Where the field crosses zero on each side of the chain, linearly between the corners.

    A side is (row, column, 0) from a corner to the right, or (row, column, 1) upwards.
    """
    row, column, upwards = np.array(chain).T
    start = field[row, column]
    end = field[row + upwards, column + 1 - upwards]
    share = start / (start - end)
    return np.column_stack([column + share * (1 - upwards), row + share * upwards])
