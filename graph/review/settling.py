"""Attaching decisions to the graph as it is: what each of them claims is derived from what the sources say.

The graph is a function of the sources' claims and of the decisions, whatever their order: every store settles them in
the transaction of every change. Where two decisions disagree, the later counts; both stay.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph import ids
from graph.door import admit
from graph.encoding import evidence_text, to_json
from graph.errors import BadBatch
from graph.facts import Batch, BatchHeader, Edge, EdgeClaim, Node, NodeClaim, Properties, Value
from graph.review.attaching import Attacher
from graph.review.claims import Ledger, Sources
from graph.review.decisions import (
    DETACHED,
    Anchor,
    Recorded,
    Verdict,
    is_decision,
    recorded_of,
    settled_header,
    verdict_of,
)
from ontology import registry
from ontology.values import Origin, ReviewState

_STATES = {
    Verdict.CONFIRM: ReviewState.CONFIRMED,
    Verdict.REJECT: ReviewState.REJECTED,
    Verdict.CORRECT: ReviewState.CORRECTED,
}
_NAMING = ("name", "title", "title_from")
_TAGGING = (Verdict.TAG, Verdict.UNTAG)
_FAR_REACHING = (Verdict.MERGE, *_TAGGING)
"""What also matters for other decisions."""


def settle(ledger: Ledger, *, added: Batch | None = None, gone: BatchHeader | None = None) -> None:
    """Have every decision claim what it means for the graph as it is now.

    Where all that has changed is that a batch was added, or that one was taken back, fewer decisions are looked at:
    one that merges nothing means something for its own fact alone.
    """
    headers = {header.id: header for header in ledger.reviews() if is_decision(header)}
    changed = gone or (added.header if added else None)
    if changed is not None and is_decision(changed) and verdict_of(changed) is not Verdict.MERGE:
        fresh = {changed.id} & headers.keys()
        known = [header for header in headers.values() if header.id in fresh or verdict_of(header) in _FAR_REACHING]
        settling = _Settling(ledger, map(recorded_of, known), fresh=fresh, gone=recorded_of(gone) if gone else None)
    elif added is None or _concerns(headers.values(), added):
        settling = _Settling(ledger, map(recorded_of, headers.values()), fresh=headers.keys())
    else:
        return
    for settled in settling.run():
        stored = headers[settled.recorded.id]
        batch = _batch(stored, settled)
        if batch.header != stored:
            ledger.replace_claims(batch)


def _concerns(headers: Iterable[BatchHeader], added: Batch) -> bool:
    """Whether a new batch may mean something for a decision: it states its fact, or that of one that is detached."""
    stated = {claim.id for claim in added.nodes} | {claim.id for claim in added.edges}
    decided = map(recorded_of, headers)
    return any(one.attached is None or not stated.isdisjoint(_facts(one)) for one in decided)


def _facts(one: Recorded) -> set[str]:
    """Ids of the facts by which a decision was found; where it was by a quote, also of what holds other quotes."""
    found = {one.attached or "", one.survivor or "", *(anchor.id for anchor in _anchors(one))}
    if one.attached != one.decision.fact.id or one.survivor:
        found |= {id_ for anchor in _anchors(one) for id_ in (anchor.policy, anchor.document)}
    return found


@dataclass(slots=True)
class Merges:
    """Which node stands for which, by what was decided."""

    into: dict[str, str]

    def survivor(self, id_: str) -> str:
        """The node that stands for this one, itself if it was not merged."""
        while id_ in self.into:
            id_ = self.into[id_]
        return id_


@dataclass(frozen=True, slots=True)
class _Settled:
    """A decision with the claims that it makes now."""

    recorded: Recorded
    nodes: tuple[NodeClaim, ...] = ()
    edges: tuple[EdgeClaim, ...] = ()

    @property
    def version(self) -> str:
        """A digest of the claims; equal claims need not be written again."""
        if self.recorded.attached is None:
            return DETACHED
        said = [[c.id, c.label, *_said(c)] for c in self.nodes]
        linked = [[c.id, c.type, c.source, c.target, c.discriminator, *_said(c)] for c in self.edges]
        return ids.digest(to_json([said, linked]))


def _batch(stored: BatchHeader, settled: _Settled) -> Batch:
    """The decision's batch; what the ontology no longer allows, since the fact is of another class now, is detached."""
    header = settled_header(stored, settled.recorded, version=settled.version)
    try:
        return admit(Batch(header, settled.nodes, settled.edges))
    except BadBatch as error:
        lost = replace(settled.recorded, attached=None, survivor=None, why=error.faults[0])
        return Batch(settled_header(stored, lost, version=DETACHED))


