"""Gathers the mentions of a document into parties: forms of one body together, places by the register."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph import ids
from graph.normal import key
from loaders.extract.records import Mention, OwnPolicy
from loaders.names.abbreviations import abbreviations
from loaders.names.ranges import Range
from loaders.names.wordlists import words
from loaders.resolve.absolute import Absolute, absolute, without_term
from loaders.resolve.context import Context
from loaders.resolve.kinds import kind_of
from loaders.resolve.party import Party, PlaceOfRegister
from loaders.resolve.places import Place, Places
from loaders.resolve.short_forms import ShortForms
from loaders.resolve.ties import ties_of
from loaders.resolve.title_heads import title_heads
from loaders.text.model import Span
from loaders.text.stretches import Stretches


@dataclass(frozen=True)
class Gathering:
    """Parties and register places of a document; `forms` gives the id of a written form in a scene."""

    parties: tuple[Party, ...]
    register: tuple[PlaceOfRegister, ...]
    forms: Mapping[tuple[int, str], str]


@dataclass
class _Body:
    """An organization while its mentions come together."""

    absolute: Absolute
    scene: int
    written: Counter[str] = field(default_factory=Counter)
    spans: list[Span] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form; of equally long ones the most frequent, then the first in order of code points."""
        return min(self.written, key=lambda form: (-len(key(form)), -self.written[form], form))


def id_of(name: Absolute) -> str:
    """Id of the organization of an absolute name."""
    return ids.organization_id(name.name, scope=name.scope or None)


def gather(
    mentions: Sequence[Mention],
    text: str,
    own: Sequence[OwnPolicy],
    *,
    scenes: Sequence[Context],
    places: Sequence[Places],
) -> Gathering:
    """Parties of the mentions, of the own policies' issuers and jurisdictions, and of the heads of titles."""
    gatherer = _Gatherer(text, scenes, places)
    gatherer.add_organizations([m for m in mentions if m.kind == "organization"])
    gatherer.add_issuers(own)
    gatherer.add_places([m for m in mentions if m.kind == "place"])
    gatherer.add_own_places(own)
    return gatherer.result()


