"""Units that a place or a rank heads and that end as only bodies do: 云州市青石岭林场, 县大数据中心."""

import re

from loaders.extract.lists import entries
from loaders.names.ranges import Range
from loaders.names.ranks import RANK
from loaders.names.shapes import alternatives

_LEFT = "(?:(?<![\u4e00-\u9fff])|(?<=[和与及由同经])|(?<=依托|委托|会同|联合|支持))"
_AFTER = "(?![\u4e00-\u9fff])|[要应须与和及同等会将在负牵配协对按为具]"
_FULL_PLACE = tuple("省市县区旗州")
_CLASS = re.compile("级|区域|临床|企业|地方|工程|产业|重大")
_KIND = re.compile("国有|国营|集体|各|全部|所有|重点|优质|示范|骨干|多|首|第|若干|[一二两三四五六七八九十]")


class Units:
    """Finds units by their place or rank and their ending."""

    def __init__(self) -> None:
        ending = alternatives("unit_endings")
        after = f"{_AFTER}|{'|'.join(entries('action_verbs'))}|承担|参与|可|力争"
        self._verb = re.compile(f"[的了]|{alternatives('swallowed_verbs')}")
        self._ranked = re.compile(f"{_LEFT}{RANK}(?P<own>[\u4e00-\u9fff]{{2,10}}?)(?:{ending})(?={after})")
        self._one = re.compile(f"(?:{alternatives('place_units')})(?={after})")
        national = alternatives("national_unit_endings")
        self._national = re.compile(f"{_LEFT}国家(?P<own>[\u4e00-\u9fff]{{2,8}}?)(?:{national})(?={after}|面)")
        self._own = re.compile(f"(?P<own>[\u4e00-\u9fff]{{2,8}}?)(?:{ending})(?={after})")

    def ranges(self, text: str, registered: list[Range]) -> list[Range]:
        """Units in a text; `registered` are the places of the register in it."""
        found = [match.span() for match in self._ranked.finditer(text) if self._is_proper(match["own"])]
        for start, end in registered:
            match = self._own.match(text, end) if text[start:end].endswith(_FULL_PLACE) else None
            if match and self._is_proper(match["own"]):
                found.append((start, match.end()))
            elif one := self._one.match(text, end):
                found.append((start, one.end()))
        found += [match.span() for match in self._national.finditer(text) if self._is_national(match["own"])]
        return found

    def _is_national(self, own: str) -> bool:
        """Whether the word after 国家 is a field and not a class of which there are several (区域, 临床)."""
        return self._is_proper(own.replace("年", "")) and not _CLASS.match(own)  # 年 parts dates, and not 老年

    def _is_proper(self, own: str) -> bool:
        return not self._verb.search(own) and not _KIND.match(own)
