"""The parties of a document: one entity for each organization and place that it names, under whatever forms."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from graph.normal import key
from loaders.extract.records import Mention, OwnPolicy
from loaders.resolve.absolute import absolute
from loaders.resolve.context import Context, contexts
from loaders.resolve.full_names import full_names
from loaders.resolve.gathering import Gathering, gather, id_of
from loaders.resolve.party import Party, PlaceOfRegister
from loaders.resolve.places import Place, Places
from loaders.resolve.speaking import speaks_of
from loaders.text.model import Span, Structure
from loaders.text.stretches import Stretches

_LISTS = ("、", "和", "与", "及")
_DEPARTMENT = re.compile("(?:局|厅|部|署|委|委员会)$")

__all__ = ["Parties", "Party", "PlaceOfRegister", "resolve_parties"]


class Parties:
    """The parties of one document.

    `all` are those of the document, in the order of their first mention; `register` are the places that the register
    adds, each after the place above it; `subject` is the body whose paper it is, else the place that it is about;
    `department` is the first department that issued it.
    """

    def __init__(self, found: Gathering, scenes: Sequence[Context], places: Sequence[Places]) -> None:
        self.all = found.parties
        self.register = found.register
        self._scenes, self._places = scenes, places
        self._stretches = Stretches(scene.stretch for scene in scenes)
        self._by_id = {party.id: party for party in self.all}
        self._forms = found.forms
        spans = sorted((span, party.id) for party in self.all for span in party.mentions)
        self._starts = [span.start for span, _ in spans]
        self._spans = spans
        self._ending = {span.end: (span, id_) for span, id_ in spans}
        self.subject = self._subject()
        self.department = self._department()

    def get(self, id_: str) -> Party | PlaceOfRegister:
        """The party or place of the register with that id; KeyError if there is none."""
        if id_ in self._by_id:
            return self._by_id[id_]
        return next(place for place in self.register if place.id == id_)

    def at(self, span: Span) -> Party | None:
        """The party that is named at a span of the clean text, or in the name that holds the span."""
        i = bisect_right(self._starts, span.start)
        around = [(found, id_) for found, id_ in self._spans[max(0, i - 3) : i] if span in found]
        exact = [id_ for found, id_ in around if found == span]
        if exact:
            return self._by_id[exact[0]]
        longest = max(around, key=lambda item: item[0].end - item[0].start, default=None)
        return self._by_id[longest[1]] if longest else None

    def listed_before(self, position: int, text: str) -> list[tuple[Span, Party]]:
        """The parties named in a row up to a position of the clean text, the last first: 教育部、财政部 before 《."""
        found: list[tuple[Span, Party]] = []
        while (ending := self._ending.get(position)) is not None:
            span, id_ = ending
            found.append((span, self._by_id[id_]))
            position = span.start - 1 if text[span.start - 1 : span.start] in _LISTS else -1
        return found

    def find(self, name: str, near: Span | None = None) -> Party | None:
        """The party of that name, in any form that the document uses, or that speaks of its subject (学校, 全市).

        Where a file holds policies of several subjects, `near` says where the name stands; else the first counts.
        """
        for scene in self._order(near):
            found = self._find(name, scene)
            if found is not None:
                return found
        return None

    def _order(self, near: Span | None) -> Iterator[int]:
        here = self._stretches.find(near) if near is not None else None
        if here is not None:
            yield here
        yield from (number for number in range(len(self._scenes)) if number != here)

    def _find(self, name: str, scene: int) -> Party | None:
        context, places = self._scenes[scene], self._places[scene]
        by_form = self._forms.get((scene, key(name)))
        if by_form:
            return self._by_id[by_form]
        own = speaks_of(name, context)
        if isinstance(own, Place):
            return self._by_id.get(own.id)
        if own:
            return self._by_id.get(id_of(absolute(own, context, places)))
        place = places.find(name)
        if place is not None and place.id in self._by_id:
            return self._by_id[place.id]
        return self._by_id.get(id_of(absolute(name, context, places)))

    def _department(self) -> Party | None:
        for i, context in enumerate(self._scenes):
            issuer = context.issuers[0] if context.issuers else ""
            if _DEPARTMENT.search(issuer) and (found := self._find(issuer, i)):
                return found
        return None

    def _subject(self) -> Party | None:
        for i, context in enumerate(self._scenes):
            if context.body and (found := self._find(context.body, i)):
                return found
            if context.is_stated and context.home:
                return self._by_id.get(context.home.id)
        return None


def resolve_parties(mentions: Sequence[Mention], structure: Structure, own: Sequence[OwnPolicy]) -> Parties:
    """The parties of a document, from its mentions and what its own policies say of their subject."""
    named = full_names(mentions, structure.text)
    scenes = contexts(structure, own, mentions, named=named)
    places = [Places(scene.home, named | ({scene.home.name} if scene.home else set())) for scene in scenes]
    found = gather(mentions, structure.text, own, scenes=scenes, places=places)
    return Parties(found, scenes, places)
