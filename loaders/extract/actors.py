"""Whom a measure involves, and in which role: named bodies and places, and groups."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from loaders.extract.actor_places import is_party, role_of_place
from loaders.extract.actor_roles import Clause, Role, left_use, role_in, without_adverb
from loaders.extract.clause_words import anywhere, ending, near, whole
from loaders.extract.group_arguments import Standing, is_argument
from loaders.extract.groups import group_mentions
from loaders.extract.open_groups import is_governor
from loaders.extract.places import institution_at_head
from loaders.extract.records import Involvement, MeasureRecord, Mention
from loaders.extract.responsible import Responsible
from loaders.extract.titled import titled
from loaders.extract.titles import plain, printed
from loaders.text.model import Section, Span, Structure
from loaders.text.numbering import is_caption
from loaders.text.sentences import sentences

_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_LIST_GAP = whole("list word")
_STATUS_SOUGHT = ending("status sought", after="[一-鿿“”]{0,12}")
_SYSTEM_OF = anywhere("system", before="[一-鿿]{0,6}", after="(?:[，。；、和及]|$)")
_MODIFIED = re.compile(r"[、和与及][一-鿿]{2,4}$")  # 国有企业、品牌 + 养老机构
_UNLISTED_AFTER = re.compile(
    r"^(?:[、和及或][一-鿿]{2,8}?){1,3}(?<!城区)(?=应当|不得|必须|可以|负责|应(?![用急])|须|要(?![求素]))"
)  # members of the list that are no known actors, before what all of them do
_PARTS_SIDES = re.compile(r"[与同]|联合|会同|携手")
_QUOTED = re.compile(r"“[^“”\n]{1,40}”")
_REACH = 60
_CLASS_WORD = re.compile(r"等(?:[一-鿿]{0,6}|\d{1,3}[余多]?[家所个])$")
_CLASS_REACH = 8
_CONTACT = re.compile(r"\s*（?(?:联\s*系\s*(?:人|电话|方式|单位|地址)|咨询电话|抄送|抄报|主送|附件)[：:0-9（]")
_LETTERHEAD = re.compile(r"(?:文件)?\s*")
_LEADS_OTHERS = re.compile("(?:要|应当?|须|需|将|可|积极|主动)*(?:会同|联合|携手|协同|组织|牵头(?:组织|协调)?)")
_GOVERNMENT = re.compile("(?:局|委|厅|部|办|署|政府|委员会|办公室|法院|检察院|海关)$")
_SCHOOL = re.compile("(?:大学|学院|学校|中学|职校|小学)$")
_ENTERPRISE = re.compile("(?:公司|集团|银行|厂|企业)$")
_JOINT_BODY = near("joint body", 0, before="等?[一-鿿“”]{0,8}")
_PREDICATE = re.compile(r"[^，。；：、的（）“”《》\s\d][^，。；：、\s]{2}")
_COUNTED = re.compile(r"^\d+[余多]?[家所个名位]")
_COMPOUND = re.compile(r"(?![的等把将向于从到在和与及同对为被让使是有能都均当就再还既又也以用按因受经已不])[一-鿿]")
_OWN_DEPARTMENT = ("教育行政部门", "有关部门", "行政部门", "主管部门")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An actor where it stands, before its role is known; `form` are the words of the text."""

    span: Span
    actor: str
    actor_kind: Literal["organization", "place", "group"]
    kind: str
    form: str
    rule: str


def involvements(
    structure: Structure, measures: Sequence[MeasureRecord], mentions: Sequence[Mention]
) -> list[Involvement]:
    """One record a measure, actor, role and sentence: from its heading and the text directly under it.

    The text of its sub-measures, titles in 《》 and longer names are left out.
    """
    reader = _Reader(structure, mentions)
    return [
        record
        for measure in measures
        for stretch in _stretches(structure.sections[measure.section])
        for record in reader.involved(measure.section, stretch)
    ]


def _stretches(section: Section) -> Iterator[Span]:
    if section.heading is not None:
        yield section.heading
    for paragraph in section.paragraphs:
        yield paragraph.span


