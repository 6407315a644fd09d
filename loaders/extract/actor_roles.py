"""The role of an actor in a measure, by the grammar of its clause: what stands left and right of it."""

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from loaders.extract.clause_words import anywhere, ending, near
from loaders.extract.lists import rows

Role: TypeAlias = Literal["lead", "partner", "supporter", "beneficiary", "object"]

_MODIFIERS = ending("modifier", repeated=True)
_OF = re.compile(r"[^，。；：、的]{1,18}的$")
_GROWTH = near("growth", 4, before="(?:专业|整校|学校)?")
_BUILDING = near("building", 24, after="(?:[，。；和、]|$|工程)")
_TOGETHER = near("together", 30)
_TAKES_PART_ITSELF = re.compile(r"^[^，。；]{0,16}?参与(?:、|举办|收益|评)")
_CHECKED = near("checked", 40)
_GIVES = near("gives", 24)
_REACHES = near("reaches", 14)
_RESPONSIBLE = near("responsible", 8)
_ACCOUNTABLE = re.compile(r"^[^，。；]{0,20}?主体责任")
_PART = near("part", 12)
_MANNER = re.compile(r"^(?:以|通过|采取|采用)[^，。；]{1,24}?(?:等)?(?:多种)?(?:方式|形式|模式|渠道|途径)[，]?")
_TARGETED = re.compile(r"(?:对|针对|给予)[^，。；]{0,24}的$")
_AT = re.compile(r"对(?:[^，。；]{1,24}的)?$")
_BECOMES = re.compile(r"[成列定称认评变化分升格转改设视名]为$|[转出受礼]让$")  # 评为 A is no deed for A
_SHARE = re.compile(r"(?:\d%|[一二三四五六七八九两]成)(?:以上)?的?$")
_COMPOSED = re.compile(r"^(?:等)?(?:各方|代表)?(?:共同)?(?:参加|组成|参与|构成)")
_STUDIES = near("studies", 24)
_SYSTEM = re.compile(
    r"^[^，。；]{0,12}?(?:评聘|评价|考核|管理|聘任|分类|治理|薪酬|评审)[^，。；]{0,6}?(?:机制|制度|办法|改革|体系)(?:[，。；]|$)"
)
_RELIEVED = near("relieved", 2)
_REPORTED = ending("reported to", after="[至给]?")
_CONTENT = near("content", 0, before="(?:的)?(?:总体|综合|平均)?")
_MAIN_BODY = re.compile(r"^为(?:主体|主导|主力|龙头|骨干)")
_FOUNDATION = near("foundation", 0, before="(?:等[一-鿿]{0,6})?为")
_EACH = re.compile(r"每一?[个所家支处]$")
_EQUIPPED = near("equipped", 0, before="(?:至少|均|都|应|要|须)*")
_GIVEN_TO = re.compile(r"(?:对|给|为|向)[^，。；]{0,10}$")
_WON_OVER = re.compile(r"(?:争取|争得|寻求)$")
_SUPPORT = near("support", 8)
_REFORM = re.compile(r"^(?:综合)?(?:改革|改制|整合|撤并|重组)(?:成果|任务|试点|工作|攻坚|[，。；、\n]|$)")
_BROUGHT_UP = ending("brought up", after="[^，。；]{1,14}")
_RATIO = re.compile(r"^(?:的)?(?:人数)?(?:比例|之比|比达|配比)")
_UNNAMED = re.compile(r"(?<=[向为对与同和引励持织由给求动导促托])(?:[一-鿿“”]{2,8}、)+$")
_STATUS = re.compile(
    r"^[^，。；]{0,4}?创建[^，。；]{0,10}?(?:示范|标杆|一流|文明|星级|高水平|双高|优质|达标|称号|A级|甲等|特色)"
)
_TRANSFERRED = re.compile(r"^[^，。；]{0,6}?互[转认通]")
_DEED = near("deed", 0)
_INVITED = re.compile(r"(?:邀请|聘请|委托)$")
_CARRIES_OUT = near("carries out", 0)
_ASSESSED = near("assessed", 10)
_WATCHES_OVER = re.compile(r"^(?:对[^，。；]{1,24}?)?(?:进行|实施|开展)?(?:社会|民主|全程)?监督(?!检查)")
_WATCHES = re.compile(r"^[^，。；]{0,2}?(?:监督|评议|评判)")
_SENT_FROM = near("sent from", 0, before="中?")
_REMEMBERED = 1024  # clauses; the actors of one list ask for the same
_CLASS_WORD = re.compile(r"^等[一-鿿]{0,8}?(?:单位|企业|机构|院校|部门|主体)")
_AS = re.compile(r"作为$")
_BASIS = near("basis", 14)
_RECEIVES = re.compile(r"^[^，。；]{0,4}?接受[^，。；]{0,6}?(?:培训|教育|治疗|服务|救助|帮扶|指导)")
_MANAGES = re.compile(r"^(?:要|应当?|须|需|将)?(?:积极|主动|统筹|加强)?(?:组织|督促|指导|推动|引导|会同|联合)")
_EVERY = re.compile(r"^每[两三四五六七八九十\d]?(?:[天日周月年]|个月|季度|学[期年]|半年)")
_SERVES = near("serves", 24)
_DIRECTS = near("directs", 0, before="(?:等[一-鿿]{0,8}?)?(?:要|应当?|须|需|将)(?:积极|主动|加强)?")
_FULFILS = near("fulfils", 0, before="(?:等[^，。；]{0,8}?)?(?:要|应当?|须|必须|需|全部|均|都|总体)*")
_ADVERBIAL = near("adverb", 0)
_FACING = re.compile(r"(?:面向|针对|惠及)[一-鿿]{2,3}$")
_ANSWERS = re.compile(r"^对[^，。；]{1,24}?(?:负总责|负主体责任|负责|承担[^，。；]{0,6}责任)")
_DEALS_WITH = anywhere("deals with", before="^(?:对|向|为|给|就|把|将)[^，。；的]{2,20}?")
_CHOSEN = near("chosen", 0)  # 扩大博士招聘
_RECRUITED = ending("recruited", after="[^，。；的]{1,26}")
_PLAYS_PART = re.compile(r"^发挥[^，。；]{0,14}?作用")
_MAIN_PART = "主体作用"
_EXPLORING = re.compile("(?:探索|推进|推动)$")
_FURTHERING = ending("furthering")
_ADVERB = re.compile(
    r"^(?:等)?(?:(?![要应须因])[一-鿿]{2}[地性](?=[一-鿿]))?(?:[于在]?(?:19|20)\d\d年(?:\d{1,2}月)?(?:[上下]半年)?[年底末内]*之?前?起?)?"
    r"(?:每[两三四五六七八九十\d]?(?:[天日周月年]|个月|季度)|每学[期年]|每半年)?(?:至少|最少|率先|分别|全部|均(?!衡)|都)?"
)


