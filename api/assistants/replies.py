"""What the tools reply: small by default, every fact with its id and its quote, quotes shortened."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from graph.queries.cells import Cell, Piece

QUOTE = 120
"""Characters of a quote beside a fact; the tool `evidence` gives it whole."""


class Named(BaseModel):
    """A node."""

    id: str
    name: str


class Fact(Named):
    """A node with the words that state it here."""

    label: str = Field(description="class of the node")
    quote: str = Field("", description="the words of the document, shortened; empty if its text is not in the store")
    where: str = Field("", description="document, heading and page")
    evidence_id: str = Field(description="give it to the tool `evidence` for every place where this is stated, in full")
    evidence_total: int = 0


class Reply(BaseModel):
    """What every list says of itself."""

    total: int = Field(description="rows of the whole answer")
    at_least: bool = Field(False, description="there are at least `total` rows")
    next: str | None = Field(None, description="cursor of the rows behind these; missing at the end")


def fact(cell: Cell) -> Fact:
    """The cell with its first quote, shortened."""
    piece = cell.evidence[0] if cell.evidence else None
    return Fact(
        id=cell.id,
        name=cell.name,
        label=cell.label,
        quote=shortened(piece.quote) if piece else "",
        where=place(piece) if piece else "",
        evidence_id=cell.edge or cell.id,
        evidence_total=cell.evidence_total,
    )


def fact_or_none(cell: Cell | None) -> Fact | None:
    """The cell with its first quote, shortened; None for none."""
    return fact(cell) if cell else None


def named(cell: Cell) -> Named:
    """The cell without evidence."""
    return Named(id=cell.id, name=cell.name)


def place(piece: Piece) -> str:
    """Title of the document, the headings above, and the page where there is one."""
    page = () if piece.page is None else (f"p. {piece.page}",)
    return " › ".join((piece.document_title, *piece.section, *page))


def shortened(text: str) -> str:
    """The text on one line, cut to the length of a short quote."""
    line = "".join(text.split("\n"))
    return line if len(line) <= QUOTE else line[: QUOTE - 1] + "…"


def without_empty(value: object) -> object:
    """The value without members of objects that say nothing: null, empty texts, empty lists, false."""
    if isinstance(value, dict):
        said = {name: without_empty(member) for name, member in value.items()}
        return {name: member for name, member in said.items() if member not in (None, "", [], {}) and member is not False}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [without_empty(member) for member in value]
    return value
