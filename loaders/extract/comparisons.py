"""Whose figure it is where a sentence compares bodies: 就业率，全省高职院校为96%，我校为98%."""

import re
from dataclasses import replace

from loaders.extract.antecedents import Antecedent
from loaders.extract.phrases import Phrase
from loaders.text.model import Span

_SPEAKING = re.compile("[我本][校院市县区省]|学校|学院|全校")
_WHOLE = re.compile("全[市县区省]")
_OTHERS = re.compile(
    "(?:全国|全省|全市|全区|[一-鿿]{2,4}[省市县区])?(?:同类|同层次|同类型|其他|普通|示范|公办|民办)?"
    "(?:高校|本科|高职|中职|(?:高职|中职|职业|本科|高等)?(?:院校|学校)|地区|城市|行业)?(?:总体|平均)?(?:水平|均值|平均值?)?"
)
_MEASURED = re.compile("(?:率|比例|占比|比重|度|评价|收入|月薪|薪酬|薪资|指数|得分|评分|产值|强度|能耗|支出|投入)$")
_WHOSE = re.compile("^[一-鿿]{2,4}[省市](?:高校|高职院校|高职|院校|学校)的?")
_BEHIND_COLON = re.compile("[：:](?=[^：:]*$)")
_SHORTEST = 3


def topic_of(text: str, clause: Span) -> Antecedent | None:
    """What a clause without figure names to be compared, if it ends with a word for something measured."""
    found = _BEHIND_COLON.search(text, clause.start, clause.end)
    span = Span(found.end() if found else clause.start, clause.end)
    words = "".join(span.of(text).split())
    if len(words) < _SHORTEST or _MEASURED.search(words) is None:
        return None
    return Antecedent(_WHOSE.sub("", words), span)


def of_topic(phrase: Phrase, topic: Antecedent | None, sentence: str) -> Phrase | None:
    """The phrase of a figure that has only its bearer (我校为98%), with the topic as what is measured."""
    if topic is None or not _is_own(phrase.indicator, sentence):
        return None
    return replace(phrase, indicator=topic.noun, noun=topic.noun)


def is_of_others(phrase: Phrase, topic: Antecedent | None, sentence: str) -> bool:
    """Whether a figure is that of other bodies, with which the document's own is compared."""
    said = phrase.indicator
    return topic is not None and bool(said) and not _is_own(said, sentence) and _OTHERS.fullmatch(said) is not None


def _is_own(bearer: str, sentence: str) -> bool:
    """Whether the document's own body is meant; 全省 is, unless 我校 or 我市 stands beside it."""
    if _SPEAKING.fullmatch(bearer):
        return True
    return _WHOLE.fullmatch(bearer) is not None and _SPEAKING.search(sentence) is None
