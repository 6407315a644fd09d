"""The tools: each a thin layer over a question, with arguments and answers in the words of a reader of policies.

What a docstring says here is what an assistant is told of the tool.
"""

from dataclasses import asdict, replace
from typing import Annotated, Any

from pydantic import Field

from api.assistants import arguments as given
from api.assistants.answers import (
    CascadeReply,
    EvidenceReply,
    MemberRow,
    NetworkReply,
    PathReply,
    PieceRow,
    Rows,
    TieRow,
)
from api.assistants.documents import document_uri
from api.assistants.replies import Named, named, place, shortened
from api.assistants.rows import (
    AlignedRow,
    ChainRow,
    ComparedRow,
    HitRow,
    ProgressedRow,
    aligned_row,
    chain_row,
    compared_row,
    hit_row,
    path_row,
    progressed_row,
    step_row,
)
from api.forms.networks import Table, network_table
from graph.queries.cascade import cascade
from graph.queries.cascade_rows import CascadeQuery, Finding
from graph.queries.chain_rows import ChainQuery
from graph.queries.chains import chains
from graph.queries.compare import compare
from graph.queries.compare_rows import CompareQuery
from graph.queries.evidence import evidence_of
from graph.queries.facets import Facet
from graph.queries.network_rows import NetworkKind, NetworkQuery
from graph.queries.networks import network
from graph.queries.pages import Page
from graph.queries.paths import LONGEST_PATH, PathQuery, paths
from graph.queries.progress import progress
from graph.queries.progress_rows import ProgressQuery
from graph.queries.search import search
from graph.queries.way_done import Status
from graph.review.shown import Views
from graph.store import Store

_WAIT_S = 20.0
_BROKERS = 5