class _Reader:
    """Reads actors out of stretches of one document."""

    def __init__(self, structure: Structure, mentions: Sequence[Mention]) -> None:
        self.text = structure.text
        marked = [title.span for title in titled(self.text)]
        self.titles = marked
        self.title_starts = [span.start for span in marked]
        self.mentions = [m for m in mentions if not self._in_title(m.span)]
        self.starts = [mention.span.start for mention in self.mentions]
        self.taken = sorted([*marked, *(mention.span for mention in self.mentions)])
        self.is_of_school = _is_of_school(structure)

    def _in_title(self, span: Span) -> bool:
        position = bisect_right(self.title_starts, span.start) - 1
        return position >= 0 and span in self.titles[position]

    def involved(self, section: int, stretch: Span) -> Iterator[Involvement]:
        """The actors of one heading or paragraph, sentence by sentence."""
        for sentence in sentences(self.text, stretch):
            if _CONTACT.match(self.text, sentence.start) or is_caption(sentence.of(self.text)):
                continue
            found = self._candidates(sentence)
            responsible = Responsible(self.text, sentence)
            starts = {candidate.span.start for candidate in found}
            seen: set[tuple[str, Role]] = set()
            for run in self._runs(found):
                for candidate, judged, reason in self._judged(run, sentence, starts):
                    listed = responsible.role_at(candidate.span)
                    role, rule = (listed, "responsible-list") if listed else (judged, reason)
                    if (candidate.actor, role) not in seen:
                        seen.add((candidate.actor, role))
                        yield _record(section, candidate, role, sentence, rule)

    def _candidates(self, sentence: Span) -> list[_Candidate]:
        first, last = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        named = [
            _Candidate(m.span, m.text, m.kind, _kind_of_name(m), m.text, f"named-{m.kind}")
            for m in self.mentions[first:last]
        ]
        low = max(0, bisect_left(self.taken, Span(sentence.start, sentence.start)) - 1)
        high = bisect_left(self.taken, Span(sentence.end, sentence.end))
        groups = [
            _Candidate(g.span, g.group.name, "group", g.group.kind, g.form, g.rule)
            for g in group_mentions(self.text, sentence, self.taken[low:high])
        ]
        return _merged(sorted([*named, *groups], key=lambda c: (c.span, c.actor)))

    def _runs(self, found: Sequence[_Candidate]) -> Iterator[tuple[_Candidate, ...]]:
        """Coordinations: actors with nothing but list words, and the places above them (江北省云州市), between."""
        run: list[_Candidate] = []
        for candidate in found:
            if run and not self._continues(run[-1], candidate):
                yield tuple(run)
                run = []
            run.append(candidate)
        if run:
            yield tuple(run)

    def _continues(self, last: _Candidate, candidate: _Candidate) -> bool:
        if candidate.span == last.span:
            return True
        return _is_listed(candidate, self.text[last.span.end : self._left_of_place(candidate.span.start)])

    def _judged(
        self, run: Sequence[_Candidate], sentence: Span, starts: set[int]
    ) -> Iterator[tuple[_Candidate, Role, str]]:
        clause = self._clause(run, sentence)
        sides = _sides(run, self.text)
        leading = _LEADS_OTHERS.match(self.text, run[-1].span.end)
        leads = leading is not None and leading.end() in starts
        for candidate in run:
            if not self._is_argument(candidate, run, clause):
                continue
            found: tuple[Role, str] | None = ("lead", "leads-others") if leads else None
            found = found or self._role(candidate, run, clause, sides=sides)
            if found is not None:
                yield candidate, *found

    def _clause(self, run: Sequence[_Candidate], sentence: Span) -> Clause:
        start, end = self._left_of_place(run[0].span.start), run[-1].span.end
        before = self.text[max(sentence.start, start - _REACH) : start]
        ends = [match.end() for match in _CLAUSE_END.finditer(before)]
        after = self.text[end : min(sentence.end, end + _REACH)]
        after = _UNLISTED_AFTER.sub("", re.sub(r"^等(?=[^级])", "", after))
        return Clause(before[ends[-1] :] if ends else before, after)

    def _left_of_place(self, position: int) -> int:
        """Where a place begins that stands right before an actor, as its origin (为台州企业); else the position."""
        at = bisect_left(self.starts, position) - 1
        if at >= 0 and self.mentions[at].kind == "place" and self.mentions[at].span.end == position:
            return self.mentions[at].span.start
        return position

    def _role(
        self, candidate: _Candidate, run: Sequence[_Candidate], clause: Clause, *, sides: bool
    ) -> tuple[Role, str] | None:
        if candidate.rule == "group-abbreviation" and candidate.form not in "师生":
            return "partner", "abbreviation"
        if candidate.kind == "place":
            return role_of_place(clause, is_joined=sides)
        if len(run) > 1 and (
            _JOINT_BODY.match(clause.right) or self.text[run[0].span.end : run[1].span.start] in ("+", "＋")
        ):
            return "partner", "joint-body"
        found = role_in(clause, candidate.kind, is_joined=sides)
        if candidate.rule == "group-phrase" and (found is None or _is_of_a_thing(clause, candidate.actor)):
            return None
        if found is None and candidate.actor_kind == "group" and _is_modifier(clause):
            return None
        return found or _default(candidate, clause)

    def _is_argument(self, candidate: _Candidate, run: Sequence[_Candidate], clause: Clause) -> bool:
        """Whether an actor, and not a modifier, a slogan or a thing, is meant."""
        if self.is_of_school and candidate.form in ("学校", "校", "全校"):
            return False
        if candidate.actor_kind != "group":
            return self._is_named_actor(candidate, run, clause)
        if self._is_slogan(candidate) or self._is_class_of_names(candidate):
            return False
        stands = Standing(clause, is_last=candidate is run[-1], is_alone=len(run) == 1)
        return is_argument(candidate.form, candidate.rule, stands, kind=candidate.kind)

    def _is_named_actor(self, candidate: _Candidate, run: Sequence[_Candidate], clause: Clause) -> bool:
        """Whether a name stands for who acts: no signature, no issuer of a title (教育部《…》), no place as such."""
        if candidate.kind == "place":
            return is_party(clause) or _sides(run, self.text)
        if self.text.startswith(_OWN_DEPARTMENT, candidate.span.end):
            return False
        if len(run) == 1 and not clause.left.strip() and _LETTERHEAD.fullmatch(clause.right):
            return False
        return not clause.right.startswith("《") or left_use(clause.left) is not None

    def _is_class_of_names(self, candidate: _Candidate) -> bool:
        """Whether a group only says what the named bodies before it are: 星渊公司等企业."""
        found = _CLASS_WORD.search(self.text, max(0, candidate.span.start - _CLASS_REACH), candidate.span.start)
        if found is None:
            return False
        at = bisect_left(self.starts, found.start()) - 1
        return at >= 0 and self.mentions[at].span.end == found.start()

    def _is_slogan(self, candidate: _Candidate) -> bool:
        """Inside “…” a kind of actor is part of a name or slogan, but not in a sum of actors (“高校+企业”)."""
        window = max(0, candidate.span.start - 40)
        for quoted in _QUOTED.finditer(self.text, window, candidate.span.end + 40):
            if quoted.start() < candidate.span.start and candidate.span.end < quoted.end():
                return "+" not in quoted[0] and "＋" not in quoted[0]
        return False


