"""Shapes side by side, close to each other and to the middle, so that a picture of many parts uses its room."""

from collections.abc import Sequence
from math import ceil, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Circles: TypeAlias = NDArray[np.float32]
"""A shape around (0, 0) as circles that cover it: rows of x, y, radius."""
_Cells: TypeAlias = NDArray[np.intp]
_Indices: TypeAlias = NDArray[np.intp]

_BETWEEN = 2.5
"""Room around a shape, in radii of its smallest circle."""
_FINEST = 160
"""Cells from the middle of the grid to its edge, about."""
_WIDE = 1.3
"""Screens are wider than high."""
_AT_ONCE, _LIKELY_AT_ONCE = 2000, 50
_PROBES = 64
"""Cells of a shape, spread over it, that rule out a place before all are looked at."""


def packed(shapes: Sequence[Circles]) -> list[tuple[float, float]]:
    """Where the middle of each shape goes so that none overlap; the first shape stays in the middle.

    Method: the shapes as cells of a grid, each put on the free place nearest to the middle, in the order given.
    """
    if not shapes:
        return []
    reach = max(_extent(shapes[0]), sqrt(sum(_extent(shape) ** 2 for shape in shapes)))
    cell = max(reach / _FINEST, min(float(shape[:, 2].min()) for shape in shapes) / 2)
    grid = _Grid(ceil(4 * reach / cell))
    middles = []
    for shape in shapes:
        x, y = grid.put(_covered(shape, cell))
        middles.append((x * cell, y * cell))
    return middles


def _extent(shape: Circles) -> float:
    """Half the side of the square around the middle that holds the shape with its room."""
    return float((np.abs(shape[:, :2]).max(axis=1) + shape[:, 2]).max() + _BETWEEN * shape[:, 2].min())


def _covered(shape: Circles, cell: float) -> _Cells:
    """The cells (x, y) that the shape touches, with its room."""
    room = _BETWEEN * float(shape[:, 2].min())
    found: set[tuple[int, int]] = set()
    for x, y, radius in shape.tolist():
        low_x, high_x = round((x - radius - room) / cell), round((x + radius + room) / cell)
        low_y, high_y = round((y - radius - room) / cell), round((y + radius + room) / cell)
        found.update((at_x, at_y) for at_x in range(low_x, high_x + 1) for at_y in range(low_y, high_y + 1))
    return np.array(sorted(found), dtype=np.intp)


class _Grid:
    """Cells that are taken, and the places in the order of their distance from the middle."""

    def __init__(self, half: int) -> None:
        self.width = 2 * half + 1
        self.taken = np.zeros(self.width**2, dtype=bool)
        sides = np.arange(-(half // 2), half // 2 + 1)
        x, y = (axis.ravel() for axis in np.meshgrid(sides, sides, indexing="ij"))
        nearest = np.argsort((x / _WIDE) ** 2 + y**2, kind="stable")
        self.places: _Cells = np.stack([x[nearest], y[nearest]], axis=1)
        self.middles: _Indices = self._index(self.places + half)
        self.tried: dict[bytes, int] = {}

    def put(self, cells: _Cells) -> tuple[int, int]:
        """Take the first place where the cells are free; where another of the same shape found none, none is."""
        key, around = cells.tobytes(), self._index(cells)
        first = self._first_free(around, self.tried.get(key, 0))
        self.tried[key] = first
        self.taken[self.middles[first] + around] = True
        x, y = self.places[first].tolist()
        return x, y

    def _index(self, cells: _Cells) -> _Indices:
        index: _Indices = cells[:, 0] * self.width + cells[:, 1]
        return index

    def _first_free(self, around: _Indices, start: int) -> int:
        probes = around[:: ceil(len(around) / _PROBES)]
        while True:
            likely = self._free(np.arange(start, min(start + _AT_ONCE, len(self.middles))), probes)
            for at in range(0, len(likely), _LIKELY_AT_ONCE):
                free = self._free(likely[at : at + _LIKELY_AT_ONCE], around)
                if len(free):
                    return int(free[0])
            start += _AT_ONCE

    def _free(self, places: _Indices, around: _Indices) -> _Indices:
        """Those of the places at which no cell around the middle is taken."""
        is_taken: NDArray[np.bool_] = self.taken[self.middles[places, None] + around].any(axis=1)
        return places[~is_taken]
