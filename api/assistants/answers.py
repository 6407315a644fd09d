"""What the tools reply with: rows, and what is said of the whole answer."""

from typing import Generic, TypeVar

from pydantic import Field

from api.assistants.replies import Brief, Named, Reply
from api.assistants.rows import PathRow, StepRow
from ontology.values import PolicyLevel

RowT = TypeVar("RowT", bound=Brief)


class Rows(Reply, Generic[RowT]):
    """A page of rows."""

    rows: list[RowT]
    counts: dict[str, int] = Field(default={}, description="what the whole answer has of each kind")
    cut: bool = Field(
        default=False, description="there is more (policies, figures, hits) than was looked at; narrow the question"
    )


class CascadeReply(Rows[RowT], Generic[RowT]):
    """Rows of a cascade, with the policies above and below."""

    policy: Named
    level: PolicyLevel | None = None
    policies: list[StepRow] = Field(
        default=[], description="the nearest first, as many as `limit`; `counts` says how many there are"
    )


class PathReply(Reply):
    """Paths, all of one length."""

    hops: int | None = Field(default=None, description="length of the shortest way; missing if there is none")
    cut: bool = Field(
        default=False, description="not all edges were looked at: there may be a shorter way; say what to avoid"
    )
    rows: list[PathRow]


class TieRow(Brief):
    """Two nodes that are tied to each other."""

    one: Named
    other: Named
    weight: int = Field(description="number of distinct sentences behind it, of joint issuing that of policies")
    kinds: str = ""
    activities: str = ""
    quote: str = ""
    document: str = ""
    evidence_id: str = Field(description="give it to the tool `evidence`")


class MemberRow(Named):
    """A node of a network."""

    label: str
    degree: int = Field(description="how many others it is tied to")
    betweenness: float = Field(description="share of shortest ways between two others that lead through it")
    community: int


class NetworkReply(Brief):
    """The heaviest ties of a network, and who stands between the others."""

    total_members: int
    total_ties: int
    communities: int
    ties: list[TieRow]
    brokers: list[MemberRow] = Field(default=[], description="those with the most betweenness of the whole network")
    estimated: bool = Field(default=False, description="betweenness was estimated from some of the members")


class PieceRow(Brief):
    """A place that states a fact, in full."""

    quote: str = Field(default="", description="the statement, word for word; empty if the text is not in the store")
    sentence: str = Field(default="", description="the sentences around it")
    where: str
    citation: str = Field(description="how to cite it: issuer, title, number, date, section, page")
    document: str = Field(description="resource of the document's text")
    start: int = Field(description="first character of the statement in the document")
    end: int


class EvidenceReply(Reply):
    """Every place that states a fact."""

    rows: list[PieceRow]
