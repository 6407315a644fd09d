"""What the tools reply: small by default, every fact with its id and its quote, quotes shortened."""

from typing import Any

from pydantic import BaseModel, Field, SerializerFunctionWrapHandler, model_serializer

from graph.queries.cells import Cell, Piece

QUOTE = 120
"""Characters of a quote beside a fact; the tool `evidence` gives it whole."""


class Brief(BaseModel):
    """What leaves out of an answer every member that has nothing to say: those that are as they are by default."""

    @model_serializer(mode="wrap")
    def _said(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        by_default = {name: field.default for name, field in type(self).model_fields.items()}
        return {name: value for name, value in serialize(self).items() if value != by_default[name]}


class Named(Brief):
    """A node."""

    id: str
    name: str


class Fact(Named):
    """A node with the words that state it here."""

    label: str = Field(description="class of the node")
    quote: str = Field(
        default="", description="the words of the document, shortened; empty if its text is not in the store"
    )
    where: str = Field(default="", description="document, heading and page")
    evidence_id: str = Field(description="give it to the tool `evidence` for every place where this is stated, in full")
    evidence_total: int = 0


class Reply(Brief):
    """What every list says of itself."""

    total: int = Field(description="rows of the whole answer")
    at_least: bool = Field(default=False, description="there are at least `total` rows")
    next: str | None = Field(default=None, description="cursor of the rows behind these; missing at the end")


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