class Tools:
    """The questions on a store, as an assistant asks them."""

    def __init__(self, store: Store) -> None:
        self._views = Views(store)

    @property
    def _store(self) -> Store:
        """The store as answers show it."""
        return self._views.get()

    def search(
        self,
        text: Annotated[
            given.Text, Field(description="words, all of which must be there; a phrase in straight quotes")
        ],
        classes: given.Classes = (),
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> Rows[HitRow]:
        """Find nodes by name and passages by their words; start here to learn the ids and full names that there are.

        Exact names come first, passages of documents last.
        """
        filters = {Facet.TAG: tag} if tag else {}
        page = search(self._store, text, labels=classes, filters=filters, limit=limit, cursor=cursor)
        return Rows(rows=list(map(hit_row, page.items)), **_length(page), cut=page.truncated)

    def chains(
        self,
        policy: given.Policies = (),
        goal: given.Goals = (),
        measure: given.Measures = (),
        actor: given.Actors = (),
        region: given.Regions = (),
        issuer: given.Issuers = (),
        indicator: given.Indicators = (),
        role: given.Roles = (),
        closeness: given.Closenesses = (),
        missing: given.Gaps = (),
        policy_level: given.Levels = (),
        year_from: Annotated[given.Year, Field(description="the goal's year, at the earliest")] = None,
        year_to: Annotated[given.Year, Field(description="the goal's year, at the latest")] = None,
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> Rows[ChainRow]:
        """Which measure serves which goal, and who carries it out: a row for each goal, measure and actor.

        Rows whose actor stands nearest to the goal in the text come first. All filters must fit. `missing` finds goals
        that no measure serves, and measures that nobody carries out.
        """
        query = ChainQuery(
            policy=policy,
            goal=goal,
            measure=measure,
            actor=actor,
            region=region,
            issuer=issuer,
            indicator=indicator,
            role=role,
            closeness=closeness,
            gaps=missing,
            policy_level=policy_level,
            year_from=year_from,
            year_to=year_to,
            tags=tag,
        )
        page = chains(self._store, query, limit=limit, cursor=cursor)
        counted = {name: number for name, number in asdict(page.counts).items() if name not in ("rows", "exact")}
        return Rows(
            rows=list(map(chain_row, page.items)),
            **_length(page),
            counts=counted,
        )

    def cascade(
        self,
        policy: Annotated[given.Text, Field(description="id or title of the policy")],
        finding: Annotated[tuple[Finding, ...], given.ONE_OR_MORE, Field(description="only rows that say this")] = (),
        indicator: given.Indicators = (),
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> CascadeReply[AlignedRow]:
        """The policies above and below one, and how its goals align with theirs, by value and by year.

        `not_taken_up` are goals above that the policy has none for, or goals of the policy that no policy below takes
        up; `new` are goals that no policy above sets.
        """
        query = CascadeQuery(policy, findings=finding, indicator=indicator, tags=tag)
        page = cascade(self._store, query, limit=limit, cursor=cursor)
        return CascadeReply(
            policy=named(page.policy),
            level=page.level,
            policies=[step_row(step) for step in page.steps[:limit]],
            rows=list(map(aligned_row, page.items)),
            **_length(page),
            counts=asdict(page.counts),
            cut=page.truncated,
        )

    def compare(
        self,
        policy: given.Policies = (),
        region: given.Regions = (),
        issuer: given.Issuers = (),
        indicator: given.Indicators = (),
        year: Annotated[given.Year, Field(description="year of the figures; the latest of each if not given")] = None,
        in_all: Annotated[bool, Field(description="false: also indicators that only one of them has")] = True,
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> Rows[ComparedRow]:
        """Targets and reported figures of several policies, places or issuers side by side, in one unit.

        Each policy, region and issuer is one of the compared. What one promised and another did not is found with
        `in_all` false.
        """
        query = CompareQuery(
            policy=policy,
            region=region,
            issuer=issuer,
            indicator=indicator,
            tags=tag,
            year=year,
            min_columns=2 if in_all else 1,
        )
        page = compare(self._store, query, limit=limit, cursor=cursor)
        columns = [column.name for column in page.columns]
        return Rows(
            rows=[compared_row(row, columns) for row in page.items],
            **_length(page),
            cut=page.truncated,
        )

    def progress(
        self,
        policy: given.Policies = (),
        region: given.Regions = (),
        issuer: given.Issuers = (),
        report: Annotated[
            tuple[given.Word, ...], given.ONE_OR_MORE, Field(description="policies that report the figures")
        ] = (),
        indicator: given.Indicators = (),
        status: Annotated[tuple[Status, ...], given.ONE_OR_MORE, Field(description="what became of the goal")] = (),
        year: Annotated[given.Year, Field(description="year of the figures; the latest of each if not given")] = None,
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> Rows[ProgressedRow]:
        """What became of goals: each held against a reported figure of the same indicator and subject.

        The formula shows how the share of the way was computed.
        """
        query = ProgressQuery(
            policy=policy,
            region=region,
            issuer=issuer,
            report=report,
            indicator=indicator,
            tags=tag,
            statuses=status,
            year=year,
        )
        page = progress(self._store, query, limit=limit, cursor=cursor)
        return Rows(
            rows=list(map(progressed_row, page.items)),
            **_length(page),
            counts=asdict(page.counts),
            cut=page.truncated,
        )

    def path(
        self,
        source: Annotated[given.Text, Field(description="id or name of one end")],
        target: Annotated[given.Text, Field(description="id or name of the other end")],
        avoid: Annotated[given.Relations, Field(description="relations not to follow, for instance PART_OF")] = (),
        max_hops: Annotated[int, Field(ge=1, le=LONGEST_PATH)] = 6,
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> PathReply:
        """How two nodes hang together: the shortest ways between them, with the sentence behind every hop."""
        query = PathQuery(avoid=avoid, max_hops=max_hops, tags=tag)
        page = paths(self._store, source, target, query, limit=limit, cursor=cursor)
        return PathReply(
            rows=list(map(path_row, page.items)),
            **_length(page),
            hops=page.hops,
            cut=page.is_cut or bool(page.hubs),
        )

    def network(
        self,
        of: Annotated[
            NetworkKind,
            Field(description="who works with whom, who issues policies together, or which policy names which"),
        ] = NetworkKind.PARTNERSHIP,
        region: given.Regions = (),
        kind: given.PartnershipKinds = (),
        around: Annotated[
            given.Word | None, Field(description="only this node (id or name), its neighbours and what is between")
        ] = None,
        min_weight: Annotated[int, Field(ge=1, description="least number of sentences behind a tie")] = 1,
        tag: given.Tags = (),
        limit: given.Limit = given.DEFAULT_ROWS,
    ) -> NetworkReply:
        """Who is tied to whom, the heaviest ties first, and the brokers: those who stand between the others."""
        query = NetworkQuery(region=region, kind=tuple(map(str, kind)), ego=around, min_weight=min_weight, tags=tag)
        found = network(self._store, of, query, wait_s=_WAIT_S)
        head, rows = network_table(self._store, replace(found, edges=found.edges[:limit]), Table.TIES)
        return NetworkReply(
            total_members=found.total_nodes,
            total_ties=found.total_edges,
            communities=found.communities,
            estimated=found.is_sampled,
            ties=[_tie_row(dict(zip(head, row, strict=True))) for row in rows],
            brokers=[
                MemberRow(
                    id=one.id,
                    name=one.name,
                    label=one.label,
                    degree=one.degree,
                    betweenness=one.betweenness,
                    community=one.community,
                )
                for one in found.brokers[:_BROKERS]
            ],
        )

    def evidence(
        self,
        id: Annotated[given.Text, Field(description="id of a node or edge: `id` or `evidence_id` of another answer")],
        limit: given.Limit = given.DEFAULT_ROWS,
        cursor: given.Cursor = None,
    ) -> EvidenceReply:
        """Every place in the documents that states a fact, in full, with the sentences around it."""
        page = evidence_of(self._store, id, limit=limit, cursor=cursor)
        rows = [
            PieceRow(
                quote=piece.quote,
                sentence="".join(segment.text for segment in piece.segments),
                where=place(piece),
                citation=piece.citation,
                document=document_uri(piece.document),
                start=piece.start,
                end=piece.end,
            )
            for piece in page.items
        ]
        return EvidenceReply(rows=rows, **_length(page))


def _length(page: Page[Any]) -> dict[str, Any]:
    """What every reply says of the list that its rows are from."""
    return {"total": page.total, "at_least": not page.exact, "next": page.next}


def _tie_row(row: dict[str, str | int | float | None]) -> TieRow:
    def text(name: str) -> str:
        return str(row[name] or "")

    return TieRow(
        one=Named(id=text("a_id"), name=text("a")),
        other=Named(id=text("b_id"), name=text("b")),
        weight=int(row["weight"] or 0),
        kinds=text("kinds"),
        activities=shortened(text("activities")),
        quote=shortened(text("quote")),
        document=text("document"),
        evidence_id=text("edge_ids").partition("; ")[0],
    )
