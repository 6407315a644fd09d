"""Claims of the document, its passages, the policies that it is, and those that it names."""

import re
from collections.abc import Sequence

from graph.facts import Evidence
from loaders.extract.jurisdiction import level_of_cited
from loaders.extract.missed import Missed
from loaders.extract.records import CitedPolicy, OwnPolicy
from loaders.extract.titles import genre, head_bodies
from loaders.resolve.party import Party
from loaders.resolve.policy_identity import cited_policy_id
from loaders.resolve.writing import Writing
from loaders.text.model import ReadText, Span
from loaders.text.sentences import sentences
from ontology import registry
from ontology.values import Origin

_RELATION_TYPES = {
    "based_on": ("BASED_ON",),
    "mandates": ("MANDATES",),
    "cites": ("CITES",),
    "replaces": ("REPLACES", "CITES"),
    "amends": ("AMENDS", "CITES"),
}
"""What a text that is replaced or changed is to the one that says so; it is mentioned all the same."""

_HEAD_SENTENCES = 8
_OF_ITSELF = re.compile("本(?:方案|规划|计划|纲要|意见|办法|细则|规定|条例|通知|报告|行动|标准|实施)")


def claim_document(
    writing: Writing, read: ReadText, sha256: str, *, title: str, reader: str, missed: Sequence[Missed]
) -> None:
    """Claim the document, with how much of it was not understood, and its passages."""
    passages = writing.passages
    document = writing.draft.node(
        passages.document,
        "Document",
        {
            "name": title,
            "title": title,
            "sha256": sha256,
            "media_type": read.media_type,
            "characters": len(read.text),
            "reader": reader,
            "missed_figures": sum(each.kind == "figure" for each in missed),
            "missed_titles": sum(each.kind == "title" for each in missed),
        },
        evidence=_evidence_of(writing, writing.own[-1]),
        rule="document",
        is_own=True,
    )
    for item in passages.items:
        evidence = (passages.whole(item),)
        writing.draft.node(
            item.id,
            "Passage",
            {
                "name": f"¶{item.order + 1}",
                "document": document,
                "section": list(item.section),
                "page": item.page,
                "order": item.order,
                "start": item.start,
                "end": item.end,
                "text": read.text[item.start : item.end],
            },
            evidence=evidence,
            rule="passage",
            is_own=True,
        )
        writing.draft.edge("PART_OF", item.id, document, evidence=evidence, rule="passage", is_own=True)


def claim_own_policies(writing: Writing) -> None:
    """Claim the policies that the document is, who issued them, whom they bind, and which notice prints which."""
    for policy, id_ in zip(writing.own, writing.own_ids, strict=True):
        evidence = _evidence_of(writing, policy)
        writing.draft.node(
            id_,
            "Policy",
            {
                "name": policy.title,
                "title": policy.title,
                "title_from": policy.title_from,
                "doc_number": policy.doc_number,
                "kind": policy.kind,
                "level": policy.level,
                "issued_on": policy.issued_on,
                "effective_on": policy.effective_on,
                "period_start": policy.period_start,
                "period_end": policy.period_end,
                "status": policy.status,
                "loaded": True,
            },
            evidence=_evidence_of(writing, policy, policy.imprint),
            rule=policy.rule,
            inferred=policy.inferred,
            is_own=True,
        )
        stretch = writing.structure.clean.to_read(policy.stretch)
        writing.draft.edge(
            "PART_OF",
            id_,
            writing.passages.document,
            {"start": stretch.start, "end": stretch.end},
            evidence=evidence,
            rule=policy.rule,
            is_own=True,
        )
    for policy, id_ in zip(writing.own, writing.own_ids, strict=True):
        _claim_issuers(writing, policy, id_)
        _claim_jurisdiction(writing, policy, id_)
        if policy.issues is not None:
            printed = writing.own_ids[policy.issues]
            writing.draft.edge(
                "ISSUES", id_, printed, evidence=_evidence_of(writing, policy), rule="notice", is_own=True
            )


