"""The names of a text: network, then filter of shapes, closed lexicon, gazetteer and a second pass over the text."""

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import NamedTuple

from loaders.extract.records import NameKind
from loaders.names.abbreviations import abbreviations
from loaders.names.bodies import bodies, is_of_a_department
from loaders.names.completion import completed, joined
from loaders.names.enumerations import brands, known_companies
from loaders.names.gazetteer import gazetteer
from loaders.names.joint_bodies import joint_bodies
from loaders.names.network import Network
from loaders.names.place_heads import begins_a_landscape
from loaders.names.ranges import Matcher, Range, Ranges
from loaders.names.school_names import SchoolNames
from loaders.names.shapes import alternatives, shapes
from loaders.names.surroundings import addressees, is_no_name, with_place_before
from loaders.names.units import Units

_PARTICLES = re.compile(f"(?:{alternatives('leading_particles')})+")
_SUCH_AS = "如"  # also the first character of places (如东), so it is cut off only before a name that stands elsewhere
_BEFORE_NAME = re.compile(f"(?:{alternatives('leading_particles')}|{_SUCH_AS})+")
_ISSUES = re.compile("(?:等.{1,3}(?:部门|单位))?(?:办公厅|办公室)?(?:关于|印发|转发|公告|令|章程)")
_TITLE = re.compile("《[^《》\n]{2,80}》")
_WORDS = ("沿江", "沿河", "沿海", "沿湖", "沿边", "沿线", "年度")  # a name starts after them: 沿江 + 云州新区
_COLUMN_GAP = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_PREPOSITIONS, _SHORTEST_PLACE = "在于赴", 3
_SHIFT = 2  # characters by which a registered place may set a left end right
_SHORTEST_REPEATED, _LONG_NAME = 4, 6


class Name(NamedTuple):
    """A name where it stands; `rule` is network, lexicon, register or repeat."""

    start: int
    end: int
    kind: NameKind
    rule: str


