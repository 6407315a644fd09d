"""Sets the ends of names right: legal forms and publishers after a name, Latin letters and brands before it."""

import re
from collections.abc import Collection, Iterable
from functools import cache

from loaders.names.lexicon import lexicon
from loaders.names.ranges import Range, Ranges
from loaders.names.shapes import alternatives

_LEGAL_FORM = "(?:集团\n?)?(?:股份\n?)?有限\n?(?:责任\n?)?公\n?司"
_TAIL = re.compile(
    f"\n?出版\n?社(?:\n?{_LEGAL_FORM})?|\n?(?:社\n?)?{_LEGAL_FORM}|附属(?:医院|中学|小学|第[一二三四五]医院)"
)
_LATIN_BEFORE = re.compile("[A-Za-z0-9+&]+ ?$")
_LATIN = re.compile("[A-Za-z+]")
_DEPARTMENT = 4  # characters that tell a department
_GOVERNING, _BRANCHES = ("局", "部", "厅"), ("局", "中心", "站", "研究院", "研究所")
_OWNERS = ("总局", "大学", "学院", "学校", "医院", "公司", "集团")
_HAS_VERB = re.compile(alternatives("swallowed_verbs"))
_FIGURE = re.compile(r"[-—\s]+|[图表]\s?\d+(?:[-—.]\d+)?(?:与|和)?")
_DELEGATION = re.compile(
    "(?:教师|学生|领导|师生|干部|青年)*(?:代表|考察|访问|培训|交流|参观|研修)*(?:代表团|培训团|考察团|访问团|交流团|访学团)$"
)
_DOUBLE_ENDING = re.compile("(?<=[院学校])(?:学校|学院)$")
_LEGAL = re.compile(f"\n?{_LEGAL_FORM}")
_BRANCH = re.compile("(?P<where>[\u4e00-\u9fff]{0,4}?)(?:分局|分中心|分公司|分行|支行|支公司|分院|分厅)")
_HAS_BRANCHES = ("局", "公司", "银行", "中心", "法院", "院", "厅")
_NUMBERED = re.compile("第[一二三四五六七八九十]")
_STATIONED = re.compile("驻[\u4e00-\u9fff]{2,14}?纪检监察组")
_STAFF = re.compile("(?:领导小组|指挥部|联席会议|工作专班)(?:办公室)?$")
_PRESS = re.compile("\n?社(?!会)")
_DEED = re.compile(
    "(?<=大学|学院|公司|集团|协会|中心|医院|学校)"
    "(?:挂靠|牵头|承办|主办|举办|冠名|组织|负责|参与|开展|设立|结成|组建|组成|共建|签[订署]|建设(?![局厅委银集公])|完成|派出|选派|联合(?![会体])|合作(?![社联]))"
)
_STATION = re.compile("站(?![点位台长房区])")
_CENTRAL = re.compile("小学|中学|学校|幼儿园|卫生院|敬老院")  # 白岭镇中心 + 小学
_LONE_RANK = re.compile("(?:^|[^\u4e00-\u9fff]|[由经报与和及向对同])[省市县区州旗]$")
_HEADED_BY_RANK = ("委员会", "领导小组", "指挥部", "联席会议", "专班", "研究院", "研究所", "科学院", "总站", "中心站")
_SET_UP = re.compile("[的和与及由]|成立|设立|组建|建立|调整|健全|完善|强化|发挥|加强")
_PARTY = re.compile("(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|共青团)$")
_LONGEST_PARTY = 4
_LONGEST_BEFORE, _SHORTEST, _LONGEST_TASK = 12, 3, 6


def joined(text: str, found: Iterable[Range], bodies: Collection[Range]) -> list[Range]:
    """Names in order; a unit right after the school, hospital or company that it belongs to is one name with it.

    `bodies` of the lexicon stand for themselves (教育部财政部 are two).
    """
    out: list[Range] = []
    for span in sorted(found):
        owner = out[-1] if out else (0, 0)
        if owner[1] == span[0] and _belongs(text, owner, span, is_body=span in bodies):
            out[-1] = (owner[0], span[1])
        else:
            out.append(span)
    return out


def _belongs(text: str, owner: Range, unit: Range, *, is_body: bool) -> bool:
    """Whether the second of two names side by side is a unit of the first: a branch has the same department's name."""
    first, second = text[slice(*owner)], text[slice(*unit)]
    if is_body:
        return first.endswith("局") and first[-_DEPARTMENT:] == second[-_DEPARTMENT:] and first != second
    return first.endswith(_OWNERS) or (first.endswith(_GOVERNING) and second.endswith(_BRANCHES))