def _is_modifier(clause: Clause) -> bool:
    """Whether a group only modifies what follows it, or is what others are to follow (参照医师…做法)."""
    return _COMPOUND.match(clause.right) is not None or left_use(clause.left) == "follow"


def _is_of_a_thing(clause: Clause, name: str) -> bool:
    """Whether a phrase names a place of work that is set up, a status that is sought, or whose system is meant."""
    if name.endswith(("中心", "站")) and left_use(clause.left) in ("make", "raise"):
        return True
    is_system = left_use(clause.left) in ("raise", "make") and _SYSTEM_OF.match(clause.right)
    return bool(is_system) or _STATUS_SOUGHT.search(clause.left) is not None


def _is_of_school(structure: Structure) -> bool:
    """Whether 学校 is the document's own subject: a school's name begins its title, or it says 我校."""
    named = [plain(span.of(structure.text)) for span in structure.titles[:2]]
    heads = [institution_at_head(printed(title) or title) for title in named]
    return (
        any(head and _SCHOOL.search(head) for head in heads) or re.search("我校|我院|本校", structure.text) is not None
    )


def _kind_of_name(mention: Mention) -> str:
    """What kind of actor a name says that it is."""
    if mention.kind == "place":
        return "place"
    for kind, pattern in (("government", _GOVERNMENT), ("school", _SCHOOL), ("enterprise", _ENTERPRISE)):
        if pattern.search(mention.text):
            return kind
    return "organization"


def _merged(found: Sequence[_Candidate]) -> list[_Candidate]:
    """Without what only tells whose or where the actor right behind it is: 国有林场 + 职工, 江北省 + 云州市."""
    out: list[_Candidate] = []
    for candidate in found:
        last = out[-1] if out else None
        if last is None or last.span.end != candidate.span.start:
            out.append(candidate)
        elif last.actor_kind == candidate.actor_kind == "group":
            out[-1] = replace(candidate, span=Span(last.span.start, candidate.span.end))
        elif last.actor_kind == "place":
            out[-1] = candidate
        else:
            out.append(candidate)
    return out


def _is_listed(candidate: _Candidate, gap: str) -> bool:
    """Whether list words stand in the gap between two actors; without any the first modifies the second (高校学生)."""
    if gap and _LIST_GAP.match(gap) is not None:
        return True
    return candidate.actor_kind == "group" and _MODIFIED.match(gap) is not None and not is_governor(gap[1:])


def _sides(run: Sequence[_Candidate], text: str) -> bool:
    """Whether 与 parts the run into two sides."""
    gaps = (text[a.span.end : b.span.start] for a, b in pairwise(run))
    return any(_PARTS_SIDES.search(gap) for gap in gaps)


_DEFAULTS: dict[str, tuple[Role, str]] = {
    "people": ("beneficiary", "kind-people"),
    "government": ("lead", "kind-government"),
    "school": ("object", "kind-school"),
    "organization": ("object", "kind-organization"),
}


def _default(candidate: _Candidate, clause: Clause) -> tuple[Role, str]:
    """The role of an actor whose clause has no known cue: a name that begins it, with words behind, is its subject."""
    if (
        candidate.actor_kind != "group"
        and not clause.left
        and _PREDICATE.match(_COUNTED.sub("", without_adverb(clause.right)))
    ):
        return "lead", "subject"
    return _DEFAULTS.get(candidate.kind, ("partner", "kind-other"))


def _record(section: int, candidate: _Candidate, role: Role, sentence: Span, rule: str) -> Involvement:
    is_group = candidate.actor_kind == "group"
    alias = candidate.form if is_group and len(candidate.form) > 1 and candidate.form != candidate.actor else None
    return Involvement(
        section,
        candidate.actor,
        candidate.actor_kind,
        role,
        candidate.span,
        sentence,
        group_kind=candidate.kind if is_group else None,
        aliases=(alias,) if alias else (),
        rule=f"{candidate.rule}/{rule}",
    )
