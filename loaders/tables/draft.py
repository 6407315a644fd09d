"""One table on its way to a batch: the claims of its rows, and what is wrong with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from graph.errors import RefusedInput
from graph.facts import REFERENCE, EdgeClaim, Evidence, NodeClaim, Value
from loaders.tables.columns import EVIDENCE, INFERRED
from loaders.tables.directory import Named
from loaders.tables.sheets import Row
from loaders.tables.values import short, text_list

MOST_FAULTS = 1_000
"""Faults of one table that are told; a table that is all wrong would fill the screen and the memory."""


_REFERRED = {"Passage": ("name", "document", "start", "end"), "Document": ("name", "characters")}
"""What a reference says beside the name: what the door needs to know of the places of evidence."""


class _Piece(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    document: str
    passage: str
    start: int
    end: int
    context: list[tuple[int, int]] = Field(default=[])


_PIECES = TypeAdapter(list[_Piece])


@dataclass(slots=True)
class Draft:
    """The claims of a table's rows by id; `rows` has the places of the rows that state them.

    What columns of other rows state beside that (an edge, an indicator) is not in `rows`, and gives way to a row of its
    own. `named` are the nodes that rows name.
    """

    source: str
    faults: list[str] = field(default_factory=list)
    nodes: dict[str, NodeClaim] = field(default_factory=dict)
    edges: dict[str, EdgeClaim] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    named: dict[str, Named] = field(default_factory=dict)

    def fault(self, where: str, lines: Iterable[str]) -> None:
        """Note what is wrong with a row."""
        told = [" ".join(f"{where}, {line}".split()) for line in lines]
        self.faults += told[: MOST_FAULTS - len(self.faults)]

    def name(self, named: Named) -> None:
        """Note that a row names a node, which has to be in the batch."""
        self.named[named.id] = named

    def refer(self, named: Named) -> None:
        """Claim, after all others, that a node is there which others state."""
        if named.id not in self.nodes:
            wanted = _REFERRED.get(named.label, ("name",))
            stated = {name: named.properties[name] for name in wanted if name in named.properties}
            self.nodes[named.id] = NodeClaim(properties=stated, rule=REFERENCE, id=named.id, label=named.label)

    def state_node(self, claim: NodeClaim) -> None:
        """Take the claim of a row; that another row states the node is a fault."""
        if claim.id in self.rows:
            self.fault(claim.rule, [f"column id: the same node as {self.rows[claim.id]} ({claim.id}); keep one row"])
        self.nodes[claim.id] = claim
        self.rows.setdefault(claim.id, claim.rule)

    def state_edge(self, claim: EdgeClaim, *, is_row: bool) -> None:
        """Take the claim of a row, or that of a column of a node's row."""
        if is_row and claim.id in self.rows:
            self.fault(claim.rule, [f"column type: the same edge as {self.rows[claim.id]}; keep one of them"])
        if is_row or claim.id not in self.edges:
            self.edges[claim.id] = claim
        if is_row:
            self.rows.setdefault(claim.id, claim.rule)


def flaws_of(row: Row) -> list[str]:
    """What was wrong with cells of the row when they were read, a line each."""
    return [f"column {column}: {why}" for column, why in row.flaws.items()]


def evidence_of(row: Row, faults: list[str]) -> tuple[Evidence, ...]:
    """The evidence that a row gives, as exports write it."""
    text = row.cells.get(EVIDENCE)
    if text is None:
        return ()
    try:
        pieces = _PIECES.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]["msg"]
        faults.append(f"column {EVIDENCE}: “{short(text)}” is refused: {first}; leave it as an export has it, or empty")
        return ()
    return tuple(Evidence(one.document, one.start, one.end, one.passage, tuple(one.context)) for one in pieces)


def inferred_of(row: Row, properties: Mapping[str, Value], faults: list[str]) -> tuple[str, ...]:
    """The properties that a row says were concluded."""
    if INFERRED not in row.cells:
        return ()
    try:
        named = text_list(row.cells[INFERRED])
    except RefusedInput as error:
        faults.append(f"column {INFERRED}: {error}")
        return ()
    unknown = [name for name in named if name not in properties]
    if unknown and not faults:
        faults.append(f"column {INFERRED}: {', '.join(unknown)}: not among the properties of the row; leave it out")
    return tuple(named)
