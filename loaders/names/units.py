"""Units that a place or a rank heads and that end as only bodies do: 云州市青石岭林场, 县大数据中心, 江北省林学会."""

import re
from collections.abc import Iterator

from loaders.extract.lists import entries
from loaders.names.lexicon import lexicon
from loaders.names.ranges import Range
from loaders.names.ranks import RANK
from loaders.names.shapes import Shapes, alternatives
from loaders.names.wordlists import words

_LEFT = "(?:(?<![\u4e00-\u9fff])|(?<=[和与及由同经被赴在对向为])|(?<=依托|委托|会同|联合|支持|组织))"
_FULL_PLACE = tuple("省市县区旗州")
_CLASS = re.compile("级|区域|临床|企业|地方|工程|产业|重大")
_COUNT = "(?:[一二两三四五六七八九十]+|若干|多|首|第)[\u4e00-\u9fff]?(?:个|家|所|批|类|项|支|座|级|大|届|名)"
_KIND = re.compile(f".*(?:乡镇|镇街|各|[省市县区]级)|级|国有|国营|集体|各|全部|所有|重点|优质|示范|骨干|{_COUNT}")
_LISTED_LEFT = "(?<=[：:、，；;（(])"
_LISTED_RIGHT = "(?=[、，；;。）)\n]|[和及与等]|$)"
_BODY = "(?:[局厅委办署院会社队台关馆]|中心|公司|集团|银行|支行|分行|小组)"
_STAFF = re.compile(
    "(?:领导小组|协调小组|工作小组|工作组|工作专班|专班|联席会议|指挥部)(?:办公室)?(?=[要应须将负统为定每、，。；）)下]|$)"
)
_TASK = re.compile(
    f"(?:(?<=^)|(?<=[^\u4e00-\u9fff“”]))(?:[由经报在对向])?(?P<head>{RANK})(?P<task>[\u4e00-\u9fff“”]{{2,30}})$"
)
_SET_UP = re.compile("[的由]|成立|设立|组建|调整|健全|完善|领导小组|指挥部")
_BRACKETED = re.compile(
    "(?:中国|国家)（(?P<place>[\u4e00-\u9fff]{2,6})）[\u4e00-\u9fff]{3,14}?(?:中心|研究院|研究所|博物馆|实验室)"
)
_REACH = 36


class Units:
    """Finds units by their place or rank and their ending."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        ending = alternatives("unit_endings")
        verbs = "|".join((*entries("action_verbs"), alternatives("after_units")))
        after = f"(?![\u4e00-\u9fff])|[要应须与和及同等会将在负牵配协对按为具]|{verbs}"
        self._verb = re.compile(f"[的了]|{alternatives('swallowed_verbs')}")
        deeds = "|".join(sorted(word for word in words("swallowed_verbs") if len(word) > 1))
        self._deed = re.compile(f"[的了在]|{deeds}")
        self._ranked = re.compile(f"{_LEFT}{RANK}(?P<own>[\u4e00-\u9fff]{{2,10}}?)(?:{ending})(?={after})")
        self._one = re.compile(f"(?:{alternatives('place_units')})(?={after})")
        national = alternatives("national_unit_endings")
        self._national = re.compile(f"{_LEFT}国家(?P<own>[\u4e00-\u9fff]{{2,8}}?)(?:{national})(?={after}|面)")
        self._of_china = re.compile(
            f"{_LEFT}中国(?P<own>[\u4e00-\u9fff]{{2,12}}?)(?:{ending}|公司|集团|银行|大学)(?={after})"
        )
        self._own = re.compile(f"(?P<own>[\u4e00-\u9fff]{{2,12}}?)(?:{ending})(?={after})")
        self._abroad = re.compile(f"(?P<own>[\u4e00-\u9fff]{{2,10}}?)(?:大学|学院|学校|商会)(?={after})")
        self._office = re.compile(
            f"{_LEFT}[省市县区州旗](?:委|政府)[\u4e00-\u9fff]{{2,8}}?(?:办公室|[办局室])(?={after})"
        )
        self._bounded = re.compile(_LEFT)
        self._listed = re.compile(f"{_LISTED_LEFT}{RANK}[\u4e00-\u9fff]{{1,14}}?{_BODY}{_LISTED_RIGHT}")

    def ranges(self, text: str, registered: list[Range]) -> list[Range]:
        """Units in a text; `registered` are the places of the register in it."""
        found = [match.span() for match in self._ranked.finditer(text) if self._is_proper(match["own"])]
        heads = {start for start, _ in registered}
        for start, end in registered:
            if end in heads:  # the inner place heads the unit
                continue
            is_head = text[start:end].endswith(_FULL_PLACE) or self._bounded.match(text, start)
            match = self._own.match(text, end) if is_head else None
            if match is None and is_head and text[start:end] in lexicon().countries - {"中国"}:
                match = self._abroad.match(text, end)
            if match and self._is_proper(match["own"]):
                found.append((start, match.end()))
            elif one := self._one.match(text, end):
                found.append((start, one.end()))
        found += [match.span() for match in self._national.finditer(text) if self._is_national(match["own"])]
        found += [match.span() for match in self._of_china.finditer(text) if self._is_proper(match["own"])]
        found += [match.span() for match in _BRACKETED.finditer(text)]
        for pattern in (self._listed, self._office):
            found += [match.span() for match in pattern.finditer(text) if self._is_body(match[0])]
        return [*found, *_staffs(text)]

    def _is_body(self, name: str) -> bool:
        return self._shapes.is_organization(name) and not self._deed.search(name)

    def _is_national(self, own: str) -> bool:
        """Whether the word after 国家 is a field and not a class of which there are several (区域, 临床)."""
        return self._is_proper(own.replace("年", "")) and not _CLASS.match(own)  # 年 parts dates, and not 老年

    def _is_proper(self, own: str) -> bool:
        return not self._verb.search(own) and not _KIND.match(own)


def _staffs(text: str) -> Iterator[Range]:
    """Staffs with their task, from the rank at the head of their clause on (市推进“放管服”改革协调小组)."""
    for staff in _STAFF.finditer(text):
        floor = max(0, staff.start() - _REACH)
        before = _TASK.search(text[floor : staff.start()])
        if before and not _SET_UP.search(before["task"]) and before["task"].count("“") == before["task"].count("”"):
            yield floor + before.start("head"), staff.end()
