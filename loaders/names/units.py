"""Units that a place or a rank heads and that end as only bodies do: 云州市青石岭林场, 县大数据中心."""

import re

from loaders.extract.lists import entries
from loaders.names.ranges import Range
from loaders.names.ranks import RANK
from loaders.names.shapes import alternatives

_LEFT = "(?:(?<![\u4e00-\u9fff])|(?<=[和与及由同经])|(?<=依托|委托|会同|联合|支持))"
_AFTER = "(?![\u4e00-\u9fff])|[要应须与和及同等会将在负牵配协对按为具]"
_FULL_PLACE = tuple("省市县区旗州")
_KIND = re.compile("国有|国营|集体|各|全部|所有|重点|优质|示范|骨干|多|首|第|若干|[一二两三四五六七八九十]")


class Units:
    """Finds units by their place or rank and their ending."""

    def __init__(self) -> None:
        ending = alternatives("unit_endings")
        after = f"{_AFTER}|{'|'.join(entries('action_verbs'))}|承担|参与|可|力争"
        self._verb = re.compile(f"[的了]|{alternatives('swallowed_verbs')}")
        self._ranked = re.compile(f"{_LEFT}{RANK}(?P<own>[\u4e00-\u9fff]{{2,10}}?)(?:{ending})(?={after})")
        self._own = re.compile(f"(?P<own>[\u4e00-\u9fff]{{2,8}}?)(?:{ending})(?={after})")

    def ranges(self, text: str, registered: list[Range]) -> list[Range]:
        """Units in a text; `registered` are the places of the register in it."""
        found = [match.span() for match in self._ranked.finditer(text) if self._is_proper(match["own"])]
        for start, end in registered:
            match = self._own.match(text, end) if text[start:end].endswith(_FULL_PLACE) else None
            if match and self._is_proper(match["own"]):
                found.append((start, match.end()))
        return found

    def _is_proper(self, own: str) -> bool:
        return not self._verb.search(own) and not _KIND.match(own)
