"""Deciding, and taking decisions back."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite

from pydantic import ValidationError

from graph.errors import NotFound, RefusedInput, UnknownParameter
from graph.facts import Batch, BatchKind, Edge, Evidence, Node, Value
from graph.fold import MERGED
from graph.normal import number_text
from graph.review.attaching import quote_of, value_of
from graph.review.decisions import Anchor, Decision, Recorded, Verdict, header_of, is_edge_id, recorded_of
from graph.review.listing import all_decisions, survivor_of
from graph.store import Direction, Store
from ontology import registry

LONGEST_NAME = 200
LONGEST_NOTE = 2_000
_PRINTED = ("Document", "Passage")
"""Classes of what is there for everybody to see: they can be tagged, but there is nothing to judge."""
_NOT_CORRECTED = {"review", "loaded", "title_from", *MERGED}
_FIGURES = ("value", "value_max", "baseline_value")
_RATIO = re.compile(r"\d+(\.\d+)?(:\d+(\.\d+)?)+")
_STATED_BY = ("SETS", "CONTAINS", "REPORTS")


def confirm(store: Store, fact: str, *, by: str, note: str = "", at: datetime | None = None) -> Recorded:
    """The decision that the node or edge is right as it is."""
    return _record(store, Decision(Verdict.CONFIRM, _judged(store, fact), _who(by), _when(at), note=_noted(note)))


def reject(store: Store, fact: str, *, by: str, note: str = "", at: datetime | None = None) -> Recorded:
    """The decision that the node or edge is wrong; answers no longer show it unless asked."""
    return _record(store, Decision(Verdict.REJECT, _judged(store, fact), _who(by), _when(at), note=_noted(note)))


def correct(
    store: Store, fact: str, changes: Mapping[str, Value], *, by: str, note: str = "", at: datetime | None = None
) -> Recorded:
    """The decision that these properties have other values; the id stays.

    Values may be texts: they become what the ontology says. Raises UnknownParameter for a property that the class or
    relation does not have, RefusedInput for a value that it does not allow.
    """
    anchor = _judged(store, fact)
    allowed = _checked_changes(anchor, changes)
    return _record(store, Decision(Verdict.CORRECT, anchor, _who(by), _when(at), changes=allowed, note=_noted(note)))


def merge(store: Store, node: str, into: str, *, by: str, note: str = "", at: datetime | None = None) -> Recorded:
    """The decision that the first node is the second: its names, evidence and edges go to that, its id leads there.

    Raises RefusedInput for nodes of different classes, and for two that are one already.
    """
    first, second = (_anchor(store, survivor_of(store, id_) or id_) for id_ in (node, into))
    for anchor in (first, second):
        _check_judged(anchor)
        if anchor.is_edge:
            raise RefusedInput(f"{anchor.id}: an edge can't be merged; merge the nodes at its ends")
    if first.id == second.id:
        raise RefusedInput(f"{node} and {into} are one node; there is nothing to merge")
    if first.kind != second.kind:
        raise RefusedInput(
            f"{first.id} is of class {first.kind}, {second.id} of class {second.kind}; only nodes of one"
            " class can be merged"
        )
    return _record(store, Decision(Verdict.MERGE, first, _who(by), _when(at), into=second, note=_noted(note)))


def tag(
    store: Store, node: str, tags: Sequence[str], *, by: str, note: str = "", at: datetime | None = None
) -> Recorded:
    """The decision to put codes of one's own on a node of any class."""
    anchor = _tagged(store, node)
    return _record(store, Decision(Verdict.TAG, anchor, _who(by), _when(at), tags=_codes(tags), note=_noted(note)))


def untag(
    store: Store, node: str, tags: Sequence[str], *, by: str, note: str = "", at: datetime | None = None
) -> Recorded:
    """The decision to take codes from a node, whoever put them there; raises RefusedInput for one it does not have."""
    anchor = _tagged(store, node)
    found = store.nodes([anchor.id])[anchor.id].properties.get("tags")
    has = found if isinstance(found, list) else []
    for code in _codes(tags):
        if code not in has:
            raise RefusedInput(f"{anchor.id} has no tag “{code}”; it has {', '.join(has) or 'none'}")
    return _record(store, Decision(Verdict.UNTAG, anchor, _who(by), _when(at), tags=_codes(tags), note=_noted(note)))