class Tagger:
    """Network and lists together; `tag` keeps no state between texts."""

    def __init__(self) -> None:
        self._network = Network()
        self._shapes, self._bodies, self._gazetteer = shapes(), bodies(), gazetteer()
        self._schools, self._units = SchoolNames(self._shapes), Units(self._shapes)

    def tag(self, text: str) -> list[Name]:
        """Names in a text, in order, without overlaps."""
        by_network, places, candidates = self._read(text)
        registered = self._gazetteer.ranges(text)
        zones = frozenset(self._gazetteer.zones(text, registered))
        by_network = [span for span in by_network if span not in zones]
        rules = self._organizations(text, by_network, registered, candidates=candidates)
        place_rules = self._places_among(text, [*places, *zones], registered, taken=Ranges(rules))
        organizations, free = _outside_titles(text, sorted(rules), sorted(place_rules))
        names = [Name(*span, "organization", rules[span]) for span in organizations]
        return sorted(names + [Name(*span, "place", place_rules[span]) for span in free])

    def _read(self, text: str) -> tuple[list[Range], list[Range], set[Range]]:
        """Organizations and places of the network that are shaped like names, and all its organizations."""
        organizations: list[Range] = []
        places: list[Range] = []
        candidates: set[Range] = set()
        for start, end, kind in self._network.names(text):
            start, end = _after_word(text, *_stripped(text, start, end))
            if kind == "place":
                start, end = _after_preposition(text, start, end), self._gazetteer.end_of_area(text, start, end)
                is_part = begins_a_landscape(text[start : end + _SHIFT], end - start)
                if self._shapes.is_place(text[start:end]) and not is_part:
                    places.append((start, end))
                continue
            start, _ = _after_word(text, start + self._shapes.swallowed(text[start:end]), end)
            candidates.add((start, end))
            if self._is_organization(text, (start, end)) and not is_no_name(text, (start, end)):
                organizations.append((start, end))
        starts = {self._gazetteer.end_of_zone(text, end): start for start, end in places}
        return [with_place_before(text, span, starts) for span in organizations], places, candidates

    def _is_organization(self, text: str, span: Range) -> bool:
        return self._shapes.is_organization(_unwrapped(text[slice(*span)]))

    def _organizations(
        self, text: str, by_network: list[Range], registered: list[Range], *, candidates: set[Range]
    ) -> dict[Range, str]:
        """Organizations with the rule that found each."""
        of_lexicon = self._bodies.ranges(text, registered)
        of_register = self._schools.registered(text)
        merged = joined(text, _merge(text, _merge(text, by_network, of_register), of_lexicon), of_lexicon)
        rules = dict.fromkeys(merged, "network") | dict.fromkeys(of_register, "register")
        rules |= dict.fromkeys(of_lexicon, "lexicon")
        grown = completed(text, merged)
        rules |= {wide: rules[span] for span, wide in grown.items()}
        changed = {wide for span, wide in grown.items() if wide != span}
        kept = {wide for wide in grown.values() if wide not in changed or self._is_organization(text, wide)}
        found = Ranges(kept)
        counties = self._gazetteer.county_heads(text, registered)
        units = self._units.ranges(text, sorted([*registered, *counties]))
        for rule, spans in (
            ("school ending", self._schools.by_ending(text)),
            ("unit of a place", units),
            ("list of companies", brands(text, candidates, self._shapes)),
            ("known company", known_companies(text)),
            ("joint body", joint_bodies(text, kept, self._shapes)),
        ):
            for span in spans:
                clashes = found.clashes(span)
                if not clashes or (spans is units and all(_holds(span, clash) for clash in clashes)):
                    found.put(span)
                    rules.setdefault(span, rule)
        marked = _repeated(text, found.items, registered)
        heads, addressed = {start for start, _ in registered}, Ranges(addressees(text))
        return {
            (start, end): rules.get((start, end), "repeat")
            for start, end in marked
            if not is_of_a_department(text, end, text[start:end])
            and (start in heads or not addressed.clashes((start, end)))
        }

    def _places_among(
        self, text: str, by_network: list[Range], registered: list[Range], *, taken: Ranges
    ) -> dict[Range, str]:
        """Places outside organizations, with the rule that found each."""
        of_register = self._gazetteer.places(text, registered)
        of_register += self._gazetteer.short_counties(text, registered)
        rules = _with_registered(by_network, of_register)
        zones = {(start, self._gazetteer.end_of_zone(text, end)): rule for (start, end), rule in rules.items()}
        found = Ranges()
        for span in sorted(zones, key=lambda span: (span[0] - span[1], span)):
            if not taken.clashes(span) and not found.clashes(span):
                found.put(span)
        return {span: zones[span] for span in found.items}


def _stripped(text: str, start: int, end: int) -> Range:
    """A range without the white space at its ends, and from a mark or a gap between columns on that parts it."""
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    if "”" not in text[start:end]:
        start = max(start, text.rfind("“", start, end) + 1, text.rfind("'", start, end) + 1)
    for gap in _COLUMN_GAP.finditer(text, start, end):
        start = gap.end()
    return start, end


def _after_word(text: str, start: int, end: int) -> Range:
    """A range that does not begin with a word's second half, or with the word that ends before the name."""
    if text[start - 1 : start + 1] in _WORDS:
        return start + 1, end
    return (start + 2, end) if text[start : start + 2] in _WORDS else (start, end)


def _holds(span: Range, inner: Range) -> bool:
    return span[0] <= inner[0] and inner[1] <= span[1]


def _after_preposition(text: str, start: int, end: int) -> int:
    """Where a place begins behind a preposition that was taken for its first character (在 + 云州县)."""
    return start + 1 if text[start] in _PREPOSITIONS and end - start > _SHORTEST_PLACE else start


def _unwrapped(name: str) -> str:
    """A name that a table without rulings broke over two lines, in one piece."""
    return name.replace("\n", "") if name.count("\n") == 1 else name


