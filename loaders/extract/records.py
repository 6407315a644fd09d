"""What extraction finds: one frozen record a kind, with spans in clean text. `resolve` makes claims of them.

`evidence` is the statement, word for word; `context` the spans of what completes it (the year in a heading, the column
header of a cell). `inferred` names fields that were concluded rather than read. `rule` names the rule that fired.
"""

from dataclasses import dataclass
from typing import Literal

from loaders.text.model import Span

NameKind = Literal["organization", "place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of an organization or place where it stands."""

    span: Span
    kind: NameKind
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """A policy that the document itself is: its title, issuer, dates, and the stretch of text that it fills.

    The stretches of a document's policies stand in the order of the text and do not overlap.

    `issues` is the position (in the list of own policies) of the policy that this one, a notice, prints.
    `issuers` are names as written, fullest form. `jurisdiction` is the place or institution that it binds. `imprint` is
    where its dates and number stand.
    """

    title: str
    title_from: Literal["text", "option", "file"]
    stretch: Span
    evidence: tuple[Span, ...] = ()
    kind: str = "other"
    level: str | None = None
    doc_number: str | None = None
    issued_on: str | None = None
    effective_on: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    status: str | None = None
    issuers: tuple[str, ...] = ()
    issuer_evidence: tuple[Span, ...] = ()
    imprint: tuple[Span, ...] = ()
    jurisdiction: str | None = None
    issues: int | None = None
    inferred: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CitedPolicy:
    """Another policy that the text names, and how the document stands to it."""

    title: str
    relation: Literal["based_on", "mandates", "cites", "replaces", "amends"]
    evidence: Span
    context: tuple[Span, ...] = ()
    doc_number: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRecord:
    """A heading that announces a task, project or safeguard; `parent` is a position in the list of measures."""

    section: int
    number: str
    title: str
    level: int
    parent: int | None
    kind: Literal["task", "project", "safeguard"]
    evidence: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: what goals and observations share. `value` is text for a ratio such as 18:1."""

    indicator: str
    comparator: Literal[">=", "<=", "=", "~", "range"]
    value: float | str
    unit: str
    year: int | None
    evidence: Span
    section: int
    value_max: float | None = None
    context: tuple[Span, ...] = ()
    inferred: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class GoalRecord(Figure):
    """A target."""

    baseline_value: float | str | None = None
    baseline_year: int | None = None
    binding: Literal["约束性", "预期性"] | None = None
    source: Literal["text", "table"] = "text"


@dataclass(frozen=True, slots=True)
class ObservationRecord(Figure):
    """A figure that was reached; `subject` is whose, as written, or None for the document's own subject."""

    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Involvement:
    """A measure involves an actor. `actor` is a name as written, or the normal form of a group.

    `mention` is where the actor stands, `evidence` the whole sentence that says so. `aliases` are other forms that the
    text uses of a group.
    """

    section: int
    actor: str
    actor_kind: Literal["organization", "place", "group"]
    role: Literal["lead", "partner", "supporter", "beneficiary", "object"]
    mention: Span
    evidence: Span
    group_kind: str | None = None
    aliases: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PartnershipRecord:
    """Two named parties do or will do something together; names as written. None: the document's own subject."""

    a: str | None
    b: str | None
    activity: str
    evidence: Span
    kind: str = "other"
    platform: str | None = None
    year: int | None = None
    context: tuple[Span, ...] = ()
    rule: str = ""
