"""What a stretch of a document is about: its place, the body whose paper it is, and the policy that scopes names."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from loaders.extract.records import Mention, OwnPolicy
from loaders.names.divisions import divisions
from loaders.names.lexicon import lexicon
from loaders.resolve.kinds import kind_of
from loaders.resolve.places import Place, Places, place_of
from loaders.text.model import Span, Structure

_GOVERNMENT = "government"
_COUNTED = ("province", "prefecture", "county", "zone")
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


def contexts(
    structure: Structure, own: Sequence[OwnPolicy], mentions: Sequence[Mention], *, named: Collection[str]
) -> tuple[Context, ...]:
    """One context for each of the document's own policies, in their order; one for the whole text if there is none.

    `named` are the places that the document names in full.
    """
    most_named = _most_named(mentions, Places(None, named))
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


def _most_named(mentions: Sequence[Mention], places: Places) -> Place | None:
    """The prefecture (or else province) that most places of the text lie in; None where the text names few.

    Where the text has 云州市 and the register has not, 云州 is that city and no county of the register.
    """
    counts: Counter[str] = Counter()
    found: dict[str, Place] = {}
    for mention in mentions:
        place = _single(mention.text, places) if mention.kind == "place" else None
        for above in (place, *place.above) if place else ():
            if above.level in _COUNTED:
                found[above.id] = above
                counts[above.id] += (above.level != "province") + (above is place)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], found[item[0]].code or "", item[0]))
    return found[ranked[0][0]] if ranked and ranked[0][1] > 0 else None


def _single(name: str, places: Places) -> Place | None:
    """The place of a name that only one place has."""
    unregistered = places.unregistered(name)
    if unregistered is not None:
        return unregistered
    called = divisions().called(name)
    return place_of(called[0]) if len(called) == 1 else None
