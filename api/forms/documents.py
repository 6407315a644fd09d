"""Lists of nodes, and documents as they were read: parameters, answers and tables."""

from collections.abc import Sequence

from pydantic import Field

from api.csv_answers import Value
from api.models import Answered, CellModel, PageModel
from api.parameters import ListParameters, Words
from api.words import ClassName, Kinds, Levels
from graph.queries.cells import Cell
from graph.queries.documents import DocumentPassage

NODE_COLUMNS = ("name", "class", "evidence", "id")
PASSAGE_COLUMNS = ("section", "page", "start", "end", "text", "facts", "id")
_BETWEEN = "; "


class NodeParameters(ListParameters):
    """What `nodes` takes. All filters must fit; of one that is given several times, any value."""

    label: ClassName = Field(description="class of the nodes, subclasses included", examples=["Goal"])
    kind: Kinds = Field((), description="kind, of classes that have kinds")
    level: Levels = Field((), description="level, of policies and places")
    tag: Words = Field((), description="a researcher's tag")

    def filters(self) -> dict[str, Sequence[str]]:
        """The values that are wanted, by property."""
        given = {"kind": self.kind, "level": self.level, "tags": self.tag}
        return {name: values for name, values in given.items() if values}


class StatedFactModel(Answered):
    """A fact that a passage states: a node by its class and name, an edge by its relation and ends."""

    id: str
    type: str = Field(examples=["Goal"])
    name: str
    source: str | None
    target: str | None
    start: int = Field(description="code points of the document's text as read")
    end: int


class MarkedTextModel(Answered):
    """A stretch of text, with the ids of the facts that it states or helps to state."""

    text: str
    facts: list[str]


class PassageModel(Answered):
    """A passage; `segments`, joined, are its text."""

    id: str
    section: list[str]
    page: int | None
    start: int
    end: int
    has_text: bool = Field(description="false if the store holds the place but not the text")
    segments: list[MarkedTextModel]
    facts: list[StatedFactModel]


class DocumentPageModel(PageModel[PassageModel]):
    """A page of the passages of a document."""

    document: CellModel


def node_row(node: Cell) -> Sequence[Value]:
    """A node, by `NODE_COLUMNS`."""
    return node.name, node.label, node.evidence_total, node.id


def passage_row(passage: DocumentPassage) -> Sequence[Value]:
    """A passage, by `PASSAGE_COLUMNS`."""
    text = "".join(segment.text for segment in passage.segments)
    ids = _BETWEEN.join(dict.fromkeys(fact.id for fact in passage.facts))
    return " > ".join(passage.section), passage.page, passage.start, passage.end, text, ids, passage.id
