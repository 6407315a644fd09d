"""CSV -> a sheet: divided by comma, semicolon or tab; cells as `graph.formats.tables` writes them."""

import csv
import io

from graph.errors import RefusedInput
from graph.formats.shield import unshielded
from loaders.readers.files import MAX_BYTES, decode
from loaders.tables.sheets import Cell, Sheet, sheet_of

_DELIMITERS = ",;\t"


def read_csv(data: bytes, *, name: str) -> list[Sheet]:
    """The one sheet of a CSV file in UTF-8, GB18030 or UTF-16.

    Raises RefusedInput, with the row, for what is no proper CSV.
    """
    text = decode(data, name=name)
    csv.field_size_limit(MAX_BYTES)  # by default a cell of 131,072 characters is an error, and evidence may be longer
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    cells = ([Cell(unshielded(text)) for text in line] for line in lines)
    try:
        return [sheet_of("", cells, file=name)]
    except csv.Error as error:
        raise RefusedInput(f"{name}, line {lines.line_num}: no proper CSV ({error}); mend the line") from error


def _delimiter(text: str) -> str:
    """What divides the columns of the first line; the first of those that do so most often."""
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(_DELIMITERS, key=head.count)
