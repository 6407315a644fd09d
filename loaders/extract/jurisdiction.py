"""Whom a policy binds and at which level: its own subject, told by options, title, issuer or the text."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from loaders.extract.places import Place, full_place, institution_at_head, place_at_head
from loaders.extract.titles import head_bodies
from loaders.names.lexicon import lexicon
from loaders.options import LoadOptions

_OWN_RANK = re.compile(r"(?<![自本])我(省|市|县|区|州)")
_CIRCUMSTANCES = re.compile(r"(?:结合|立足|根据|依据|符合)([一-鿿]{2,5}?)(?:省|市|县|区|州)?(?:的)?(?:发展)?实际")
_NAMED = re.compile(r"([一-鿿]{2,3})(省|市|县|区|州)(?=[一-鿿])")
_STATUTE = re.compile(r"[^办]法(?:典|（[^（）]{1,12}）)?$")  # only the national congress makes what is called 法
_READ = 20000


class Jurisdiction(NamedTuple):
    """The place or institution that is bound, the level of the policy, and which of them were concluded."""

    name: str | None = None
    level: str | None = None
    inferred: tuple[str, ...] = ()


def jurisdiction_of(title: str, issuers: tuple[str, ...], text: str, *, options: LoadOptions) -> Jurisdiction:
    """The subject of a policy: the region of the options, else the title's, the issuer's, or the text's 我市."""
    if options.region:
        place = place_at_head(options.region) or Place(options.region, "municipal")
        return Jurisdiction(place.name, _level(issuers) or place.level)
    for source in (title, *issuers):
        if found := _of_name(source):
            return found
    own = _of_text(text[:_READ]) if not any(map(institution_at_head, issuers)) else None
    return Jurisdiction(own.name, own.level, ("jurisdiction", "level")) if own else Jurisdiction()


def level_of_cited(title: str, issuers: Sequence[str] = ()) -> str | None:
    """The level that a title and its issuers tell: of the place, institution or central body; 法 is national."""
    if found := _of_name(title):
        return found.level
    if any(body in lexicon().central for body in (*head_bodies(title), *issuers)) or _STATUTE.search(title):
        return "national"
    return _level(issuers)


def _level(issuers: Sequence[str]) -> str | None:
    for issuer in issuers:
        if found := _of_name(issuer):
            return found.level
    return None


def _of_name(name: str) -> Jurisdiction | None:
    if (institution := institution_at_head(name)) is not None:
        return Jurisdiction(institution, "institutional", ("level",))
    place = place_at_head(name)
    return Jurisdiction(place.name, place.level, ("level",)) if place else None


def _of_text(text: str) -> Place | None:
    """我市 with “结合X实际”, or with the place of that rank that the text names most often."""
    ranks = Counter(found[1] for found in _OWN_RANK.finditer(text))
    if not ranks:
        return None
    rank = ranks.most_common(1)[0][0]
    if found := _CIRCUMSTANCES.search(text):
        return full_place(found[1], rank)
    named = Counter(found[1] for found in _NAMED.finditer(text) if found[2] == rank)
    known = [(n, word) for word, n in named.items() if place_at_head(word + rank) and word[-1] not in "本各全我市省县"]
    return full_place(max(known)[1], rank) if known else None
