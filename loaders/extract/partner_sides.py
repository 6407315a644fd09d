"""Sentences with the lists of names in them: what the rules of partnerships look at."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.extract.lists import column
from loaders.extract.records import Mention
from loaders.extract.titled import titled
from loaders.text.model import Paragraph, Section, Span, Structure
from loaders.text.sentences import sentences

_LIST_GAP = re.compile(
    r"^(?:[、和及“”]|以及|等|班(?=[、和及“”])|（[^（）]{1,10}）)*[、和及](?:[“”]|以及)*$|^以及$|^”“$|^”、“$"
)
_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_WHAT_IT_IS = "|".join(column("partnership_cues", "cue", use="apposition"))
_MODIFIERS = re.compile(
    rf"(?:(?<=[与和同合手接])[一-鿿、]{{2,14}}——|[^，。；、与和同]{{2,18}}[内中]的|{_WHAT_IT_IS}|[“”])+$"
)
_UNNAMED = re.compile(r"(?<=[与同合手])(?:[一-鿿A-Za-z\d]{2,10}、)+$")
_FOUNDED = re.compile(r"(?:共建|组建|成立|建立|举办|打造|建设|设立|创建|新建|揭牌|创办)了?[^，。；的]{0,12}$")
_AFTER_PLACE = re.compile(
    r"^(?:(?:的|在)[^，。；]{0,16}?(?:合作|协作|协同|联动|对接|交流|互认|联保|联治|联防|共治|共建|共享|会商)|联动|互动|互通|对口|人民政府|、|和|与|及|，|。|等(?!国|地\d|省\d)|共|合作|联合|开展|建|签|做|携|打造|推进|探索|协同|协作|结对|一体|$)"
)
_NOT_JOINED = re.compile(r"^[^，。；]{0,12}?(?:相衔接|相适应|相匹配|相结合|接轨|同台|相比|差距|同频|一致)")
_OWN = re.compile(r"(?:我校|学校|本校|我院|我市|我县|我区|我省|全市|我局)(?:[、和与]|牵头[、与])?$")
_HAS_TO = re.compile(r"(?:等[^，。；]{0,8})?(?:要|应当?(?!用)|须|负责|牵头|承担)")
_URGED = re.compile(r"(?:支持|鼓励|引导|推动|指导|由)$")
_GROUP = re.compile(
    r"(?:院校|高校|机构|企业|部门|单位|协会|学会|医院|合作社|组织|园区|银行|团队|专家|教师|学生|农户|职业学校|职业学院|中小学|二级学院)"
    r"(?:积极|主动|分别|共同|要|可)?$"
)
_VERB_REACH = 60
_AFTER_REACH = 200
_NEXT_SIDES = 4
_LAST_SIDES = 6


@dataclass(frozen=True, slots=True)
class Side:
    """A list of names that stand together."""

    members: tuple[Mention, ...]
    follows: str
    start: int

    @property
    def span(self) -> Span:
        """From the first name, or the place written before it (江北省 + 云州市), to the last."""
        return Span(self.start, self.members[-1].span.end)

    @property
    def names(self) -> tuple[str, ...]:
        """The names as written."""
        return tuple(member.text for member in self.members)

    @property
    def organizations(self) -> tuple[str, ...]:
        """The names that are no places."""
        return tuple(member.text for member in self.members if member.kind == "organization")

    @property
    def may_be_partner(self) -> bool:
        """Whether it is a list of parties: its last name is a body, or a place with no noun of its own behind it."""
        return self.members[-1].kind == "organization" or _AFTER_PLACE.match(self.follows) is not None


@cache
def _before() -> re.Pattern[str]:
    words = {use: "|".join(column("partnership_cues", "cue", use=use)) for use in ("joins", "with")}
    return re.compile(f"(?:(?P<joins>{words['joins']})|(?P<with>{words['with']}))$")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile("|".join(column("partnership_cues", "cue", use="joint")))


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its lists of names, in order."""

    text: str
    sentence: Span
    sides: tuple[Side, ...]

    def before(self, side: Side) -> str:
        """The clause left of a list, without what describes the first name or stands before it in the list unnamed."""
        return _UNNAMED.sub("", _MODIFIERS.sub("", self._clause_before(side)))

    def _clause_before(self, side: Side) -> str:
        left = self.text[max(self.sentence.start, side.span.start - _VERB_REACH) : side.span.start]
        return _CLAUSE_END.split(left)[-1]

    def after(self, side: Side) -> str:
        """The words of the sentence after a list, as far as they may speak of it."""
        return self.text[side.span.end : min(self.sentence.end, side.span.end + _AFTER_REACH)].lstrip("”")

    def word_before(self, side: Side) -> tuple[str, int] | None:
        """How a list is joined to what stands before it: `with` or `joins`, and where that word starts."""
        left = self.before(side)
        found = _before().search(left)
        if found is None:
            return None
        start = side.span.start - len(self._clause_before(side)) + found.start()
        return ("with" if found["joins"] is None else "joins"), start

    def has_joint_verb(self, side: Side) -> bool:
        """Whether a joint verb follows in the clause, or in the next list that the clause runs on to."""
        after = self.after(side)
        if _NOT_JOINED.match(after):
            return False
        clause = _CLAUSE_END.split(after, maxsplit=1)[0]
        if self._starting_at(side.span.end + 1) is not None:
            clause = after
        return _joint().search(clause[:_VERB_REACH]) is not None

    def subjects(self, side: Side) -> tuple[str, ...]:
        """The bodies that begin the clause of a list; () if none do."""
        start = side.span.start - len(self._clause_before(side))
        other = self._starting_at(start)
        return other.organizations if other and other.span.end < side.span.start else ()

    def earlier_subjects(self, side: Side) -> tuple[str, ...] | None:
        """The bodies that a clause before urges, where the clause of a list has no subject (支持A…，与B开发)."""
        if (word := self.word_before(side)) is None or word[1] > side.span.start - len(self._clause_before(side)):
            return None
        at = bisect_left(self.sides, word[1], key=lambda other: other.span.start)
        before = self.sides[max(0, at - _LAST_SIDES) : at]
        urged = next((other for other in before if _URGED.search(self.before(other)) or self._opens(other)), None)
        return urged.organizations or None if urged else None

    def _opens(self, side: Side) -> bool:
        """Whether a list begins the sentence as the subject of what has to be done."""
        return side.span.start == self.sentence.start and _HAS_TO.match(self.after(side)) is not None

    def _starting_at(self, position: int) -> Side | None:
        at = bisect_left(self.sides, position, key=lambda side: side.span.start)
        return self.sides[at] if at < len(self.sides) and self.sides[at].span.start == position else None

    def group_before(self, position: int) -> bool:
        """Whether what is joined is a kind of actor and not the own subject: 支持科研机构与…."""
        left = self.text[max(self.sentence.start, position - _VERB_REACH) : position]
        return _GROUP.search(_CLAUSE_END.split(left)[-1]) is not None

    def own_before(self, side: Side) -> bool:
        """Whether the document's own subject is the first of a list: 由我校、A、B."""
        return _OWN.search(self.before(side)) is not None

    def platform(self, side: Side, ending: re.Pattern[str]) -> str | None:
        """The named joint body that they found: the first name after the list that ends like one."""
        first = bisect_right(self.sides, side.span.start, key=lambda side: side.span.start)
        for other in self.sides[first : first + _NEXT_SIDES]:
            founded = _FOUNDED.search(self.text, max(side.span.end, other.span.start - 24), other.span.start)
            if founded:
                found = next((name for name in other.organizations if ending.search(name)), None)
                if found:
                    return found
        return None