def completed(text: str, found: Iterable[Range]) -> dict[Range, Range]:
    """Each name with its ends set right; names that grow into each other become one."""
    grown = {span: (_left(text, *span), _right(text, *span)) for span in found}
    taken = Ranges()
    for span in sorted(set(grown.values()), key=lambda span: (span[0] - span[1], span)):
        if not taken.clashes(span):
            taken.put(span)
    return {span: clash for span, wide in grown.items() for clash in taken.clashes(wide)[:1]}


def _right(text: str, start: int, end: int) -> int:
    """Past a legal form or a publisher's ending; before a delegation's, and before a school that is named twice."""
    name = text[start:end]
    if (deed := _DEED.search(name)) and deed.start() >= _SHORTEST:
        return start + deed.start()
    if name.endswith("报") and (press := _PRESS.match(text, end)):
        return press.end()
    if name.endswith(_HAS_BRANCHES) and (branch := _BRANCH.match(text, end)) and _is_where(branch["where"]):
        return branch.end()
    if name.endswith("委") and (stationed := _STATIONED.match(text, end)):
        return stationed.end()
    if name.endswith("中心"):
        further = _STATION.match(text, end) or _CENTRAL.match(text, end)
        return further.end() if further else end
    if name.endswith("公司"):
        return end
    cut = _DELEGATION.search(name) or _DOUBLE_ENDING.search(name)
    if cut and cut.start() >= _SHORTEST:
        return start + cut.start()
    match = (_LEGAL if name.endswith("出版社") else _TAIL).match(text, end)
    return match.end() if match else end


def _is_where(word: str) -> bool:
    """Whether it may tell one branch from the others: nothing, a number, or a place."""
    return not word or word in lexicon().places or _NUMBERED.fullmatch(word) is not None


def _led(text: str, start: int, end: int) -> int:
    """Where the place begins whose task the body has (云州市优化 + 营商环境工作领导小组); else `start`."""
    if _STAFF.search(text, start, end) is None:
        return start
    for place_end in range(start - 1, max(0, start - _LONGEST_TASK) - 1, -1):
        task = text[place_end:start]
        size = next(
            (n for n in range(min(6, place_end), 2, -1) if text[place_end - n : place_end] in lexicon().full), 0
        )
        if size and task.isalpha() and not _SET_UP.search(task):
            return place_end - size
    return start


def _left(text: str, start: int, end: int) -> int:
    """Latin letters right before the name, and a place or brand right before these (联通5G+产业学院)."""
    start = _led(text, start, end)
    if text.endswith("委", start, end) and (party := _PARTY.search(text, max(0, start - _LONGEST_PARTY), start)):
        return party.start()
    if text.endswith(_HEADED_BY_RANK, start, end) and _LONE_RANK.search(text, max(0, start - 2), start):
        return start - 1
    figure = _FIGURE.match(text, start, end)
    if figure:
        return figure.end()
    latin = _LATIN_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    if latin and not _LATIN.search(latin[0] + text[start]):  # a number
        latin = None
    begin = latin.start() if latin else start
    while latin and (size := _known_before(text, begin)) > 0:
        begin -= size
    return _abroad(text, begin) if text[start:end] not in lexicon().colleges else begin


def _abroad(text: str, start: int) -> int:
    """Where the country begins that stands a few characters of a foreign name before (加拿大不列颠哥伦比亚理工学院)."""
    before = text[max(0, start - _LONGEST_BEFORE) : start]
    match = _country_before().search(before)
    if match is None or _HAS_VERB.search(match["between"]):
        return start
    return start - len(before) + match.start()


@cache
def _country_before() -> re.Pattern[str]:
    countries = "|".join(sorted(lexicon().countries - {"中国"}, key=lambda word: (-len(word), word)))
    return re.compile(f"(?:{countries})(?P<between>[\u4e00-\u9fff]{{1,4}} ?)$")


def _known_before(text: str, end: int) -> int:
    """Length of the longest known brand, country or place that ends at `end`."""
    known = lexicon()
    for size in range(min(6, end), 1, -1):
        word = text[end - size : end]
        if word in known.known or word in known.countries or word in known.places:
            return size
    return 0