class Clause(NamedTuple):
    """What stands in the clause left of a coordination of actors, and right of it."""

    left: str
    right: str


@cache
def _uses(side: str) -> tuple[tuple[str, str], ...]:
    found = [(row["cue"], row["use"]) for row in rows("actor_cues") if row["side"] == side]
    return tuple(sorted(found, key=lambda cue: (-len(cue[0]), cue[0])))


@cache
def _use_of(side: str) -> dict[str, str]:
    return dict(_uses(side))


@cache
def _pattern(side: str) -> re.Pattern[str]:
    words = "|".join(re.escape(cue) for cue, _ in _uses(side))
    return re.compile(f"(?:{words})$") if side == "left" else re.compile(words)


@lru_cache(maxsize=_REMEMBERED)
def left_use(left: str) -> str | None:
    """What the words before a list of actors make of them: urge, by, with, for, rely, send, make, raise, follow."""
    for words in _peeled(left):
        found = _pattern("left").search(words)
        if found and not _BECOMES.search(words):
            return _use_of("left")[found[0]]
    found = _opening().match(_MODIFIERS.sub("", left))
    return _use_of("left")[found["cue"]] if found else None


@cache
def _opening() -> re.Pattern[str]:
    """A cue that begins a clause, and what it governs up to the actors: a clause and 的, names and 等, a word."""
    words = "|".join(re.escape(cue) for cue, use in _uses("left") if len(cue) > 1 or use in ("for", "with"))
    governed = "[^，。；：]{2,26}(?:的|等(?:行业)?)|[一-鿿]{2}|(?<=针对)[一-鿿]{3,4}"
    return re.compile(f"(?:要|应|并|积极|主动|大力|重点|优先)?(?P<cue>{words})(?:{governed})$")


