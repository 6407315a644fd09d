"""Checked decisions: what somebody wants to decide, with all that is needed to find the fact again."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import inf

from pydantic import ValidationError

from graph.errors import NotFound, RefusedInput, UnknownParameter
from graph.facts import STATED, BatchHeader, Edge, Evidence, Node, Value
from graph.fold import MERGED, fold_node
from graph.normal import number_text
from graph.queries.find import STATING
from graph.queries.tags import codes_of
from graph.review.attaching import quote_of, value_of
from graph.review.decisions import Anchor, Decision, Verdict, is_decision, is_edge_id, verdict_of
from graph.review.listing import survivors
from graph.store import Direction, Store
from ontology import registry

LONGEST_NAME = 200
LONGEST_NOTE = 2_000
LONGEST_VALUE = 10_000
LARGEST = 10**15
MOST_TAGS = 50
_PRINTED = ("Document", "Passage")
"""Classes of what is there for everybody to see: they can be tagged, but there is nothing to judge."""
_NOT_CORRECTED = {"review", "loaded", "title_from", *MERGED}
_FIGURES = ("value", "value_max", "baseline_value")
_RATIO = re.compile(r"\d+(\.\d+)?(:\d+(\.\d+)?)+")
_CLAIMS_READ = 10_000
_TAGGING = (Verdict.TAG, Verdict.UNTAG)


def decide(
    store: Store,
    verdict: Verdict,
    fact: str,
    *,
    by: str,
    changes: Mapping[str, Value | None] | None = None,
    into: str | None = None,
    tags: Sequence[str] = (),
    note: str = "",
    at: datetime | None = None,
    merged: Mapping[str, str] | None = None,
) -> Decision:
    """The decision about a node or edge, by its id, not recorded yet; a merged node stands for its survivor.

    `changes` are the values of a correction, also as texts: they become what the ontology says, None or an empty text
    takes the value away; the id of the fact stays. `into` is the id of the node that a merge leaves. `tags` are put on
    a node of any class, or taken from it. `merged` are the `survivors` of the store, where they are known already.

    Raises NotFound for an unknown id, UnknownParameter for a property that the fact does not have, RefusedInput for
    everything else that can't be decided.
    """
    leads_to = survivors(store) if merged is None else merged
    anchor = _anchor(store, leads_to.get(fact, fact))
    if verdict not in _TAGGING:
        _check_judged(anchor)
    _check_given(verdict, changes=changes, into=into, tags=tags)
    return Decision(
        verdict,
        anchor,
        _who(by),
        _when(at),
        changes=_checked_changes(anchor, changes or {}) if verdict is Verdict.CORRECT else {},
        into=_survivor(store, anchor, leads_to.get(into, into)) if into is not None else None,
        tags=_checked_tags(store, verdict, anchor, tags) if verdict in _TAGGING else (),
        note=_plain(note.strip(), LONGEST_NOTE, "the note"),
    )


def _check_given(
    verdict: Verdict, *, changes: Mapping[str, Value | None] | None, into: str | None, tags: Sequence[str]
) -> None:
    """Refuse what does not belong to the verdict, and a verdict without what belongs to it."""
    given = {"changes": bool(changes), "into": into is not None, "tags": bool(tags)}
    wanted = {Verdict.CORRECT: "changes", Verdict.MERGE: "into", Verdict.TAG: "tags", Verdict.UNTAG: "tags"}
    for name, is_given in given.items():
        if is_given and wanted.get(verdict) != name:
            raise RefusedInput(f"{verdict}: it takes no {name}; leave that out or choose another verdict")
    if verdict is Verdict.MERGE and into is None:
        raise RefusedInput("merge: say into which node; give its id")


def _check_judged(anchor: Anchor) -> None:
    if anchor.kind in _PRINTED:
        raise RefusedInput(f"{anchor.id}: a {anchor.kind} is there as it was read, there is nothing to judge; tag it")


def _survivor(store: Store, first: Anchor, into: str | None) -> Anchor:
    """The node that is left when the first is merged into it."""
    assert into is not None
    second = _anchor(store, into)
    if first.is_edge or second.is_edge:
        raise RefusedInput(f"{first.id}: an edge can't be merged; merge the nodes at its ends")
    if first.id == second.id:
        raise RefusedInput(f"{first.id}: both are this node already; there is nothing to merge")
    if first.kind != second.kind:
        raise RefusedInput(
            f"{first.id} is of class {first.kind}, {second.id} of class {second.kind}: only two of one class can be one"
        )
    return second


def _checked_tags(store: Store, verdict: Verdict, anchor: Anchor, tags: Sequence[str]) -> tuple[str, ...]:
    if anchor.is_edge:
        raise RefusedInput(f"{anchor.id}: an edge carries no tags; tag one of its ends")
    codes = codes_of(tags)
    if not 1 <= len(codes) <= MOST_TAGS:
        raise RefusedInput(f"{anchor.id}: give 1 to {MOST_TAGS} tags, not {len(codes)}")
    if verdict is Verdict.UNTAG:
        found = store.nodes([anchor.id])[anchor.id].properties.get("tags")
        has = found if isinstance(found, list) else []
        tables = _tagging_tables(store, anchor.id)
        for code in codes:
            if code not in has:
                raise RefusedInput(f"{anchor.id} has no tag “{code}”; it has {', '.join(has) or 'none'}")
            if code in tables:
                raise RefusedInput(f"{anchor.id}: its tag “{code}” is said by {tables[code]}; change that")
    return tuple(_plain(code, LONGEST_NAME, "a tag") for code in codes)


def _tagging_tables(store: Store, id_: str) -> dict[str, str]:
    """Tags of a node that curated tables state, of it or of one that was merged into it, each with what says so."""
    claims = [a for a in store.node_claims(id_, limit=_CLAIMS_READ) if not _is_tagging(a.header)]
    stated = ((a.header.title, a.claim.properties.get("tags")) for a in claims)
    return {tag: title for title, tags in stated if isinstance(tags, list) for tag in tags}


def _is_tagging(header: BatchHeader) -> bool:
    return is_decision(header) and verdict_of(header) in _TAGGING


def _anchor(store: Store, id_: str) -> Anchor:
    """What is remembered of a fact; raises NotFound for an unknown id."""
    if is_edge_id(id_):
        edge = store.edges([id_]).get(id_)
        if edge is None:
            raise NotFound(f"there is no edge with the id {id_}")
        return _edge_anchor(store, edge)
    node = store.nodes([id_]).get(id_)
    if node is None:
        raise NotFound(f"there is no node with the id {id_}")
    quote, document = _quoted(store, node.evidence)
    return Anchor(
        id=node.id,
        kind=node.label,
        name=node.name[:LONGEST_NAME],
        policy=_policy_of(store, node),
        document=document,
        quote=quote,
        value=_stated_value(store, node),
    )


def _stated_value(store: Store, node: Node) -> str:
    """The value of a figure as its sources state it, whatever it was corrected to."""
    if "value" not in node.properties:
        return ""
    claims = [a for a in store.node_claims(node.id, limit=_CLAIMS_READ) if not is_decision(a.header)]
    return value_of(fold_node(claims).properties) if claims else ""


def _edge_anchor(store: Store, edge: Edge) -> Anchor:
    ends = store.nodes([edge.source, edge.target])
    quote, document = _quoted(store, edge.evidence)
    names = [ends[end].name[: LONGEST_NAME // 2] for end in (edge.source, edge.target)]
    return Anchor(
        id=edge.id,
        kind=edge.type,
        name=f"{names[0]} {edge.type} {names[1]}",
        policy=_policy_of(store, ends[edge.source]),
        document=document,
        quote=quote,
        value=value_of(edge.properties, edge.discriminator),
    )


def _quoted(store: Store, evidence: Sequence[Evidence]) -> tuple[str, str]:
    """The digest of the first quote, and the document that it stands in."""
    if not evidence:
        return "", ""
    piece = evidence[0]
    passage = store.nodes([piece.passage]).get(piece.passage)
    start = passage.properties.get("start", 0) if passage else 0
    text = str(passage.properties.get("text", "")) if passage else ""
    return quote_of(piece, {piece.passage: (start if isinstance(start, int) else 0, text)}), piece.document


def _policy_of(store: Store, node: Node) -> str:
    """The policy that states the node, "" where none does alone."""
    if node.label == "Policy":
        return node.id
    if node.label not in STATED:
        return ""
    stating = store.expand([node.id], STATING, direction=Direction.IN, limit_each=1)
    return stating[0].source if stating else ""


def _checked_changes(anchor: Anchor, changes: Mapping[str, Value | None]) -> Mapping[str, Value]:
    """The changes in canonical form."""
    model = registry.relation_of(anchor.kind).properties if anchor.is_edge else registry.class_of(anchor.kind)
    known = sorted(set(model.model_fields) - _NOT_CORRECTED)
    what = f"{anchor.kind} {anchor.id}"
    if not known:
        raise RefusedInput(f"{what}: it has no property to correct; confirm or reject it")
    if not changes:
        raise RefusedInput(f"{what}: nothing to correct; give values for some of {', '.join(known)}")
    for name in changes:
        if name not in known:
            raise UnknownParameter(f"{what}: it has no {name} to correct; it has {', '.join(known)}")
    given = {name: registry.NO_VALUE if value is None else value for name, value in changes.items()}
    read = {name: _figure(value, f"{what}: {name}") if name in _FIGURES else value for name, value in given.items()}
    for name, value in read.items():
        for text in value if isinstance(value, list) else [value]:
            _plain(str(text), LONGEST_VALUE, f"{what}: {name}")
    if "title" in model.model_fields and (named := [read[name] for name in ("name", "title") if name in read]):
        read |= {"name": named[0], "title": named[0]}
    try:
        return registry.canonical_part(model, read)  # type: ignore[return-value]  # values are Value
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RefusedInput(f"{what}: {place}: {first['msg']}") from error


def _figure(value: Value, what: str) -> Value:
    """A number, also of its text, or a ratio; or nothing."""
    if value == registry.NO_VALUE:
        return value
    try:
        number = float(value) if isinstance(value, (str, int, float)) else None
    except (ValueError, OverflowError):
        number = inf if isinstance(value, int) else None
    if number is not None:
        if not abs(number) <= LARGEST:
            raise RefusedInput(f"{what}: a number between -{LARGEST:,} and {LARGEST:,} is wanted")
        return number if isinstance(value, str) else value
    if not isinstance(value, str) or not _RATIO.fullmatch(number_text(value)):
        raise RefusedInput(f"{what}: “{str(value)[:40]}” is neither a number nor a ratio such as 18:1")
    return value


def _who(by: str) -> str:
    name = " ".join(by.split())
    if not name:
        raise RefusedInput("nobody is named as the reviewer; say who decides with --by NAME")
    return _plain(name, LONGEST_NAME, "the reviewer's name")


def _when(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _plain(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise RefusedInput(f"{what} has {len(text):,} characters; give at most {longest:,}")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise RefusedInput(f"{what} is no valid Unicode: {text[:40]!a}; give it as text")
    return text
