"""Rows of equal length in a run of cells that nothing parts into rows: the columns tell, values below values."""

from collections.abc import Sequence

from loaders.text.grid import Row, is_value, is_year
from loaders.text.model import Cell

_WIDTHS = range(3, 10)
_FEWEST_ROWS = 3
_FEW, _MOST = 0.1, 0.8
"""Shares of values in a column of words, and in a column of values."""


def even_rows(cells: Sequence[Cell]) -> list[Row] | None:
    """The rows of the narrowest width at which each column holds words or values throughout; None if none fits.

    The first row names the columns; columns below a year hold values.
    """
    for width in _WIDTHS:
        if len(cells) % width or len(cells) < _FEWEST_ROWS * width:
            continue
        rows = [list(cells[at : at + width]) for at in range(0, len(cells), width)]
        if _is_table(rows):
            return rows
    return None


def _is_table(rows: Sequence[Row]) -> bool:
    header, body = rows[0], rows[1:]
    if any(not cell.text or (is_value(cell.text) and not is_year(cell.text)) for cell in header):
        return False
    shares = [_share_of_values([row[column] for row in body]) for column in range(len(header))]
    if not all(share <= _FEW or share >= _MOST for share in shares):
        return False
    years = [share for share, cell in zip(shares, header, strict=True) if is_year(cell.text)]
    return shares[0] <= _FEW and any(share >= _MOST for share in shares) and all(share >= _MOST for share in years)


def _share_of_values(cells: Sequence[Cell]) -> float:
    filled = [cell for cell in cells if cell.text]
    return sum(is_value(cell.text) for cell in filled) / len(filled) if filled else 0.0