def scenes(structure: Structure, mentions: Sequence[Mention]) -> Iterator[Scene]:
    """The sentences of the paragraphs and of the cells of tables that have names outside of titles in 《》."""
    text = structure.text
    marked = [title.span for title in titled(text)]
    starts = [span.start for span in marked]

    def in_title(span: Span) -> bool:
        position = bisect_right(starts, span.start) - 1
        return position >= 0 and span in marked[position]

    named = [mention for mention in mentions if not in_title(mention.span)]
    positions = [mention.span.start for mention in named]
    for section in structure.sections:
        for stretch in _stretches(section):
            for sentence in sentences(text, stretch):
                inside = named[bisect_left(positions, sentence.start) : bisect_left(positions, sentence.end)]
                if inside:
                    yield Scene(text, sentence, tuple(_sides(inside, text)))


def _stretches(section: Section) -> Iterator[Span]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.span
        else:
            cells = {cell.span for row in block.rows[block.header_rows :] for cell in row if cell.span is not None}
            yield from sorted(cells)


def _sides(inside: Sequence[Mention], text: str) -> Iterator[Side]:
    members: list[Mention] = []
    start = inside[0].span.start
    for mention in inside:
        if members and members[-1].kind == "place" and members[-1].span.end == mention.span.start:
            members.pop()
        elif members and not _LIST_GAP.match(text[members[-1].span.end : mention.span.start]):
            yield _side(members, text, start)
            members = []
            start = mention.span.start
        members.append(mention)
    yield _side(members, text, start)


def _side(members: Sequence[Mention], text: str, start: int) -> Side:
    return Side(tuple(members), text[members[-1].span.end : members[-1].span.end + 12], start)