def _peeled(left: str) -> tuple[str, ...]:
    """The words before the actors, with their modifiers cut, first nearest then widest."""
    bare = _MODIFIERS.sub("", left)
    without = _MODIFIERS.sub("", _OF.sub("", bare)) if bare.endswith("的") else bare
    facing = left[:-2] if _FACING.search(left) else left  # 面向办事 + 群众
    return (left, bare, without, _attribute(bare), _UNNAMED.sub("", left), facing)


def _attribute(bare: str) -> str:
    """支持温职院 + 学生: the words before a school whose people are meant."""
    return _MODIFIERS.sub("", re.sub(r"(?:职业|中职|高职|公办|民办)?(?:院校|学校|学院)$", "", bare))


@lru_cache(maxsize=_REMEMBERED)
def right_use(right: str) -> str | None:
    """What the word after a list of actors makes of them: act, join, give, state, judge, gain, thing."""
    found = _pattern("right").match(without_adverb(right)) or _pattern("right").match(right)
    if found:
        return _use_of("right")[found[0]]
    return "act" if _DEALS_WITH.match(without_adverb(right)) else None


def without_adverb(right: str) -> str:
    """The words after a list of actors without what only tells when and how often: 2026年底前, 每学期, 至少."""
    return _ADVERB.sub("", right, count=1)


def role_in(clause: Clause, kind: str, *, is_joined: bool) -> tuple[Role, str] | None:
    """The role of actors of this kind and the rule that gave it; None if the clause gives none.

    `is_joined`: the list has two sides, A 与 B.
    """
    left, right = left_use(clause.left), right_use(clause.right)
    if left == "follow" and right not in ("act", "join"):
        return None
    for rule in (_joined, _by_left, _reported, _by_right):
        if (found := rule(clause, left, right, kind, is_joined)) is not None:
            return found
    return None


Found: TypeAlias = tuple[Role, str] | None


def _joined(clause: Clause, left: str | None, right: str | None, kind: str, is_joined: bool) -> Found:
    if is_joined and _RATIO.match(clause.right):
        return "object", "ratio"
    if is_joined:
        return "partner", "two-sides"
    if left == "with" and kind != "people" and _INVITED.search(clause.left) and _CARRIES_OUT.match(clause.right):
        return "lead", "invited"
    if left == "with" and kind == "people" and _TRANSFERRED.match(clause.right):
        return "beneficiary", "transferred"
    if left == "with":
        return "partner", "with"
    if left == "by" and _COMPOSED.match(clause.right):
        return "partner", "composed"
    return None