class _Gatherer:
    def __init__(self, text: str, scenes: Sequence[Context], places: Sequence[Places]) -> None:
        self._text, self._scenes, self._places = text, scenes, places
        self._stretches = Stretches(scene.stretch for scene in scenes)
        self._given_forms = abbreviations(text)
        self._bodies: dict[str, _Body] = {}
        self._forms: dict[tuple[int, str], str] = {}
        self._spans_of_place: dict[str, list[Span]] = defaultdict(list)
        self._place: dict[str, Place] = {}
        self._written: dict[str, Counter[str]] = defaultdict(Counter)

    def scene_of(self, span: Span) -> int:
        """The number of the scene in whose stretch a span lies."""
        return self._stretches.find(span) or 0

    # organizations

    def add_organizations(self, mentions: Sequence[Mention]) -> None:
        """Put the forms of each body together, scene by scene."""
        by_scene: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            by_scene[self.scene_of(mention.span)].append(mention)
        for scene, found in sorted(by_scene.items()):
            names = self._absolute_names(scene, Counter(mention.text for mention in found), found)
            for mention in found:
                if mention.text not in names:
                    continue
                self._add(names[mention.text], scene, mention.text).spans.append(mention.span)

    def add_issuers(self, own: Sequence[OwnPolicy]) -> None:
        """Issuers are parties, also where no name was marked in the text."""
        for scene, policy in enumerate(own):
            for i, name in enumerate(policy.issuers):
                known = self._forms.get((scene, key(name)))
                full = self._bodies[known].absolute if known else self._absolute(scene, name)
                body = self._add(full, scene, name)
                if not body.spans:
                    body.spans += policy.issuer_evidence[i : i + 1]

    def _add(self, full: Absolute, scene: int, written: str) -> _Body:
        body = self._bodies.setdefault(id_of(full), _Body(full, scene))
        body.written[without_term(written)] += 1
        self._forms[scene, key(written)] = id_of(full)
        return body

    def _absolute(self, scene: int, name: str) -> Absolute:
        return absolute(name, self._scenes[scene], self._places[scene])

    def _absolute_names(self, scene: int, forms: Counter[str], mentions: Sequence[Mention]) -> dict[str, Absolute]:
        """The absolute name of each written form: of what it is short for, if that is told, else its own."""
        body = self._scenes[scene].body
        candidates = {*forms, *self._scenes[scene].issuers, *([body] if body else [])}
        short_forms = ShortForms(self._places[scene], candidates)
        given = self._given(mentions)
        names: dict[str, Absolute] = {}
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            full = given.get(form) or short_forms.full_name(form)
            if full and full in names:
                names[form] = names[full]
            elif form not in words("programme_kinds"):
                names[form] = self._absolute(scene, full or short_forms.registered_college(form) or form)
        return names

    def _given(self, mentions: Sequence[Mention]) -> dict[str, str]:
        """Short forms that the text gives itself, with their full names."""
        ending = {mention.span.end: mention.text for mention in mentions}
        return {
            self._text[slice(*found.short)]: ending[found.full_end]
            for found in self._given_forms
            if found.full_end in ending
        }

    # places

    def add_places(self, mentions: Sequence[Mention]) -> None:
        """Resolve the places that are named by themselves or at the head of a title."""
        for mention in mentions:
            place = self._places[self.scene_of(mention.span)].find(mention.text)
            if place is not None:
                self._add_place(place, mention.text, mention.span)
                if place.level == "zone":
                    self._add_head(mention.text, mention.span)
        for span in title_heads(self._text):
            self._add_head(span.of(self._text), span)

    def add_own_places(self, own: Sequence[OwnPolicy]) -> None:
        """What a policy binds is a party, if need be by the words of its title."""
        for scene, policy in enumerate(own):
            place = self._places[scene].find(policy.jurisdiction) if policy.jurisdiction else None
            if place is not None:
                self._place.setdefault(place.id, place)

    def _add_place(self, place: Place, written: str, span: Span) -> None:
        self._place.setdefault(place.id, place)
        self._written[place.id][written] += 1
        self._spans_of_place[place.id].append(span)

    def _add_head(self, name: str, span: Span) -> None:
        """The place that a longer name begins with."""
        head = self._places[self.scene_of(span)].leading(name)
        if head and head[0].level in ("province", "prefecture", "county", "foreign"):
            place, size = head
            self._add_place(place, name[:size], Span(span.start, span.start + size))

    # results

    def result(self) -> Gathering:
        """What was gathered, in the order of the first mentions."""
        owners = {form: id_of(body.absolute) for body in self._bodies.values() for form in body.written}
        owners |= {body.absolute.name: id_of(body.absolute) for body in self._bodies.values()}
        organizations = [self._organization(id_, body, owners) for id_, body in sorted(self._bodies.items())]
        needed = [place for _, place in organizations if place is not None]
        places = [self._place_party(place) for _, place in sorted(self._place.items())]
        parties = sorted(
            [*(party for party, _ in organizations), *places],
            key=lambda party: (party.mentions[0].start if party.mentions else len(self._text), party.name, party.id),
        )
        register = _register([*self._place.values(), *needed], {party.id for party in places})
        return Gathering(tuple(parties), register, self._forms)

    def _organization(self, id_: str, body: _Body, owners: Mapping[str, str]) -> tuple[Party, Place | None]:
        """The party of a body, and the place that it lies in."""
        name = body.name
        ties = ties_of(name, self._places[body.scene], lambda form: owners.get(form, id_) != id_)
        if ties.place is None and body.absolute.name != name:
            whole = ties_of(body.absolute.name, self._places[body.scene], lambda _: False)
            ties = replace(whole, shown=None, owner=ties.owner)
        if ties.place is not None and ties.shown is not None:
            self._add_shown(ties.place, body, ties.shown)
        owner = owners.get(ties.owner or "") or self._owner_of(body, owners)
        label, kind = kind_of(name, belongs=owner is not None)
        inferred = [
            *(["located_in"] if ties.place is not None and not ties.shown else []),
            *(["part_of"] if owner and not ties.owner else []),
        ]
        party = Party(
            id=id_,
            label=label,
            name=name,
            aliases=tuple(sorted(form for form in body.written if key(form) != key(name))),
            kind=kind,
            absolute_name=body.absolute.name,
            scope=body.absolute.scope,
            located_in=ties.place.id if ties.place else None,
            part_of=owner if label != "Enterprise" else None,
            mentions=tuple(sorted(body.spans)),
            inferred=tuple(inferred),
            rule="name",
        )
        return party, ties.place

    def _add_shown(self, place: Place, body: _Body, shown: Range) -> None:
        """The place is named in the body's name: where the text writes it so for the first time."""
        start, end = shown
        word = body.name[start:end]
        for span in body.spans:
            if self._text.startswith(word, span.start + start) and span.start + end <= span.end:
                self._add_place(place, word, Span(span.start + start, span.start + end))
                return

    def _owner_of(self, body: _Body, owners: Mapping[str, str]) -> str | None:
        return owners.get(body.absolute.owner) if body.absolute.owner else None

    def _place_party(self, place: Place) -> Party:
        written = self._written[place.id]
        return Party(
            id=place.id,
            label=place.label,
            name=place.name,
            aliases=tuple(sorted(form for form in written if key(form) != key(place.name))),
            absolute_name=place.name,
            level=place.level,
            code=place.code,
            part_of=place.above[0].id if place.above else None,
            chain=tuple(above.id for above in place.above),
            mentions=tuple(sorted(set(self._spans_of_place[place.id]))),
            rule="place",
        )


def _register(places: Iterable[Place], stated: set[str]) -> tuple[PlaceOfRegister, ...]:
    """The places above those given, and those given, that are no party: the highest first."""
    every = {place.id: place for given in places for place in (given, *given.above)}
    added = [place for id_, place in sorted(every.items()) if id_ not in stated]
    return tuple(place.of_register() for place in sorted(added, key=lambda place: (len(place.above), place.id)))
