"""The policies that a document itself is: title, genre, issuers, dates, period, jurisdiction, and their stretch."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from loaders.extract import titles
from loaders.extract.imprint import Imprint, imprint
from loaders.extract.jurisdiction import jurisdiction_of
from loaders.extract.periods import period_of
from loaders.extract.records import OwnPolicy
from loaders.options import LoadOptions
from loaders.text.model import Span, Structure

_OWN_GENRE = re.compile(r"制定(?:了)?(?:本|此|如下)(方案|规划|计划|办法|意见|条例|规定|细则|纲要|通知)")
_GENRE_REACH = 6000
_SEARCHED_FOR_PRINTED = 4000
_NAME_DIVIDER = re.compile(r"[、|｜]")


@dataclass(frozen=True, slots=True)
class _Head:
    """A title with its place, and the stretch of the text that it heads."""

    title: str
    title_from: Literal["text", "option", "file"]
    stretch: Span
    evidence: tuple[Span, ...]
    rule: str
    issues: int | None = None


def own_policies(structure: Structure, options: LoadOptions, *, stem: str) -> list[OwnPolicy]:
    """The document's own policies in the order of the text, at least one.

    The title is that of the options, else the text's title lines, else the file's `stem`. A notice that prints a plan
    gives two policies, the notice with `issues` and the plan.
    """
    heads = _heads(structure, options, stem)
    found = [_policy(head, structure, options) for head in heads]
    notices = {policy.issues: policy for policy in reversed(found) if policy.issues is not None}
    return [_completed(policy, notices.get(position), found) for position, policy in enumerate(found)]


def _heads(structure: Structure, options: LoadOptions, stem: str) -> list[_Head]:
    text = structure.text
    whole = Span(0, len(text))
    heads = _with_printed(_title_heads(structure), text)
    if options.title is not None:
        title = titles.plain(options.title)
        notices = [h for h in heads if h.issues is not None and titles.title_key(h.title) != titles.title_key(title)][
            :1
        ]
        start = heads[notices[0].issues or 0].stretch.start if notices else 0
        kept = [replace(notice, stretch=Span(0, start), issues=1) for notice in notices]
        return [*kept, _Head(title, "option", Span(start, len(text)), (), "title-option")]
    return heads or [_Head(stem, "file", whole, (), "title-file")]


def _title_heads(structure: Structure) -> list[_Head]:
    spans = [span for span in structure.titles if titles.plain(span.of(structure.text))]
    if not spans:
        return []
    starts = [0, *(span.start for span in spans[1:])]
    ends = [*starts[1:], len(structure.text)]
    return [
        _Head(titles.plain(span.of(structure.text)), "text", Span(start, end), (span,), "title-line")
        for span, start, end in zip(spans, starts, ends, strict=True)
    ]


def _with_printed(heads: list[_Head], text: str) -> list[_Head]:
    """The heads with `issues` set on notices; a printed text whose title line nobody found gets a head of its own."""
    out: list[_Head] = []
    for position, head in enumerate(heads):
        inner = titles.printed(head.title)
        following = heads[position + 1] if position + 1 < len(heads) else None
        if inner is None or titles.genre(head.title) != "notice":
            out.append(head)
        elif following is not None and _same_title(inner, following.title):
            out.append(replace(head, issues=len(out) + 1))
        elif following is None and (line := _line_with(inner, text, head)) is not None:
            out.append(replace(head, stretch=Span(head.stretch.start, line.start), issues=len(out) + 1))
            out.append(_Head(inner, "text", Span(line.start, head.stretch.end), (line,), "title-printed"))
        else:
            out.append(head)
    return out


def _same_title(a: str, b: str) -> bool:
    key_a, key_b = titles.title_key(a), titles.title_key(b)
    return bool(key_a and key_b) and (key_a in key_b or key_b in key_a)


def _line_with(title: str, text: str, head: _Head) -> Span | None:
    """The line after the notice that holds nothing but the printed title."""
    position = head.evidence[0].end
    wanted = titles.title_key(title)
    for line in text[position : position + _SEARCHED_FOR_PRINTED].splitlines(keepends=True):
        if titles.title_key(line) == wanted:
            start = position + len(line) - len(line.lstrip())
            return Span(start, position + len(line.rstrip()))
        position += len(line)
    return None


def _policy(head: _Head, structure: Structure, options: LoadOptions) -> OwnPolicy:
    text = structure.text
    found = imprint(text, head.stretch, title_end=head.evidence[0].end if head.evidence else head.stretch.start)
    kind, kind_inferred = _kind(head, text)
    issuers, issuer_evidence, issuer_inferred = _issuers(head, found, options)
    where = jurisdiction_of(head.title if head.title_from != "file" else "", issuers, text, options=options)
    years = period_of(head.title, kind, head.stretch.of(text))
    inferred = [name for name, is_so in (("kind", kind_inferred), ("issuers", issuer_inferred)) if is_so]
    inferred += where.inferred
    inferred += ["name", "title"] if head.title_from == "file" else []
    if years.is_inferred:
        inferred += [name for name, year in (("period_start", years.start), ("period_end", years.end)) if year]
    return OwnPolicy(
        title=head.title,
        title_from=head.title_from,
        stretch=head.stretch,
        evidence=head.evidence,
        kind=kind,
        level=str(options.level) if options.level else where.level,
        doc_number=options.doc_number or found.doc_number,
        issued_on=options.issued_on or found.issued_on,
        effective_on=found.effective_on,
        period_start=years.start,
        period_end=years.end,
        status=titles.status(head.title),
        issuers=issuers,
        issuer_evidence=issuer_evidence,
        imprint=found.shown,
        jurisdiction=where.name,
        issues=head.issues,
        inferred=tuple(inferred),
        rule=head.rule,
    )


def _kind(head: _Head, text: str) -> tuple[str, bool]:
    """The genre by the title, else by what the text calls itself (“制定本方案”); and whether it was concluded."""
    kind = titles.genre(head.title) if head.title_from != "file" else None
    if kind is not None:
        return kind, False
    named = _OWN_GENRE.search(text, head.stretch.start, min(head.stretch.end, head.stretch.start + _GENRE_REACH))
    return (titles.genre(named[1]) or "other", True) if named else ("other", False)


def _issuers(head: _Head, found: Imprint, options: LoadOptions) -> tuple[tuple[str, ...], tuple[Span, ...], bool]:
    """Issuers of the options, the signature, the head of the title, or the institution that the title begins with."""
    if options.issuer:
        return tuple(name.strip() for name in _NAME_DIVIDER.split(options.issuer) if name.strip()), (), False
    if found.issuers:
        return found.issuers, found.issuer_spans, False
    if bodies := titles.head_bodies(head.title):
        return bodies, head.evidence, False
    own = titles.institution(head.title) if head.title_from != "file" else None
    return ((own,), head.evidence, True) if own else ((), (), False)


def _completed(policy: OwnPolicy, notice: OwnPolicy | None, found: Sequence[OwnPolicy]) -> OwnPolicy:
    """A printed text takes from its notice what it does not say itself: issuers, date, number, jurisdiction."""
    if notice is None:
        return _with_printed_place(policy, found)
    taken = []
    changes: dict[str, object] = {}
    for name in ("issuers", "issued_on", "doc_number", "jurisdiction", "level"):
        if (not getattr(policy, name) or (name == "issuers" and "issuers" in policy.inferred)) and getattr(
            notice, name
        ):
            changes[name] = getattr(notice, name)
            taken.append(name)
    if "issuers" in taken:
        changes["issuer_evidence"] = notice.issuer_evidence
    kept = [name for name in policy.inferred if name not in taken]
    return replace(policy, **changes, inferred=tuple(dict.fromkeys([*kept, *taken])))  # type: ignore[arg-type]


def _with_printed_place(policy: OwnPolicy, found: Sequence[OwnPolicy]) -> OwnPolicy:
    """A notice without issuer (关于印发《…》的通知) takes issuer and jurisdiction from the text that it prints."""
    if policy.issues is None or (policy.issuers and policy.jurisdiction):
        return policy
    printed = found[policy.issues]
    return replace(
        policy,
        issuers=policy.issuers or printed.issuers,
        issuer_evidence=policy.issuer_evidence if policy.issuers else printed.issuer_evidence,
        jurisdiction=policy.jurisdiction or printed.jurisdiction,
        level=policy.level or printed.level,
        inferred=tuple(dict.fromkeys([*policy.inferred, *([] if policy.issuers else ["issuers"])])),
    )