def _by_left(clause: Clause, left: str | None, right: str | None, kind: str, is_joined: bool) -> Found:
    if left == "urge":
        return _urged(clause, kind)
    if left == "by":
        gives = _GIVES.match(clause.right) and not _SERVES.match(clause.right)
        return ("supporter", "by-giving") if gives else ("lead", "by")
    if left == "for" and clause.left.endswith("让") and _PLAYS_PART.match(clause.right):
        return "partner", "part-played"
    if left == "for" and _AS.search(_MODIFIERS.sub("", clause.left)):
        return ("object", "basis") if _BASIS.match(clause.right) else None
    if left == "for":
        checked = _CHECKED.match(clause.right) and _AT.search(_MODIFIERS.sub("", clause.left))
        return ("object", "checked") if checked and not _RELIEVED.match(clause.right) else ("beneficiary", "for")
    if left == "rely":
        return _relied(clause)
    if left == "make" and kind == "people" and _STUDIES.match(clause.right):
        return "beneficiary", "trained"
    if left == "send" and kind == "people" and _STUDIES.match(clause.right):
        return "beneficiary", "trained"
    simple: dict[str, tuple[Role, str]] = {"send": ("supporter", "sent"), "make": ("object", "made")}
    if left in simple:
        return simple[left]
    return _raised(clause, right, kind) if left == "raise" else None


def _relied(clause: Clause) -> Found:
    if not clause.left.endswith("发挥") or not _PART.match(clause.right):
        return ("lead", "responsible") if _RESPONSIBLE.match(clause.right.lstrip("的")) else ("supporter", "relied-on")
    return ("lead", "responsible") if _MAIN_PART in clause.right[:14] else ("partner", "part-played")


def _raised(clause: Clause, right: str | None, kind: str) -> Found:
    if _ACCOUNTABLE.match(clause.right):
        return "lead", "accountable"
    if kind != "people" and _WON_OVER.search(_MODIFIERS.sub("", clause.left)) and _SUPPORT.match(clause.right):
        return "supporter", "won-over"
    is_judged = _CHOSEN.match(clause.right) if kind == "people" else right == "judge"
    return ("object", "judged") if is_judged else ("beneficiary", "raised")


def _urged(clause: Clause, kind: str) -> Found:
    """鼓励、支持 A + what A is to do: lead; together with others: partner; its own growth: beneficiary."""
    right, urging = _MANNER.sub("", clause.right), _MODIFIERS.sub("", clause.left)
    if not right or right[0] in "，。；、的（(" or right[0].isdigit():
        return "beneficiary", "supported"
    if kind == "people" and _RECEIVES.match(right):
        return "beneficiary", "receives"
    if kind == "people" and _TRANSFERRED.match(right):
        return "beneficiary", "transferred"
    if kind == "people" and _FURTHERING.search(urging) and not urging.endswith("支持") and not _DEED.match(right):
        return "beneficiary", "furthered"
    if kind == "people" and urging.endswith("吸引"):
        return "object", "attracted"
    if urging.endswith("组织") and kind == "people":
        return ("beneficiary", "trained") if _STUDIES.match(right) else ("partner", "organized")
    if right.startswith("牵头") or _TAKES_PART_ITSELF.match(right):
        return "lead", "urged"
    if _TOGETHER.match(right):
        return "partner", "urged-together"
    return _furthered(right, urging, kind) or ("lead", "urged")


def _furthered(right: str, urging: str, kind: str) -> Found:
    """What is urged is no deed for others: to watch, to give, to grow, or to be built or reformed."""
    if _WATCHES_OVER.match(right):
        return "supporter", "urged-watching"
    if _SYSTEM.match(right) and _EXPLORING.search(urging):
        return "object", "judged"
    if _FURTHERING.search(urging) and (_GROWTH.match(right) or _STATUS.match(right)):
        return "beneficiary", "grown"
    if _FURTHERING.search(urging) and _BUILDING.match(right) and not _CARRIES_OUT.match(_CLASS_WORD.sub("", right)):
        return "object", "built"
    gives = _GIVES.match(right) and not _SERVES.match(right) and kind != "school"
    return ("supporter", "urged-giving") if gives else None


def _reported(clause: Clause, left: str | None, right: str | None, kind: str, is_joined: bool) -> Found:
    """Whom something is sent to or told: 将名单报送 A."""
    return ("beneficiary", "reported-to") if kind != "people" and _REPORTED.search(clause.left) else None


