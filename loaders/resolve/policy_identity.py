"""Ids of policies from their titles: a relative title is made absolute by the document's subject.

《学校章程》 in a paper of one college is another charter than in a paper of the next; a periodic report is told from
that of the year before by its year. What the subject does not settle is scoped to the policy that says it.
"""

import re

from graph import ids
from graph.normal import key
from loaders.extract.records import CitedPolicy, OwnPolicy
from loaders.names.lexicon import lexicon

_PERIODIC = re.compile("(?:年度|季度|月度|年)?(?:质量|工作|发展|统计)?(?:年度|年)?(?:报告|年报|公报)$")
_SPEAKS_OF_ITSELF = re.compile("^(?:学校|学院|本校|我校|本院|我院|本市|我市|全市|本省|我省|全省|本县|我县|本区|我区)")
_SELF = re.compile("^(?:本|我|全)?(?:学校|学院|校|院|市|省|县|区)")
_OF_ONE_BODY = re.compile("(?:章程|年度报告|质量报告|工作报告|年报|校规|教职工手册|学生手册)$")
_NATIONAL = re.compile("中华人民共和国|中国|国家|全国|国务院|中共中央|中央")
_PLACE_OR_BODY = re.compile("[一-鿿]{2}(?:省|市|县)|[一-鿿]{2,8}?(?:职业技术学院|职业学院|职业大学|集团|公司|委员会)")
_LONGEST_HEAD = 16
_SHORT_PLACE = re.compile("(?:省|市|县|区|自治州|自治区)$")


def subject_of(policy: OwnPolicy) -> str | None:
    """Name of the body or place whose paper it is: its issuer, else whom it binds."""
    return policy.issuers[0] if policy.issuers else policy.jurisdiction


def own_policy_id(policy: OwnPolicy, source: str) -> str:
    """Id of a policy that the document is; without a title it is keyed by where it was loaded from."""
    if policy.title_from == "file":
        return ids.untitled_policy_id(source)
    subject = subject_of(policy)
    if not subject or _names(policy.title, subject) or _names(policy.title, policy.jurisdiction or ""):
        return ids.policy_id(policy.title)
    return ids.policy_id(_absolute(policy.title, subject, _year_of_report(policy)))


def cited_policy_id(cited: CitedPolicy, citing: OwnPolicy, citing_id: str) -> str:
    """Id of a policy that the document names.

    Relative are titles that speak of themselves (学校章程), texts that every body has its own of, and what the document
    says shall be issued: unless the title says whose it is.
    """
    subject = subject_of(citing)
    whose = [name for name in (subject, citing.jurisdiction) if name]
    says_whose = _has_head(cited.title) or any(_names(cited.title, name) for name in whose)
    may_be_relative = (
        cited.relation == "mandates" or _SPEAKS_OF_ITSELF.match(cited.title) or _OF_ONE_BODY.search(cited.title)
    )
    if says_whose or not may_be_relative:
        return ids.policy_id(cited.title)
    if subject:
        return ids.policy_id(_absolute(cited.title, subject, None))
    return ids.policy_id(cited.title, scope=citing_id)


def _absolute(title: str, subject: str, year: int | None) -> str:
    own_words = _SELF.sub("", title) if _SPEAKS_OF_ITSELF.match(title) else title
    return f"{subject}{year or ''}{own_words}"


def _year_of_report(policy: OwnPolicy) -> int | None:
    """The year that tells a periodic report from the one before; None for what is no periodic report."""
    if policy.kind != "report" and not _PERIODIC.search(policy.title):
        return None
    return policy.period_end or (int(policy.issued_on[:4]) if policy.issued_on else None)


def _names(title: str, subject: str) -> bool:
    """Whether the title says whose it is, by the full name or without the rank of the place."""
    if not subject:
        return False
    short = _SHORT_PLACE.sub("", subject)
    return key(subject) in key(title) or (len(short) >= 2 and short != subject and key(short) in key(title))


def _has_head(title: str) -> bool:
    """Whether the title begins with a place or body, so that it is absolute as it stands."""
    if _NATIONAL.match(title) or _PLACE_OR_BODY.match(title):
        return True
    known = lexicon()
    names = (known.places, known.central, known.colleges, known.countries)
    heads = (title[:size] for size in range(2, _LONGEST_HEAD))
    return any(head in registered for head in heads for registered in names)
