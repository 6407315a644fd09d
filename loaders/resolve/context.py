"""What a stretch of a document is about: its place, the body whose paper it is, and the policy that scopes names."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.extract.records import Mention, OwnPolicy
from loaders.names.divisions import divisions
from loaders.names.lexicon import lexicon
from loaders.resolve.kinds import kind_of
from loaders.resolve.places import Place, Places
from loaders.text.model import Span, Structure

_GOVERNMENT = "government"
_ENDS_LIKE_PLACE = re.compile("(?:省|市|县|区|自治州|盟|旗|新区|开发区)$")


@dataclass(frozen=True)
class Context:
    """The document's subject over a stretch: `home` is the place, `body` the full name of the body that speaks.

    `body` is None in a paper of a government (its place is the subject). `scope` tells relative names of one policy
    from those of another.
    """

    stretch: Span
    home: Place | None = None
    body: str | None = None
    issuers: tuple[str, ...] = ()
    scope: str = ""
    is_stated: bool = False


def contexts(structure: Structure, own: Sequence[OwnPolicy], mentions: Sequence[Mention]) -> tuple[Context, ...]:
    """One context for each of the document's own policies, in their order; one for the whole text if there is none."""
    most_named = _most_named(mentions)
    found = [
        _context(own[policy.issues] if policy.issues is not None else policy, policy.stretch, most_named)
        for policy in own
    ]
    return tuple(found) or (Context(Span(0, len(structure.text)), most_named),)


def _context(policy: OwnPolicy, stretch: Span, most_named: Place | None) -> Context:
    """The context of one policy: its jurisdiction, its issuers, its title, and last the place named most.

    A notice has that of the policy that it prints, so that a relative name is one body in both.
    """
    named = [name for name in (policy.jurisdiction, *policy.issuers) if name]
    bodies = [name for name in named if not _ENDS_LIKE_PLACE.search(name) and kind_of(name)[1] != _GOVERNMENT]
    home = next((place for name in [*named, policy.title] if (place := _place_in(name)) is not None), most_named)
    whose = (policy.issuers or (policy.jurisdiction or "",))[0]
    scope = policy.title if whose and whose in policy.title else f"{whose}{policy.title}"
    body = bodies[0] if bodies and (not policy.issuers or bodies[0] == policy.issuers[0]) else None
    return Context(stretch, home, body, policy.issuers, scope, bool(named))


def _place_in(name: str) -> Place | None:
    """The place that a name is or begins with; of a registered college at least its province."""
    places = Places(None)
    head = places.leading(name)
    if head and head[0].level in ("country", "province", "prefecture", "county"):
        return head[0]
    if _ENDS_LIKE_PLACE.search(name):
        return places.find(name)
    province = lexicon().province_of.get(name)
    return places.registered(province) if province else None


def _most_named(mentions: Sequence[Mention]) -> Place | None:
    """The prefecture (or else province) that most places of the text lie in; None where the text names few."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        head = divisions().called(mention.text) if mention.kind == "place" else ()
        if len(head) == 1:
            for place in (head[0], *divisions().above(head[0])):
                counts[place.code] += 1 if place.level != "province" else 0
                counts[place.code] += 1 if place is head[0] else 0
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Places(None).registered(divisions().get(ranked[0][0]).name) if ranked and ranked[0][1] > 0 else None
