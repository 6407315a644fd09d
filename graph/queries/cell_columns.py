"""What tables show of a cell beside its name: the words, the headings above them, the document."""

from graph.queries.cells import Cell


def quote(cell: Cell | None) -> str | None:
    """The first statement, without the line breaks of the page that it was printed on; None where there is no text."""
    if not cell or not cell.evidence or not cell.evidence[0].has_text:
        return None
    return "".join(line.strip() for line in cell.evidence[0].quote.splitlines())


def section(cell: Cell | None) -> str | None:
    """The headings above the first statement."""
    return (" > ".join(cell.evidence[0].section) or None) if cell and cell.evidence else None


def document(cell: Cell | None) -> str | None:
    """Title of the document, with the page where there are pages; with the characters where the text is not here."""
    if not cell or not cell.evidence:
        return None
    piece = cell.evidence[0]
    page = f", p. {piece.page}" if piece.page is not None else ""
    place = "" if piece.has_text else f", characters {piece.start}-{piece.end}"
    return f"{piece.document_title}{page}{place}"


def name_of(cell: Cell | None) -> str | None:
    """The name of a cell, None for an empty one."""
    return cell.name if cell else None


def scalar(cell: Cell | None, name: str) -> str | int | float | None:
    """A property of a cell as a table takes it, None where there is none."""
    value = cell.properties.get(name) if cell else None
    return value if isinstance(value, str | int | float) else None
