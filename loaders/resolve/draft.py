"""A batch in the making: claims by id, each fact once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graph.facts import Batch, BatchHeader, ClaimT, EdgeClaim, Evidence, NodeClaim, Value, edge_claim
from ontology.values import Origin

Stated = Mapping[str, "Value | None"]


class Draft:
    """Claims of one batch. A fact that is stated again gains evidence and the properties that it lacked."""

    def __init__(self) -> None:
        self._nodes: dict[str, NodeClaim] = {}
        self._edges: dict[str, EdgeClaim] = {}

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
            evidence=tuple(evidence),
            rule=rule,
            inferred=tuple(sorted(given.keys() & set(inferred))),
            is_own=is_own,
            origin=origin,
        )
        old = self._nodes.get(id_)
        self._nodes[id_] = claim if old is None else _united(old, claim)
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
        if source == target:
            return
        claim = edge_claim(
            type_,
            source,
            target,
            _given(properties or {}),
            evidence=tuple(evidence),
            rule=rule,
            is_own=is_own,
            origin=origin,
        )
        old = self._edges.get(claim.id)
        self._edges[claim.id] = claim if old is None else _united(old, claim)

    def has(self, id_: str) -> bool:
        """Whether a node of this id is claimed."""
        return id_ in self._nodes

    def finish(self, header: BatchHeader) -> Batch:
        """The batch, claims by id."""
        return Batch(
            header=header,
            nodes=tuple(self._nodes[id_] for id_ in sorted(self._nodes)),
            edges=tuple(self._edges[id_] for id_ in sorted(self._edges)),
        )


def _given(properties: Stated) -> dict[str, Value]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _united(old: ClaimT, new: ClaimT) -> ClaimT:
    """The old claim with the evidence and the missing properties of the new; a document's word before a register's."""
    if old.origin is Origin.REGISTER and new.origin is not Origin.REGISTER:
        old, new = new, old
    properties = {**new.properties, **old.properties}
    names = {str(claim.properties["name"]) for claim in (old, new) if "name" in claim.properties}
    aliases = names.union(*(_texts(claim.properties.get("aliases")) for claim in (old, new)))
    aliases.discard(str(properties.get("name", "")))
    if aliases:
        properties["aliases"] = sorted(aliases)
    added: set[str] = {name for name in new.inferred if name not in old.properties}
    return replace(
        old,
        properties=properties,
        evidence=tuple(dict.fromkeys((*old.evidence, *new.evidence))),
        inferred=tuple(sorted({*old.inferred, *added})),
    )


def _texts(value: Value | None) -> list[str]:
    return value if isinstance(value, list) else []
