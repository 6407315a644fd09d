"""Decisions of reviewers, each in a batch of its own: the header says what was decided, by whom and when.

The claims of such a batch are derived: `graph.review.settling` makes them anew whenever the graph changes.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from graph import ids
from graph.errors import RefusedInput
from graph.facts import Batch, BatchHeader, BatchKind, Properties
from graph.fold import DECIDED_AT

DETACHED = "detached"
"""The version of a decision whose fact is not there."""
_VERDICT, _BY, _FACT, _INTO, _CHANGES, _TAGS, _NOTE = "verdict", "by", "fact", "into", "changes", "tags", "note"
_AT = DECIDED_AT
_ATTACHED, _SURVIVOR, _WHY = "attached", "survivor", "why"
_SETTLED = (_ATTACHED, _SURVIVOR, _WHY)


class Verdict(StrEnum):
    """What was decided; a merge is undone by withdrawing it, which is what splitting means."""

    CONFIRM = "confirm"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    TAG = "tag"
    UNTAG = "untag"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A fact as a decision remembers it, so that it is found again under another id.

    `kind` is its class or relation; `policy` and `document` are ids of where it is from; `quote` is a digest of the
    normal form of its first quote, since decisions go where the words of a document may not; `value` is that of a
    figure, or what tells an edge from others.
    """

    id: str
    kind: str
    name: str
    policy: str = ""
    document: str = ""
    quote: str = ""
    value: str = ""

    @property
    def is_edge(self) -> bool:
        """Whether it is an edge."""
        return is_edge_id(self.id)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided at one time (`at`, UTC) about one fact.

    `changes` are the values of a correction, `into` is the node that a merge leaves, `tags` are codes put on a node or
    taken from it.
    """

    verdict: Verdict
    fact: Anchor
    by: str
    at: str
    changes: Properties = field(default_factory=dict)
    into: Anchor | None = None
    tags: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision in a store: `attached` is the id of the fact that it is now about, None where it is detached.

    `survivor` is the id of the node that stands for a merged one now; `why` says why it is detached.
    """

    id: str
    decision: Decision
    attached: str | None
    survivor: str | None = None
    why: str = ""

    @property
    def order(self) -> tuple[str, str]:
        """Sort key: later decisions behind earlier ones."""
        return self.decision.at, self.id


def is_edge_id(id_: str) -> bool:
    """Whether it is the id of an edge rather than of a node."""
    return id_.startswith("edge:")


def is_decision(header: BatchHeader) -> bool:
    """Whether the batch is a decision; other batches of kind review say what they say."""
    return header.kind is BatchKind.REVIEW and _VERDICT in header.options


def verdict_of(header: BatchHeader) -> Verdict:
    """What a decision's header says was decided."""
    return Verdict(header.options[_VERDICT])


def header_faults(header: BatchHeader) -> list[str]:
    """What is wrong with the header of a decision."""
    try:
        recorded_of(header)
    except RefusedInput as error:
        return [str(error)]
    return []


def header_of(decision: Decision) -> BatchHeader:
    """The header of the decision's batch, not attached yet."""
    options = _options(decision)
    content = ids.digest(*(part for pair in sorted(options.items()) for part in pair))
    return BatchHeader(
        id=ids.batch_id(BatchKind.REVIEW, content),
        kind=BatchKind.REVIEW,
        title=_title(decision),
        content=content,
        version=DETACHED,
        options=options,
    )


def recorded_of(header: BatchHeader) -> Recorded:
    """The decision of a header; raises RefusedInput for one that is damaged."""
    options = header.options
    try:
        decision = Decision(
            verdict=Verdict(options[_VERDICT]),
            fact=_anchor(options[_FACT]),
            by=options[_BY],
            at=options[_AT],
            changes=dict(json.loads(options.get(_CHANGES, "{}"))),
            into=_anchor(options[_INTO]) if _INTO in options else None,
            tags=tuple(map(_text, json.loads(options.get(_TAGS, "[]")))),
            note=options.get(_NOTE, ""),
        )
        datetime.fromisoformat(decision.at)
    except (KeyError, ValueError, TypeError) as error:
        raise RefusedInput(f"{header.id}: not a decision that can be read ({error!r}); export it again") from error
    return Recorded(
        header.id, decision, options.get(_ATTACHED), survivor=options.get(_SURVIVOR), why=options.get(_WHY, "")
    )


def unsettled(batch: Batch) -> Batch:
    """The batch of a decision as it is made: what it claims is for the store to say. Other batches as they are."""
    if not is_decision(batch.header):
        return batch
    options = {name: text for name, text in batch.header.options.items() if name not in _SETTLED}
    return Batch(replace(batch.header, version=DETACHED, options=options))


def settled_header(header: BatchHeader, recorded: Recorded, *, version: str) -> BatchHeader:
    """The header of a decision that is attached as `recorded` says."""
    kept = {name: text for name, text in header.options.items() if name not in _SETTLED}
    now = {_ATTACHED: recorded.attached, _SURVIVOR: recorded.survivor, _WHY: recorded.why}
    return replace(header, version=version, options=kept | {name: text for name, text in now.items() if text})


def _options(decision: Decision) -> dict[str, str]:
    given: Mapping[str, str] = {
        _VERDICT: decision.verdict.value,
        _BY: decision.by,
        _AT: decision.at,
        _FACT: _json(asdict(decision.fact)),
        _INTO: _json(asdict(decision.into)) if decision.into else "",
        _CHANGES: _json(dict(decision.changes)) if decision.changes else "",
        _TAGS: _json(list(decision.tags)) if decision.tags else "",
        _NOTE: decision.note,
    }
    return {name: text for name, text in given.items() if text}


def _anchor(text: str) -> Anchor:
    return Anchor(**{name: _text(value) for name, value in json.loads(text).items()})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _title(decision: Decision) -> str:
    return f"{decision.verdict} {decision.fact.kind} “{decision.fact.name[:60]}” ({decision.by}, {decision.at[:10]})"
