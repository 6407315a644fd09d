"""Proper titles without 《》: words after a cue that end like a normative text and name one (出台…管理办法)."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from loaders.extract.titles import genre, plain
from loaders.text.model import Span

_MANDATE = "研究制定|制定出台|研究出台|出台|制定|制订|编制|修订|印发|颁布"
_BASE = "贯彻落实|贯彻|落实|依据|根据|依照|按照"
_NAMED = r"(?P<title>[一-鿿A-Za-z0-9“”\"·（）()]{4,34}?"
_STOP = r"(?=[，。；、：！\n]|的(?:要求|规定|通知|精神)|等|$|（试行）)"
_MANDATED = re.compile(
    rf"(?P<cue>{_MANDATE}){_NAMED}(?:管理办法|实施办法|办法|实施细则|细则|条例|实施意见|指导意见|行动计划|行动方案|实施方案|工作方案|发展规划|建设规划|总体规划|规划纲要|管理规定|章程)){_STOP}"
)
_BASED = re.compile(
    rf"(?P<cue>{_BASE})(?P<title>(?:国家|全国|中央|中华人民共和国|(?-i:[一-鿿]{{2,3}}[省市]))[一-鿿“”0-9]{{4,30}}?(?:法|条例|规划|纲要|行动计划|实施方案|改革方案|意见)){_STOP}"
)
_LAW = re.compile(
    r"(?P<cue>贯彻落实|贯彻实施|贯彻|落实|依据|根据|依照)(?:新修订的?|新)?(?P<title>[一-鿿]{2,16}(?:法|条例))(?=[，。；、等]|的?(?:有关|相关)?(?:规定|要求)|$)"
)
_ABOUT = re.compile(
    rf"(?P<cue>{_BASE}|参照)(?P<title>[一-鿿]{{2,20}}关于[一-鿿“”0-9]{{4,40}}?的(?:实施|指导|若干)?"
    r"(?:意见|通知|决定|规定|办法|批复|公告|措施))(?=[，。；、：（\n]|的?(?:有关|相关|文件)?(?:要求|精神|规定|部署)|等|$)"
)
_COMMON = re.compile(
    r"^[了并和及与或的为在将其各本该这一两三几]|^(?:完成|相应|具体|相关|有关|科学|详细|切实|合理|统一|专门|若干|配套|上述|学校|我[省市县区校]|全[省市县区校]|年度|个性化|符合|适合|工作)"
    r"|(?:人才培养|解决|培养|专项|上述|一体化)方案$|的[一-鿿]{0,12}$|一[校县城企事人园行][一-鿿]|和落实|如下|[日月年天]内"
)
_BODY_OF_TITLE = re.compile(r"关于.*的[一-鿿]{2,4}$")  # 江北省人民政府 + 关于…的意见
_FEWEST = 8


class BareTitle(NamedTuple):
    """A title without marks, with the cue before it."""

    title: str
    span: Span
    cue: Span
    relation: Literal["mandates", "based_on"]


def bare_titles(text: str) -> Iterator[BareTitle]:
    """Titles that a cue introduces, those of common words (具体实施方案, 人才培养方案) left out."""
    for pattern in (_MANDATED, _BASED, _LAW, _ABOUT):
        for found in pattern.finditer(text):
            written = found["title"]
            if _is_proper(written, pattern is _LAW):
                relation: Literal["mandates", "based_on"] = "mandates" if pattern is _MANDATED else "based_on"
                yield BareTitle(plain(written), Span(*found.span("title")), Span(*found.span("cue")), relation)


def _is_proper(written: str, is_law: bool) -> bool:
    if genre(written) is None or _COMMON.search(_BODY_OF_TITLE.sub("", written)):
        return False
    balanced = written.count("“") == written.count("”") and written.count("（") == written.count("）")
    return balanced and not written.startswith("“") and (is_law or len(written) >= _FEWEST)
