"""Shapes side by side, close to each other and to the middle, so that a picture of many parts uses its room."""

from collections.abc import Sequence
from math import ceil, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Circles: TypeAlias = NDArray[np.float32]
"""A shape around (0, 0) as circles that cover it: rows of x, y, radius."""
_Cells: TypeAlias = NDArray[np.intp]

_BETWEEN = 2.5
"""Room around a shape, in radii of its smallest circle."""
_FINEST = 160
"""Cells from the middle of the grid to its edge, about."""
_WIDE = 1.3
"""Screens are wider than high."""
_AT_ONCE = 2000


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
        self.half = half
        self.taken = np.zeros((2 * half + 1, 2 * half + 1), dtype=bool)
        sides = np.arange(-(half // 2), half // 2 + 1)
        x, y = (axis.ravel() for axis in np.meshgrid(sides, sides, indexing="ij"))
        nearest = np.argsort((x / _WIDE) ** 2 + y**2, kind="stable")
        self.places: _Cells = np.stack([x[nearest], y[nearest]], axis=1)
        self.tried: dict[bytes, int] = {}

    def put(self, cells: _Cells) -> tuple[int, int]:
        """Take the first place where the cells are free; where another of the same shape found none, none is."""
        key = cells.tobytes()
        start = self.tried.get(key, 0)
        while True:
            wanted = self.places[start : start + _AT_ONCE, None, :] + cells[None, :, :] + self.half
            free = ~self.taken[wanted[..., 0], wanted[..., 1]].any(axis=1)
            if free.any():
                break
            start += _AT_ONCE
        first = start + int(free.argmax())
        self.tried[key] = first
        x, y = self.places[first]
        self.taken[cells[:, 0] + x + self.half, cells[:, 1] + y + self.half] = True
        return int(x), int(y)