def _by_sense(clause: Clause, kind: str) -> Found:
    """What the words on both sides say together: 以 A 为主体, A 满意度, 对 A 给予补助, A 改革成果."""
    if clause.left.endswith("以") and (body := _MAIN_BODY.match(clause.right) or _FOUNDATION.match(clause.right)):
        return ("lead", "main-body") if body.re is _MAIN_BODY else ("supporter", "foundation")
    if _CONTENT.match(clause.right):
        return "beneficiary", "content"
    if clause.left.endswith("接受") and _WATCHES.match(clause.right):
        return "supporter", "watches"
    return _by_sense_of_people(clause) if kind == "people" else _by_sense_of_bodies(clause, kind)


def _by_sense_of_people(clause: Clause) -> Found:
    if _RECRUITED.search(clause.left) and not clause.left.endswith("的"):
        return "object", "recruited"
    if _PLAYS_PART.match(clause.right) and _MAIN_PART not in clause.right[:16]:
        return "partner", "part-played"
    if _GIVES.match(clause.right) and _GIVEN_TO.search(clause.left):
        return "beneficiary", "given"
    return None


def _by_sense_of_bodies(clause: Clause, kind: str) -> Found:
    if _EACH.search(clause.left) and _EQUIPPED.match(clause.right):
        return "beneficiary", "equipped"
    if _REFORM.match(clause.right):
        return "object", "reformed"
    if clause.left.endswith("从") and _SENT_FROM.match(clause.right):
        return "supporter", "sent-from"
    if clause.left.endswith("纳入") and _ASSESSED.match(clause.right):
        return "object", "assessed"
    if kind in ("enterprise", "organization") and _BROUGHT_UP.search(clause.left):
        return "object", "brought-up"
    return None


def _by_answering(clause: Clause, right: str | None) -> Found:
    """Who answers for something, or does it by an adverb that only follows a subject: A 对质量负责, A 每年巡查."""
    if _ANSWERS.match(clause.right):
        return "lead", "answers"
    return ("lead", "acts-by-adverb") if right is None and _ADVERBIAL.match(clause.right) else None


def _does(clause: Clause, right: str | None) -> bool:
    """Whether actors do something at whose end a figure stands (每年引进博士不少于十名), rather than reach it."""
    if _FULFILS.match(clause.right):
        return False
    return right == "act" or (not clause.left and right is None and _EVERY.match(clause.right) is not None)


def _by_right(clause: Clause, left: str | None, right: str | None, kind: str, is_joined: bool) -> Found:
    if _SHARE.search(clause.left):
        return "object", "share"
    if _TARGETED.search(_MODIFIERS.sub("", clause.left)):
        is_checked = _CHECKED.match(clause.right) and not _RELIEVED.match(clause.right)
        return ("object", "checked") if is_checked else ("beneficiary", "targeted")
    if (found := _by_sense(clause, kind)) is not None:
        return found
    if kind in ("school", "organization", "enterprise") and _GROWTH.match(clause.right):
        return "beneficiary", "grows"
    if (
        right in ("act", "join", "give", None)
        and _GIVES.match(_MANNER.sub("", clause.right))
        and not _MANAGES.match(clause.right)
    ):
        return "supporter", "gives"
    if kind == "people" and _TRANSFERRED.match(clause.right):
        return "beneficiary", "transferred"
    if _DIRECTS.match(clause.right):
        return "lead", "directs"
    if right == "join" or (right in ("act", None) and _TOGETHER.match(clause.right)):
        return "partner", "together"
    if _REACHES.match(clause.right) and not _does(clause, right) and kind != "government":
        return ("beneficiary" if kind == "people" else "object"), "reaches"
    plain: dict[str | None, tuple[Role, str]] = {
        "act": ("lead", "acts"),
        "state": ("object", "reaches"),
        "judge": ("object", "judged"),
        "gain": ("beneficiary", "gains"),
    }
    return plain.get(right) or _by_answering(clause, right)