def _with_registered(places: list[Range], registered: list[Range]) -> dict[Range, str]:
    """Places of the network with their left ends set right, and registered ones that it missed, with their rules."""
    start_of = {end: start for start, end in registered}
    fixed: dict[Range, str] = {}
    for start, end in places:
        better = start_of.get(end, start)
        fixed[(better if 0 < better - start <= _SHIFT else start), end] = "network"
    taken = Ranges(fixed)
    return fixed | {span: "register" for span in registered if not taken.clashes(span)}


def _merge(text: str, organizations: list[Range], of_lexicon: list[Range]) -> list[Range]:
    """Bodies of the lexicon replace what the network found, except where it found something longer."""
    ends = {end for _, end in of_lexicon}
    merged = Ranges(organizations)
    for body in of_lexicon:
        clashes = merged.clashes(body)
        if _only_swallowed(text, body, clashes) or not any(_is_longer(found, body, ends) for found in clashes):
            merged.put(body)
    return merged.items


def _only_swallowed(text: str, body: Range, clashes: list[Range]) -> bool:
    """Whether what the network found is the body with particles before it."""
    if len(clashes) != 1 or clashes[0][1] != body[1]:
        return False
    start = clashes[0][0]
    return 0 < body[0] - start <= _SHIFT and _PARTICLES.fullmatch(text[start : body[0]]) is not None


def _is_longer(found: Range, body: Range, ends: set[int]) -> bool:
    """Whether the body lies inside what the network found, which does not end with another body."""
    inside = found != body and found[0] <= body[0] and body[1] <= found[1]
    return inside and not (found[1] > body[1] and found[1] in ends)


def _repeated(text: str, organizations: list[Range], registered: list[Range]) -> list[Range]:
    """Second pass: names found twice, or long ones, are marked wherever they stand, also without their place."""
    counts = Counter(text[start:end] for start, end in organizations)
    names = [
        name for name, n in counts.items() if len(name) >= _SHORTEST_REPEATED and (n >= 2 or len(name) >= _LONG_NAME)
    ]
    names += _given_short_forms(text, organizations)
    ends = {start: end for start, end in registered}
    names += [text[ends[start] : end] for start, end in organizations if end - ends.get(start, end) >= _LONG_NAME]
    marked = Ranges(organizations)
    for found in Matcher(names).ranges(text):
        if all(_holds(found, clash) for clash in marked.clashes(found)):
            marked.put(found)
    return _without_particles(text, marked.items)


def _without_particles(text: str, organizations: list[Range]) -> list[Range]:
    """Names without the particles before them, where the text has the rest as a name of its own."""
    names = {text[start:end] for start, end in organizations}
    cut: list[Range] = []
    for start, end in organizations:
        before = _BEFORE_NAME.match(text, start, end)
        cut.append((before.end(), end) if before and text[before.end() : end] in names else (start, end))
    return cut


def _given_short_forms(text: str, organizations: list[Range]) -> list[str]:
    """Short forms that the text itself gives to an organization."""
    ends = {end for _, end in organizations}
    return [text[slice(*given.short)] for given in abbreviations(text) if given.full_end in ends]


def _outside_titles(text: str, organizations: list[Range], places: list[Range]) -> tuple[list[Range], list[Range]]:
    """Inside 《》 only the bodies that issue the title are kept: those that lead it, before 关于 and the like."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    starts = [start for start, _ in titles]

    def title_of(span: Range) -> Range | None:
        i = bisect_right(starts, span[0]) - 1
        return titles[i] if i >= 0 and titles[i][1] >= span[1] else None

    issuing: set[Range] = set()
    next_issuer = len(text)  # where the issuing body begins that follows
    for body in reversed(organizations):
        if next_issuer - body[1] in (0, 1) or _ISSUES.match(text, body[1]):
            issuing.add(body)
            next_issuer = body[0]
    kept: list[Range] = []
    for body in organizations:
        title = title_of(body)
        leads = title is not None and (body[0] == title[0] + 1 or bool(kept and body[0] - kept[-1][1] <= 1))
        if title is None or (leads and body in issuing):
            kept.append(body)
    return kept, [place for place in places if title_of(place) is None]


@cache
def tagger() -> Tagger:
    """The tagger by the weights and lists that the package carries; loaded once."""
    return Tagger()
