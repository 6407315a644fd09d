"""Openings of clauses: what stands before the telling words and is no part of an indicator."""

import re
from functools import cache

from loaders.extract import figure_words

EDGE = "，,、；;：:，。= 　"
"""Marks and spaces that belong to no indicator."""

_HEADS = re.compile(
    r"^(?:(?:其中|力争|确保|努力|预计|届时|同时|并且|并|且|而|实现|使|推动|另外|此外|原则上|总体上|保证|以及|争取|基本实现|和|及|与|或)[，、：:]?(?=.{2})"
    r"|(?:到|至|截至|力争到?|截止到?|在|比|较|与|仅)?\s?(?:20|19)\d\d(?!\s*[届级])\s*(?:[-—–~～至]\s*(?:20)?\d\d\s*)?(?:学年|年度|年)?(?:以前|之前|底前|底|末|初|前|以来|期间)?"
    r"(?:相比|就)?[，,、：:]?|(?:到|在)?“?十[一二三四五六七八九]五”?(?:时期|期间|期末|末|期)?[，,：:]?"
    r"|(?:现有|目前|现已|共有|已经?|将|把|使|截至目前)(?=.{2})|(?:今后|未来)?[一二三四五六七八九十\d]+年(?:内|左右|来|间|(?=累计|共))[，,]?|用[一二三四五六七八九十\d]+年(?:时间)?)\s*"
)
_OWN = re.compile(
    r"^(?:(?:全|我|本)(?:市|省|县|区|州|校|院|盟|旗|镇|乡|域)|学校|学院|各地|各级|全社会)(?:范围内?|内|上下)?(?:有|的)?(?=.{2})"
)
_ENUMERATOR = re.compile(
    r"^\s*(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[（(]\d{1,2}[）)]|[—–•●▪◆■□★·]+|[一二三四五六七八九十]是|[①-⑳])\s*"
)
_DURATION = re.compile(r"^(?:[一二两三四五六七八九十]|\d{1,2})年(?:来|间)?共?")


@cache
def _with_others() -> re.Pattern[str]:
    """With whom or out of what something is done: 与A、B联合, 市教育局会同B, 从县直单位."""
    verb = rf"(?:{figure_words.words('manner')})*(?:{figure_words.words('jointly')})"
    return re.compile(
        r"^(?:[^，、的]{2,14}?(?:局|厅|委|办|办公室|部门|政府|妇联|工商联|总工会)|[我本全][校院市县区省]|学校|学院)?"
        rf"(?:与|同|和|从|联合|携手|会同)(?!{verb})[^，]{{1,40}}?[^，的、](?={verb})"
    )


def opening_words(text: str) -> str:
    """A clause from its first telling word on: without heads and without the territory as a whole."""
    return own_left_out(strip_heads(text))


def strip_heads(text: str) -> str:
    """Without what opens a clause and is no part of its indicator: years, connectives, numbers of items."""
    while True:
        shorter = _with_others().sub("", text.strip())
        shorter = _ENUMERATOR.sub("", _HEADS.sub("", shorter, count=1)).strip(EDGE)
        lasting = _DURATION.match(shorter)
        if lasting and figure_words.starts_with_chain().match(shorter, lasting.end()):
            shorter = shorter[lasting.end() :]
        if shorter == text:
            return text
        text = shorter


def own_left_out(text: str) -> str:
    """Without the territory or the school as a whole at the start: 全市, 学校."""
    return _OWN.sub("", text)
