"""What stands around a string and shows that it is no name, or only a part of one."""

import re

from loaders.names.ranges import Range

_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,2}\s*[〔\[［【（(]\s*(?:19|20)\d\d\s*[〕\]］】）)]")  # 云政办〔2022〕18号
_DISTRIBUTED = re.compile("(?:各|每个|设区|所有|其他)(?:有关|相关)?$")
_OF_EACH = re.compile("(?:各|每个)[省市县区州旗]$")
_RANKS = tuple("省市县区州旗")
_WORDS_WITH = {
    "办": "学理法公事好成案结税证得园班展",
    "会": "议计员谈展诊",
    "团": "队员结购",
    "社": "会区保",
    "报": "表告名考",
    "部": "门分署队",
    "学": "生",
}
_HEADED = re.compile("[\u4e00-\u9fff]*[省市县区州旗国]|中央|全国")
_ADDRESSEES = re.compile("^[ \u3000]*各[^\n。]{2,400}[：:]$", re.M)
_LONGEST_BEFORE = 5
_COUNT = re.compile(r"(?<=[馆室站坊厅园]) ?\d+ ?[间个座处]")  # 虚拟展馆3间 are a kind
_HAN = re.compile("[\u4e00-\u9fff]")
_TITLE = re.compile("立项|项目立项|称号|荣誉")  # won, and no body
_TRADES = ("科技", "重工", "汽车", "电子", "电气", "智能", "软件", "网络", "信息", "传媒", "药业", "控股", "股份")
_AFTER_COMPANY = "等和与及或的在要将应须可会为对向按已有公集股班、共合联携签投提"
_PARK = re.compile(
    "(?:^|[^\u4e00-\u9fff]|[由与和及在对向经])(?P<name>(?![由与和及在对向经])[\u4e00-\u9fff]{2,7}?(?:国家公园|(?:国家级|省级)?自然保护区|风景名胜区))$"
)
_LONGEST_PARK = 16
_UNIT = re.compile("(?:局|处|署|站|中心|管委会|管理委员会|办公室)$")


def is_no_name(text: str, span: Range) -> bool:
    """Whether what the network found is a document's number, a kind (各设区市林业局), a slogan or half a word."""
    start, end = span
    if _NUMBER.match(text, end):
        return True
    if text[start] in _RANKS and _DISTRIBUTED.search(text, max(0, start - _LONGEST_BEFORE), start):
        return True
    if text.endswith("委员会", start, end) and _OF_EACH.search(text, max(0, start - _LONGEST_BEFORE), start):
        return True
    if _COUNT.match(text, end) or _TITLE.match(text, end):
        return True
    last, following = text[end - 1], text[end : end + 1]
    if text.endswith(_TRADES, start, end) and _HAN.match(following) and following not in _AFTER_COMPANY:
        return True
    if following and following in _WORDS_WITH.get(last, ""):
        return True
    return last == "办" and following == "”" and _HEADED.match(text, start, end) is None


def addressees(text: str) -> list[Range]:
    """The lines that say to whom a notice goes (各省教育厅、财政厅：), where a bare department is a kind."""
    return [match.span() for match in _ADDRESSEES.finditer(text)]


def with_place_before(text: str, span: Range, places: dict[int, int]) -> Range:
    """An office with the place right before it (武夷山国家公园 + 江西管理局); `places` are ends -> starts."""
    start, end = span
    if not _UNIT.search(text, start, end):
        return span
    park = _PARK.search(text, max(0, start - _LONGEST_PARK), start)
    return (park.start("name") if park else places.get(start, start), end)