def claim_cited_policies(writing: Writing, cited: Sequence[CitedPolicy]) -> None:
    """Claim the policies that the document names, and how the one that names them stands to each."""
    for record in cited:
        position = writing.policy_at(record.evidence)
        citing, citing_id = writing.own[position], writing.own_ids[position]
        target = cited_policy_id(record, citing, citing_id)
        if target in writing.own_ids:
            continue
        evidence = writing.evidence(record.evidence, record.context)
        issuers = _issuers_of_cited(writing, record)
        level = level_of_cited(record.title, [party.name for _, party in issuers])
        writing.draft.node(
            target,
            "Policy",
            {
                "name": record.title,
                "title": record.title,
                "title_from": "text",
                "doc_number": record.doc_number,
                "kind": genre(record.title),
                "level": level,
                "status": "mandated" if record.relation == "mandates" else None,
                "loaded": False,
            },
            evidence=evidence,
            rule=record.rule,
            inferred=("kind", "level") if level else ("kind",),
        )
        for type_ in _RELATION_TYPES[record.relation]:
            writing.draft.edge(type_, citing_id, target, evidence=evidence, rule=record.rule, is_own=True)
        for span, party in issuers:
            shown = writing.evidence(record.evidence, () if span in record.evidence else (span,))
            writing.draft.edge("ISSUED_BY", target, party.id, evidence=shown, rule="issuer beside the title")


def _issuers_of_cited(writing: Writing, record: CitedPolicy) -> list[tuple[Span, Party]]:
    """The bodies at the head of a title, else those named right before it (教育部《…》), with where they stand."""
    heads = [(record.evidence, writing.parties.find(body, record.evidence)) for body in head_bodies(record.title)]
    found = [(span, party) for span, party in heads if party is not None]
    found = found or writing.parties.listed_before(record.evidence.start, writing.structure.text)
    return [(span, party) for span, party in found if registry.root_of(party.label) == "Organization"]


def _evidence_of(writing: Writing, policy: OwnPolicy, context: Sequence[Span] = ()) -> tuple[Evidence, ...]:
    """Where the text names the policy; where only an option or the file does, the sentence that speaks of it."""
    if policy.evidence:
        return writing.passages.all_evidence(policy.evidence, context)
    text = writing.structure.text
    inside = [
        sentence
        for section in writing.structure.sections
        for paragraph in section.paragraphs
        if paragraph.span.overlaps(policy.stretch)
        for sentence in sentences(text, paragraph.span)
    ]
    if not inside:
        return writing.evidence(policy.stretch, context)
    own = next((s for s in inside[:_HEAD_SENTENCES] if _OF_ITSELF.search(s.of(text))), inside[0])
    return writing.evidence(own, context)


def _claim_issuers(writing: Writing, policy: OwnPolicy, id_: str) -> None:
    """An issuer that the text does not show as one was given by a person, and needs no evidence in the text."""
    for name in policy.issuers:
        issuer = writing.parties.find(name)
        if issuer is None or registry.root_of(issuer.label) != "Organization":
            continue
        own = [s for s in policy.issuer_evidence if any(s.overlaps(mention) for mention in issuer.mentions)]
        in_title = [m for m in issuer.mentions if any(m in title for title in writing.structure.titles)]
        evidence = writing.passages.all_evidence(own or policy.issuer_evidence or in_title)
        origin, rule = (None, "issuer in the text") if evidence else (Origin.CURATED, "issuer by option")
        writing.draft.edge("ISSUED_BY", id_, issuer.id, evidence=evidence, rule=rule, is_own=True, origin=origin)


def _claim_jurisdiction(writing: Writing, policy: OwnPolicy, id_: str) -> None:
    bound = writing.parties.find(policy.jurisdiction) if policy.jurisdiction else None
    if bound is not None and bound.label != "Enterprise":
        evidence = _evidence_of(writing, policy)
        writing.draft.edge("APPLIES_TO", id_, bound.id, evidence=evidence, rule="jurisdiction", is_own=True)
