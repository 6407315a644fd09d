"""Lists of figures in one clause: the words that their phrases share."""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.extract import figure_words
from loaders.extract.clauses import Item
from loaders.extract.openings import strip_heads
from loaders.extract.phrases import Phrase, act_of, subject_of

_MEASURED = re.compile(r"(?:率|比例|占比|比重|额|面积|浓度|收入|数|时间|时长|单产|亩产|产值|能耗|强度)$")
_MEASURE = re.compile(
    r"(?:[一-龥]{0,2}(?:率|比例|占比|比重|量|额|数|值|面积|浓度|规模|收入|人数|时间|时长|成本|费用)|单产|亩产|产值|能耗|强度)$"
)
_EACH = re.compile(r"分别(.*)$")
_MODIFIER = 3  # characters; what is shorter modifies a noun that follows later: 城镇、农村居民…


def share_ends(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases of one clause with the end of the last one given to those before it, where it belongs to all."""
    if len(phrases) < 2 or not (phrases[-1].shared or phrases[-1].states):
        return list(phrases)
    end, states = phrases[-1].shared, phrases[-1].states
    return [
        replace(phrase, indicator=f"{states}的{phrase.indicator}" if states else phrase.indicator + end)
        if phrase.form == "verb" and not phrase.indicator.endswith(end or "\n") and not phrase.states
        else phrase
        for phrase in phrases
    ]


def listed_act(clause: str) -> Phrase | None:
    """The verb of a clause without a figure that a list goes on from: 共建一批A，1-2个B."""
    found = re.match(r"(?P<pre>.{2,20}?)(?:一批|若干个?|一系列|多个)(?P<noun>.+)$", strip_heads(clause))
    chain = figure_words.ends_in_chain().search(found["pre"]) if found else None
    if found is None or chain is None:
        return None
    return Phrase(found["noun"], "verb", act=subject_of(found["pre"], chain) + act_of(chain), noun=found["noun"])


def spread(phrases: Sequence[Phrase], items: Sequence[Item], lead: str) -> list[Phrase]:
    """The phrases of a clause that gives several subjects one figure each: A、B覆盖率分别达到50%、60%以上.

    What stands after the last figure (以上, 以内) holds for all of them.
    """
    if len(phrases) < 2 or "分别" not in lead or phrases[0].form == "verb":
        return list(phrases)
    parts = re.split(r"、|和|及|与", phrases[0].indicator)
    if len(parts) != len(phrases) or min(map(len, parts)) < 2:
        return list(phrases)
    parts[-1], change = _EACH.sub("", parts[-1]), "".join(_EACH.findall(parts[-1]))
    whole = [part if _MEASURED.search(part) else part + _shared_tail(parts[-1], part) for part in parts[:-1]]
    last = items[-1].quantity
    shared = last.comparator if last.span.end > last.number.end else None
    return [
        replace(phrase, indicator=part + change, noun=part, comparator=shared or phrase.comparator)
        for phrase, part in zip(phrases, [*whole, parts[-1]], strict=True)
    ]


def _shared_tail(last: str, part: str) -> str:
    """What the last of several subjects says for an earlier one too: all after a modifier of equal length.

    进口、出口整体通关时间 -> 整体通关时间; a longer part shares the measure alone (…专业、…课程覆盖率 -> 覆盖率).
    """
    measure = _MEASURE.search(last)
    if measure is None:
        is_act = figure_words.starts_with_chain().fullmatch(part) and figure_words.starts_with_chain().match(last)
        return last[len(part) :] if is_act else ""
    return last[len(part) :] if len(part) <= _MODIFIER and measure.start() >= len(part) else measure[0]


def raised_to(phrase: Phrase, verb: str, following: str) -> str | None:
    """What the counted are raised to, where the next clause says so: 支持2所…的院校，打造示范院校 -> 示范院校."""
    if (
        phrase.form != "verb"
        or "的" not in phrase.noun
        or not re.search(r"(?:支持|扶持|扶强|引导|推动|选择|遴选)$", verb)
    ):
        return None
    found = re.match(
        r"(?:打造|建成|建设成为?|成为|创建|发展成为?|形成|培育成为?)(?P<noun>[^，；。\d]{4,40})$", following.strip()
    )
    return found["noun"] if found else None
