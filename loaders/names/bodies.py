"""Bodies of the closed lexicon in a text: those of the centre, and departments with their place or rank."""

import re
from functools import cache

from loaders.names.lexicon import Lexicon, lexicon
from loaders.names.ranges import Matcher, Range, Ranges
from loaders.names.shapes import alternatives
from loaders.names.wordlists import words

_BEFORE_BODY = "和与及由经报按向对同原"
_BEFORE_RANK = _BEFORE_BODY + "本我全在将为受告示请"
_RANK = "省级?|自治区|市|县|区|州|旗|盟|兵团"
_GENERAL_STEMS = ("政府", "人大", "政协", "党委")
_AFTER_GENERAL_STEM = re.compile("部门|机[关构]|领导|主导|投资|采购|信息|职能|网站|工作报告")
_SET_PHRASE = re.compile(
    "(?:党中央|中央|国务院|国家|教育部)[^。；，！？\n]{0,12}?(?:[省市县区]委(?:、|和)?(?:[省市县区](?:人民)?政府)?(?:、|和)?){1,3}"
    "[^。；，！？\n]{0,24}?(?:决策|部署|要求|精神|领导|文件)"
)
_AFTER_PERSON = "长员门们性"  # 局长, 委员, 部门
_RIVER = "长江"
_COMPETENT = re.compile("(?!关于|办公厅|印发|批转|批准|决定)[一-鿿、]{1,16}?部门")
_MORE_THAN_UNITED = "境内外家际有"
_ELECTED = ("人大", "人民代表大会", "政协", "委")
_TERM = re.compile("第[一二三四五六七八九十]{1,3}届$")
_LONGEST_TERM = 5
_MINISTRY = ("部", "委", "总局", "署")
_BUREAU = re.compile("(?!和|与|及|等|关于|印发)[\u4e00-\u9fff]{2,12}?司(?=[^\u4e00-\u9fff]|[要应将负会和与联牵等及]|$)")
_DEEDS = frozenset(("开展", "牵头", "负责", "会同", "印发", "成立", "召开", "制定", "出台", "决定", "批准"))
_AFTER_COMMITTEE = "、，。和（市省县区"


def is_of_a_department(text: str, end: int, word: str) -> bool:
    """Whether a name stands for a department by its field only (国务院水利主管部门)."""
    return word == "国务院" and _COMPETENT.match(text, end) is not None


def is_chinese(character: str) -> bool:
    """Whether it is a Han character of the basic block."""
    return "\u4e00" <= character <= "\u9fff"


def _with_bureau(text: str, start: int, end: int) -> Range:
    """A ministry with the bureau of it that follows (农业农村部 + 种业管理司)."""
    bureau = _BUREAU.match(text, end) if text.endswith(_MINISTRY, start, end) else None
    return (start, bureau.end()) if bureau else (start, end)


class Bodies:
    """Finds the bodies of the lexicon."""

    def __init__(self, known: Lexicon) -> None:
        self._places = known.places
        self._central = Matcher(known.central)
        self._bare = words("bare_bodies")
        stems = alternatives("department_stems")
        self._department = re.compile(f"(?:(?P<rank>{_RANK})(?P<ranked>{stems})|(?P<plain>{stems}))(?:党组|党委)?")

    def ranges(self, text: str, registered: list[Range]) -> list[Range]:
        """Bodies of the centre, then departments; `registered` are the places of the register in the text."""
        place_start = {end: start for start, end in registered}
        phrases = Ranges(match.span() for match in _SET_PHRASE.finditer(text))
        found = [_with_bureau(text, *span) for span in self._central.ranges(text) if self._is_central(text, *span)]
        for match in self._department.finditer(text):
            start = self._start_of_department(text, match, place_start)
            if start is not None and not (start == match.start() and phrases.clashes((start, match.end()))):
                found.append((start, match.end()))
        return found

    def _is_central(self, text: str, start: int, end: int) -> bool:
        word, following, previous = text[start:end], text[end : end + 1], text[max(0, start - 1) : start]
        if following in ("门", "分") and word.endswith("部"):  # 财政部门, 建设部分项目
            return False
        if word == "联合国" and following in _MORE_THAN_UNITED and following:  # 联合国境外高校
            return False
        local = word in self._bare and previous and is_chinese(previous) and previous not in _BEFORE_BODY
        return not local

    def _continues(self, text: str, end: int, stem: str) -> bool:
        """Whether the stem is the beginning of another word (教育局长, 政府采购), and no place follows (长沙)."""
        following = text[end : end + 1]
        if not following:
            return False
        if following in _AFTER_PERSON and not self._is_place_or_river(text[end : end + 2]):
            return True
        if stem in _GENERAL_STEMS and _AFTER_GENERAL_STEM.match(text, end, end + 4):
            return True
        return stem == "委" and following not in _AFTER_COMMITTEE and text[end : end + 2] not in _DEEDS

    def _is_place_or_river(self, word: str) -> bool:
        return word == _RIVER or word in self._places

    def _start_of_department(self, text: str, match: re.Match[str], place_start: dict[int, int]) -> int | None:
        """Where the name of the department starts; None if it is no name."""
        start, end = match.span()
        rank, stem = match["rank"], match["ranked"] or match["plain"]
        if self._continues(text, end, stem):
            return None
        if start in place_start:
            return place_start[start]
        term = _TERM.search(text, max(0, start - _LONGEST_TERM), start) if stem.startswith(_ELECTED) else None
        head = term.start() if term else start
        before = self._place_before(text, head + len(rank or ""), 12 if term else 6 if rank else 5)
        if before is not None or not rank:
            return before
        previous = text[max(0, start - 1) : start]
        return None if previous and is_chinese(previous) and previous not in _BEFORE_RANK else start

    def _place_before(self, text: str, end: int, longest: int) -> int | None:
        """Start of the longest registered place that ends at `end`."""
        sizes = range(min(longest, end), 1, -1)
        return next((end - size for size in sizes if text[end - size : end] in self._places), None)


@cache
def bodies() -> Bodies:
    """The bodies of the lists that the package carries."""
    return Bodies(lexicon())