def _said(claim: NodeClaim | EdgeClaim) -> list[object]:
    return [dict(claim.properties), evidence_text(claim.evidence), claim.inferred, claim.is_own, claim.origin]


class _Settling:
    """Of the decisions that are given the fresh ones are attached anew, the others are where they were."""

    def __init__(
        self, ledger: Ledger, recorded: Iterable[Recorded], *, fresh: Collection[str], gone: Recorded | None = None
    ) -> None:
        self._ledger = ledger
        self._sources = Sources(ledger)
        self._attacher = Attacher(ledger, self._sources)
        self._decisions = sorted(recorded, key=lambda one: one.order)
        self._fresh = fresh
        self._gone = gone
        self._merges = Merges({})
        self._tags: dict[tuple[str, str], Verdict] = {}

    def run(self) -> list[_Settled]:
        self._attacher.read(anchor for one in self._decisions if one.id in self._fresh for anchor in _anchors(one))
        merges = {one.id: self._merged(one) for one in self._decisions if one.decision.verdict is Verdict.MERGE}
        attached = [merges.get(one.id) or self._attached(one) for one in self._decisions]
        for one in attached:
            self._note_tags(one)
        wanted = [one for one in attached if one.id in self._fresh or self._is_beside(one, attached)]
        edges = self._edges_of_merged() if any(one.id in merges for one in wanted) else {}
        return [self._settled(one, edges) for one in wanted]

    def _is_beside(self, one: Recorded, attached: Sequence[Recorded]) -> bool:
        """Whether it is about tags of a node on which a tag was put or taken back now."""
        if one.decision.verdict not in _TAGGING:
            return False
        changed = [*(other for other in attached if other.id in self._fresh), *([self._gone] if self._gone else [])]
        return any(other.attached == one.attached and other.decision.verdict in _TAGGING for other in changed)

    def _attached(self, one: Recorded) -> Recorded:
        """The decision with the id of its fact as it is now; what was said of an edge goes with it in a merge."""
        if one.id not in self._fresh:
            return one
        found, why = self._attacher.find(one.decision.fact)
        if found is not None and one.decision.fact.is_edge:
            found = self._edge_now(found)
            why = "" if found else "its ends were merged into one"
        elif found is not None and one.decision.verdict in _TAGGING:
            found = self._merges.survivor(found)
        return replace(one, attached=found, survivor=None, why=why)

    def _merged(self, one: Recorded) -> Recorded:
        """A merge takes effect if both nodes are there, of one class, and not one already."""
        if one.id not in self._fresh:
            if one.attached and one.survivor:
                self._merges.into[one.attached] = one.survivor
            return one
        detached = replace(one, attached=None, survivor=None)
        assert one.decision.into is not None
        (old, why), (into, why_not) = map(self._attacher.find, (one.decision.fact, one.decision.into))
        if old is None or into is None:
            return replace(detached, why=why or why_not)
        first, second = self._sources.node(old), self._sources.node(into)
        if first is None or second is None or first.label != second.label:
            return replace(detached, why="the two are of different classes now")
        # A later merge of the same node counts before an earlier one, but never closes a circle.
        earlier = self._merges.into.pop(old, None)
        if self._merges.survivor(into) == old:
            if earlier is not None:
                self._merges.into[old] = earlier
            return replace(detached, why="the two are one already")
        self._merges.into[old] = into
        return replace(one, attached=old, survivor=into, why="")

    def _note_tags(self, one: Recorded) -> None:
        """Of tagging and untagging a node with one tag the later counts."""
        if one.attached and one.decision.verdict in _TAGGING:
            self._tags |= {(one.attached, tag): one.decision.verdict for tag in one.decision.tags}

    def _edges_of_merged(self) -> Mapping[str, list[Edge]]:
        """What the sources say of edges at merged nodes, by node; of two merged ends the source has the edge."""
        merged = self._merges.into
        found: dict[str, list[Edge]] = {}
        at = sorted({edge.id for edge in self._ledger.edges_at(merged)}) if merged else []
        self._sources.read_edges(at)
        for edge in filter(None, map(self._sources.edge, at)):
            found.setdefault(edge.source if edge.source in merged else edge.target, []).append(edge)
        self._sources.read_nodes(end for edges in found.values() for edge in edges for end in self._ends(edge))
        return found

    def _ends(self, edge: Edge) -> tuple[str, str]:
        return self._merges.survivor(edge.source), self._merges.survivor(edge.target)

    def _settled(self, one: Recorded, edges: Mapping[str, list[Edge]]) -> _Settled:
        if one.attached is None:
            return _Settled(one)
        if one.decision.verdict is Verdict.MERGE:
            return self._merging(one, one.attached, edges.get(one.attached, ()))
        if one.decision.fact.is_edge:
            return self._about_edge(one, one.attached)
        node = self._sources.node(one.attached)
        if node is None or node.id in self._merges.into:  # what was said of a merged node counts again when it is split
            return _Settled(one)
        said = self._said(one, one.attached)
        return _Settled(one, (NodeClaim(said, id=node.id, label=node.label),) if said else ())

    def _said(self, one: Recorded, fact: str) -> Properties:
        """What a decision claims of its fact."""
        verdict = one.decision.verdict
        if verdict in _STATES:
            return {**one.decision.changes, "review": _STATES[verdict].value}
        tags = [tag for tag in one.decision.tags if self._tags[fact, tag] is Verdict.TAG]
        return {"tags": sorted(tags)} if verdict is Verdict.TAG and tags else {}

    def _edge_now(self, id_: str) -> str | None:
        """The id of an edge of the sources once its ends are those that survive; None if they are one."""
        edge = self._sources.edge(id_)
        moved = self._moved(edge) if edge else None
        return moved.id if moved else None

    def _about_edge(self, one: Recorded, id_: str) -> _Settled:
        found, _ = self._attacher.find(one.decision.fact)
        edge = self._sources.edge(found) if found else None
        moved = self._moved(edge) if edge else None
        assert moved is not None  # else it would not be attached
        claim = replace(moved, properties=self._said(one, id_), evidence=(), inferred=(), is_own=False, origin=None)
        return _Settled(one, self._named_ends([claim]), (claim,))

    def _merging(self, one: Recorded, old: str, edges: Sequence[Edge]) -> _Settled:
        """The old node steps back; the survivor gets what the sources say of it, and the edges that hang on it."""
        survivor = self._merges.survivor(old)
        node, other = self._sources.node(old), self._sources.node(survivor)
        if self._merges.into.get(old) != one.survivor or node is None or other is None:
            return _Settled(replace(one, attached=None, survivor=None, why="a later decision merged it into another"))
        moved = {claim.id: claim for claim in filter(None, map(self._moved, edges))}
        mark = NodeClaim({"review": ReviewState.MERGED.value}, id=old, label=node.label)
        stated = _renamed(node)
        said = NodeClaim(
            stated,
            node.evidence,
            inferred=tuple(name for name in node.inferred if name in stated),
            is_own=self._sources.is_own(old),
            origin=Origin(str(node.properties["origin"])),
            id=survivor,
            label=other.label,
        )
        claims = {claim.id: claim for claim in (*self._named_ends(moved.values()), mark, said)}
        return _Settled(
            replace(one, survivor=survivor),
            tuple(claims[id_] for id_ in sorted(claims)),
            tuple(moved[id_] for id_ in sorted(moved)),
        )

    def _moved(self, edge: Edge) -> EdgeClaim | None:
        """What the sources say of an edge, of the nodes that survive; None if they are one."""
        source, target = self._ends(edge)
        if source == target:
            return None
        if registry.relation_of(edge.type).is_symmetric:
            source, target = sorted((source, target))
        return EdgeClaim(
            _stated(edge),
            edge.evidence,
            inferred=edge.inferred,
            is_own=self._sources.is_own(edge.id),
            origin=Origin(str(edge.properties["origin"])),
            id=ids.edge_id(source, edge.type, target, edge.discriminator),
            type=edge.type,
            source=source,
            target=target,
            discriminator=edge.discriminator,
        )

    def _named_ends(self, edges: Iterable[EdgeClaim]) -> tuple[NodeClaim, ...]:
        """Claims that the ends of the edges are there, which say nothing of them."""
        ends = sorted({end for claim in edges for end in (claim.source, claim.target)})
        nodes = [node for end in ends if (node := self._sources.node(end)) is not None]
        return tuple(NodeClaim({}, id=node.id, label=node.label) for node in nodes)


def _anchors(one: Recorded) -> list[Anchor]:
    return [one.decision.fact, *([one.decision.into] if one.decision.into else [])]


def _stated(fact: Node | Edge) -> dict[str, Value]:
    """The properties that sources state, without those that the fold adds."""
    added = ("origin", "review", "sources", "loaded_at")
    return {name: value for name, value in fact.properties.items() if name not in added}


def _renamed(node: Node) -> dict[str, Value]:
    """What sources state of a node, its names as other names of the survivor, whose own name stays."""
    stated = {name: value for name, value in _stated(node).items() if name not in _NAMING}
    aliases = node.properties.get("aliases")
    return stated | {"aliases": sorted({node.name, *(aliases if isinstance(aliases, list) else ())})}
