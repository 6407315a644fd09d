"""A batch in the making: claims by id, each fact once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Generic

from graph.facts import Batch, BatchHeader, ClaimT, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from ontology.values import Origin

Stated = Mapping[str, "Value | None"]


class Draft:
    """Claims of one batch. A fact that is stated again gains evidence and the properties that it lacked."""

    def __init__(self) -> None:
        self._nodes = _Gathered[NodeClaim]()
        self._edges = _Gathered[EdgeClaim]()

    def node(
        self,
        id_: str,
        label: str,
        properties: Stated,
        *,
        evidence: Sequence[Evidence] = (),
        rule: str = "",
        inferred: Iterable[str] = (),
        is_own: bool = False,
        origin: Origin | None = None,
    ) -> str:
        """Claim a node; -> its id. Names in `inferred` that are no given properties do not count."""
        given = _given(properties)
        claim = NodeClaim(
            id=id_,
            label=label,
            properties=given,
            rule=rule,
            inferred=tuple(sorted(given.keys() & set(inferred))),
            is_own=is_own,
            origin=origin,
        )
        self._nodes.add(claim, evidence)
        return id_

    def edge(
        self,
        type_: str,
        source: str,
        target: str,
        properties: Stated | None = None,
        *,
        evidence: Sequence[Evidence] = (),
        rule: str = "",
        is_own: bool = False,
        origin: Origin | None = None,
    ) -> None:
        """Claim an edge between two claimed nodes; a node is never joined to itself."""
        if source != target:
            given = _given(properties or {})
            claim = edge_claim(type_, source, target, given, rule=rule, is_own=is_own, origin=origin)
            self._edges.add(claim, evidence)

    def has(self, id_: str) -> bool:
        """Whether a node of this id is claimed."""
        return id_ in self._nodes.claims

    def finish(self, header: BatchHeader) -> Batch:
        """The batch, claims by id."""
        return Batch(header=header, nodes=self._nodes.finish(), edges=self._edges.finish())


class _Gathered(Generic[ClaimT]):
    """Claims by id, and the evidence of each apart, so that a fact stated ten thousand times is not copied as often."""

    def __init__(self) -> None:
        self.claims: dict[str, ClaimT] = {}
        self._evidence: dict[str, dict[Evidence, None]] = {}

    def add(self, claim: ClaimT, evidence: Iterable[Evidence]) -> None:
        old = self.claims.get(claim.id)
        self.claims[claim.id] = claim if old is None else _united(old, claim)
        self._evidence.setdefault(claim.id, {}).update(dict.fromkeys(evidence))

    def finish(self) -> tuple[ClaimT, ...]:
        return tuple(replace(self.claims[id_], evidence=tuple(self._evidence[id_])) for id_ in sorted(self.claims))


def _given(properties: Stated) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _united(old: ClaimT, new: ClaimT) -> ClaimT:
    """The old claim with the missing properties of the new; a document's word before a register's.

    What either reads is not inferred.
    """
    if old.origin is Origin.REGISTER and new.origin is not Origin.REGISTER:
        old, new = new, old
    added: dict[str, Value] = {name: value for name, value in new.properties.items() if name not in old.properties}
    names = {str(claim.properties["name"]) for claim in (old, new) if "name" in claim.properties}
    aliases = names.union(*(_texts(claim.properties.get("aliases")) for claim in (old, new)))
    aliases.discard(str(old.properties.get("name", "")))
    if aliases:
        added["aliases"] = sorted(aliases)
    read = {name for name, value in new.properties.items() if old.properties.get(name) == value} - {*new.inferred}
    inferred = {*old.inferred, *(name for name in new.inferred if name in added)} - read
    if not added and len(inferred) == len(old.inferred):
        return old
    return replace(old, properties={**old.properties, **added}, inferred=tuple(sorted(inferred)))


def _texts(value: Value | None) -> list[str]:
    return value if isinstance(value, list) else []
