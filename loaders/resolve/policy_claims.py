"""Claims of the document, its passages, the policies that it is, and those that it names."""

from collections.abc import Sequence

from graph.facts import Evidence
from loaders.extract.records import CitedPolicy, OwnPolicy
from loaders.resolve.policy_identity import cited_policy_id
from loaders.resolve.writing import Writing
from loaders.text.model import ReadText
from ontology import registry
from ontology.values import Origin

_RELATION_TYPES = {
    "based_on": "BASED_ON",
    "mandates": "MANDATES",
    "cites": "CITES",
    "replaces": "REPLACES",
    "amends": "AMENDS",
}
_HEAD_CHARACTERS = 40


def claim_document(writing: Writing, read: ReadText, sha256: str, *, title: str, reader: str) -> None:
    """Claim the document and its passages."""
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
        },
        evidence=(passages.whole(passages.items[0]),),
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
            evidence=evidence,
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
        writing.draft.node(
            target,
            "Policy",
            {
                "name": record.title,
                "title": record.title,
                "title_from": "text",
                "doc_number": record.doc_number,
                "status": "mandated" if record.relation == "mandates" else None,
                "loaded": False,
            },
            evidence=evidence,
            rule=record.rule,
        )
        type_ = _RELATION_TYPES[record.relation]
        writing.draft.edge(type_, citing_id, target, evidence=evidence, rule=record.rule, is_own=True)


def _evidence_of(writing: Writing, policy: OwnPolicy) -> tuple[Evidence, ...]:
    """Where the text names the policy; the head of its stretch where only an option or the file does."""
    if policy.evidence:
        return writing.passages.all_evidence(policy.evidence)
    head = writing.structure.clean.to_read(policy.stretch).start
    first = next(item for item in reversed(writing.passages.items) if item.start <= head)
    return (Evidence(writing.passages.document, first.start, min(first.end, first.start + _HEAD_CHARACTERS), first.id),)


def _claim_issuers(writing: Writing, policy: OwnPolicy, id_: str) -> None:
    """An issuer that the text does not show was given by a person, and needs no evidence in the text."""
    evidence = writing.passages.all_evidence(policy.issuer_evidence)
    origin = None if evidence else Origin.CURATED
    rule = "issuer in the text" if evidence else "issuer by option"
    for name in policy.issuers:
        issuer = writing.parties.find(name)
        if issuer is not None and registry.root_of(issuer.label) == "Organization":
            writing.draft.edge("ISSUED_BY", id_, issuer.id, evidence=evidence, rule=rule, is_own=True, origin=origin)


def _claim_jurisdiction(writing: Writing, policy: OwnPolicy, id_: str) -> None:
    bound = writing.parties.find(policy.jurisdiction) if policy.jurisdiction else None
    if bound is not None and bound.label != "Enterprise":
        evidence = _evidence_of(writing, policy)
        writing.draft.edge("APPLIES_TO", id_, bound.id, evidence=evidence, rule="jurisdiction", is_own=True)