def withdraw(store: Store, decision: str) -> Recorded:
    """Take a decision back; the graph is as if it had never been made. Raises NotFound for an unknown id."""
    found = next((one for one in all_decisions(store) if one.id == decision), None)
    if found is None or not store.retract(decision):
        raise NotFound(f"there is no decision with the id {decision}; `policygraph review decisions` lists them")
    return found


def split(store: Store, node: str) -> Recorded:
    """Undo the merge of a node by its old id, or withdraw the merge of this id; raises NotFound if there is none."""
    merges = [one for one in all_decisions(store) if one.decision.verdict is Verdict.MERGE]
    found = next((one for one in reversed(merges) if node in (one.id, one.attached, one.decision.fact.id)), None)
    if found is None:
        raise NotFound(f"{node} was not merged into another node; give the old id of one that was")
    return withdraw(store, found.id)


def _record(store: Store, decision: Decision) -> Recorded:
    header = header_of(decision)
    store.write(Batch(header))
    stored = next(one for one in store.batches(BatchKind.REVIEW) if one.id == header.id)
    return recorded_of(stored)


def _judged(store: Store, fact: str) -> Anchor:
    """The fact that a verdict is about; of a merged node the one that stands for it."""
    anchor = _anchor(store, survivor_of(store, fact) or fact)
    _check_judged(anchor)
    return anchor


def _check_judged(anchor: Anchor) -> None:
    if anchor.kind in _PRINTED:
        raise RefusedInput(f"{anchor.id}: a {anchor.kind} is there as it was read, there is nothing to judge; tag it")


def _tagged(store: Store, node: str) -> Anchor:
    anchor = _anchor(store, survivor_of(store, node) or node)
    if anchor.is_edge:
        raise RefusedInput(f"{node}: an edge carries no tags; tag one of its ends")
    return anchor


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
        value=value_of(node.properties),
    )


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
    """The normal form of the first quote, and the document that it stands in."""
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
    if node.label not in ("Goal", "Measure", "Observation"):
        return ""
    stating = store.expand([node.id], _STATED_BY, direction=Direction.IN, limit_each=1)
    return stating[0].source if stating else ""


def _checked_changes(anchor: Anchor, changes: Mapping[str, Value]) -> Mapping[str, Value]:
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
    read = {name: _number(value) if name in _FIGURES else value for name, value in changes.items()}
    for name in sorted(read.keys() & set(_FIGURES)):
        if isinstance(read[name], str) and not _RATIO.fullmatch(number_text(read[name])):  # type: ignore[arg-type]
            raise RefusedInput(f"{what}: {name}: “{read[name]}” is neither a number nor a ratio such as 18:1")
    if "title" in model.model_fields and (named := read.get("name") or read.get("title")):
        read |= {"name": named, "title": named}
    try:
        return registry.canonical(registry.partial(model), read)  # type: ignore[return-value]  # values are Value
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RefusedInput(f"{what}: {place}: {first['msg']}") from error


def _number(value: Value) -> Value:
    """A text that is a number as the number."""
    try:
        return float(value) if isinstance(value, str) and isfinite(float(value)) else value
    except ValueError:
        return value


def _who(by: str) -> str:
    name = " ".join(by.split())
    if not name:
        raise RefusedInput("nobody is named as the reviewer; say who decides with --by NAME")
    return _plain(name, LONGEST_NAME, "the reviewer's name")


def _when(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _noted(note: str) -> str:
    return _plain(note.strip(), LONGEST_NOTE, "the note")


def _codes(tags: Sequence[str]) -> tuple[str, ...]:
    codes = sorted({" ".join(tag.split()) for tag in tags} - {""})
    if not codes:
        raise RefusedInput("no tag is given; give one or more words")
    return tuple(_plain(code, LONGEST_NAME, "a tag") for code in codes)


def _plain(text: str, longest: int, what: str) -> str:
    if len(text) > longest:
        raise RefusedInput(f"{what} has {len(text):,} characters; give at most {longest:,}")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise RefusedInput(f"{what} is no valid Unicode: {text[:40]!a}; give it as text")
    return text
