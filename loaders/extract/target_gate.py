"""Whether a figure of running text is a target, a figure that was reached, or neither."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from loaders.extract import figure_words
from loaders.extract.openings import opening_words
from loaders.extract.records import OwnPolicy
from loaders.extract.statements import Statement
from loaders.text.model import Section, Structure

Sort = Literal["target", "reached"]
SectionSort = Literal["background", "goal", "task", "ahead"]

_PAYMENT_UNITS = ("元", "%", "‰", "倍", "成", "个月", "分")
_CONDITION = re.compile(r"^(?:对|凡|对于|具有|具备|符合|满足|如|若|经|对照|鼓励具有|支持具有)")
_COUNTED_BEFORE = re.compile(r"(?:等|这|那|上述|以下|下列|前述|该|其他|另外|每|共同的|同一|任一|不足|未满|年龄|满)\s*$")
_REACHED_VERB = re.compile(
    r"(?:已|现有|目前|共有|拥有|设有|荣获|获评|获批|获|入选|蝉联|累计达|曾|率先|顺利|圆满|成功|新增了|达到了|完成了|建成了|实现了|打造了|增至|创下)"
)
_CLASS_BY_SIZE = re.compile("及以[上下]$")
_JOINS = "和与及且并或的等"
_SYMBOL = re.compile(r"^[^一-龥]*[≤≥<>＜＞=]|[≤≥<>＜＞]=?\s?\d")
_DEFINITION = re.compile(r"[×÷]|^[^，]{2,16}?(?:是)?指(?![标数导引挥南定派出示明])")
_PART_OF = re.compile(r"(?:之一|之中|[^其]中|里)$")
_CHANGED = re.compile(r"(?:增长|下降|提高|减少|降低|提升|增加|压减|递增|[上下]浮|下调|上调)\s*$")
_TIME_SPENT = re.compile(r"(?:时间|时数|时长)$")
_SHORTENED = re.compile(r"压缩|缩短|缩减|精简|减少|压减|控制|提高|达到|延长|提速|降|不超过|不少于|不低于")
_CUT = re.compile(r"(?:压缩|压减|缩短|缩减|精简|减少|控制|限制|降低?)(?:到|至|在|为)\s*(?:[≤<]|不超过|平均)?$")
_ARRANGED = re.compile(
    r"(?:由|其中)?[^，、]{2,24}?(?:公司|集团|银行)(?:向|为|对)?[^，]{0,12}?(?:选派|派出|派遣|捐赠|捐助|赠送|提供|出资)"
)
"""What a named firm gives or sends is an arrangement with it, no target of the policy."""
_OFTEN = re.compile(r"每(?:半?年|学期|学年|季度?|个?月|周|天|日)|年均|月均|全年|年内")
_TIME_NOUN = re.compile(
    r"(?:时间|周期|年限|时长|期限|寿命|时限|工期|天数|环节|办结|跑动|耗时|优良|教育|重现期|课时|学时)"
)
_AHEAD_TITLE = re.compile(
    r"安排|打算|下一?步|下一?阶段|今后|未来|明年|来年|(?:预期|工作|奋斗|主要|总体)目标|目标任务|工作(?:思路|计划|重点)|(?:重点|主要)(?:工作|任务)|总体要求"
)
_BACK_TITLE = re.compile(r"完成|回顾|情况|成效|成绩|总结|落实|进展|执行")
_STRENGTHENS = re.compile("(?:夯实|筑牢|打牢|打好|巩固|厚植|强化|加强|增强|优化|改善|完善|提升).*基础")  # a task
_LONGEST_LEAD = 200
_NEXT = re.compile(r"下一年|下年度?|明年|来年|下一?步|(?:今后|未来)(?=[一二两三五十几\d，])|力争")
_LASTING = re.compile(r"(?:连续|近|过去|历时|为期|长达|每隔|第|满|期限|有效期|原则上|任期|聘期|在|于|后|起|之日)\s*$")


@dataclass(frozen=True, slots=True)
class Frame:
    """What the gate knows of the policy in whose text a figure stands: its kind and the years it is for."""

    is_report: bool = False
    is_law: bool = False
    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, own: OwnPolicy | None) -> "Frame":
        """The frame of a policy; an empty one for text outside all policies."""
        if own is None:
            return cls()
        issued = int(own.issued_on[:4]) if own.issued_on else None
        first = own.period_start or issued or (own.period_end - 4 if own.period_end else None)
        return cls(own.kind == "report", own.kind in ("law", "standard"), first, own.period_end)


def section_sort(structure: Structure, section: Section) -> SectionSort | None:
    """What the nearest telling heading says: `goal` a section of targets, `background` one of what is or was."""
    for above in structure.lineage(section):
        if above.title and (found := _sort_of_title(above.title)):
            return found
    return None


def looks_ahead(structure: Structure, section: Section) -> bool:
    """Whether a heading says that a part of a report is about what comes next: 下一步打算, 2022年工作安排."""
    titles = [above.title for above in structure.lineage(section)]
    return any(_AHEAD_TITLE.search(title) and not _BACK_TITLE.search(title) for title in titles)


@lru_cache(maxsize=4096)
def _sort_of_title(title: str) -> SectionSort | None:
    if figure_words.any_of("section.goal").search(title):
        return "goal"
    if figure_words.any_of("section.background").search(title) and not _STRENGTHENS.match(title):
        return "background"
    return "task" if figure_words.any_of("section.task").search(title) else None


def sort_of(text: str, statement: Statement, *, where: SectionSort | None, frame: Frame) -> Sort | None:
    """What a figure is. A figure that continues a list is what the figure before it is."""
    if _is_none(text, statement):
        return None
    reached = _is_reached(text, statement, where=where, frame=frame)
    if reached:
        return "reached" if _states(text, statement) or where == "background" or frame.is_report else None
    if frame.is_law and not _names_target_year(statement, frame):
        return None
    if where == "background" and not (_names_target_year(statement, frame) or frame.is_report):
        return None
    return "target" if _is_target(text, statement, where=where, frame=frame) else None


def _is_none(text: str, statement: Statement) -> bool:
    quantity = statement.quantity
    lead = statement.lead(text)
    after = text[quantity.span.end : min(statement.clause.span.end, quantity.span.end + 120)]
    clause = statement.around(text)
    counted = _COUNTED_BEFORE.search(lead)
    if (counted and (after.strip() or not counted[0].startswith("等"))) or (
        statement.clause.holder is not None and _SYMBOL.search(clause)
    ):
        return True
    if _DEFINITION.search(clause) or _PART_OF.search(text[quantity.span.end : statement.item.span.end]):
        return True
    if _is_payment(statement, clause) or _is_condition(statement, lead, after) or _is_class_by_size(text, statement):
        return True
    if quantity.has_duration and not _is_time_target(text, statement):
        return True
    if quantity.is_worded and not _is_worded_count(statement, after):
        return True
    return not quantity.unit and not (quantity.is_bounded or figure_words.reach().search(lead))


def _is_payment(statement: Statement, clause: str) -> bool:
    unit = statement.quantity.unit
    if not unit.endswith(_PAYMENT_UNITS) and "元" not in unit and unit not in ("万", "亿"):
        return False
    return figure_words.any_of("rule").search(clause) is not None


def _is_class_by_size(text: str, statement: Statement) -> bool:
    """Whether the figure tells which things are meant, not how many: 160千瓦及以下小微企业."""
    end = statement.quantity.span.end
    is_open = _CLASS_BY_SIZE.search(text, statement.quantity.number.end, end) is not None
    return is_open and text[end : end + 1].isalpha() and text[end] not in _JOINS


def _is_condition(statement: Statement, lead: str, after: str) -> bool:
    if after.strip() in ("的",) and not figure_words.ends_in_chain().search(lead):
        return "%" not in statement.quantity.unit and statement.clause.mark != "："
    if _CONDITION.match(lead.strip()) and after.startswith("的"):
        return True
    has_verb = figure_words.ends_in_chain().search(lead) is not None or re.search(r"[要应须能]", lead) is not None
    is_attribute = after.startswith("的") and statement.quantity.unit not in ("%", "‰", "年一遇")
    return is_attribute and not has_verb


def _is_time_target(text: str, statement: Statement) -> bool:
    """Whether a length of time is to be reached; a bounded one goes on from the one before it in the sentence."""
    if _is_time_to_reach(text, statement):
        return True
    before = statement.follows
    is_alike = before is not None and before.quantity.unit == statement.quantity.unit
    return before is not None and is_alike and statement.quantity.is_bounded and _is_time_to_reach(text, before)


def _is_time_to_reach(text: str, statement: Statement) -> bool:
    lead = statement.lead(text)
    if _LASTING.search(lead):
        return False
    if _CUT.search(lead + text[statement.quantity.span.start : statement.quantity.number.start]):
        return True
    if _TIME_SPENT.search(statement.phrase.indicator) and "时" in statement.quantity.unit:
        return True
    return bool(
        _TIME_NOUN.search(statement.phrase.indicator) and (statement.quantity.is_bounded or _SHORTENED.search(lead))
    )


def _is_worded_count(statement: Statement, after: str) -> bool:
    noun = statement.phrase.noun or statement.phrase.indicator
    things = figure_words.words("thing")
    return statement.phrase.form == "verb" and bool(after.strip()) and re.search(rf"(?:{things})$", noun) is not None


def _is_reached(text: str, statement: Statement, *, where: SectionSort | None, frame: Frame) -> bool:
    year = statement.year
    if year is not None and frame.first is not None and year.year < frame.first:
        return True
    if year is not None and year.kind == "until":
        return True
    if _names_target_year(statement, frame):
        return False
    if where == "background" or (frame.is_report and where not in ("goal", "ahead")):
        return not (frame.is_report and _is_next(text, statement))
    lead = statement.lead(text)
    return re.search(r"(?:^|[^自])已|现有|目前|截至|截止|共有|曾|荣获|蝉联|位居", lead) is not None


def _is_next(text: str, statement: Statement) -> bool:
    """Whether the sentence of a report speaks of what comes next: 下一年计划新增3个."""
    at = statement.quantity.span.start
    before = text[max(statement.sentence.start, at - _LONGEST_LEAD) : at]
    return _NEXT.search(before) is not None or (_plans().search(before) is not None and "实际" not in before)


@cache
def _plans() -> re.Pattern[str]:
    return re.compile(rf"(?:计划(?!招生)|拟|将)(?:{figure_words.verb_chain()})")


def _names_target_year(statement: Statement, frame: Frame) -> bool:
    year = statement.year
    if year is None or year.kind == "until":
        return False
    if frame.is_report:
        return year.kind == "by" and (frame.last is None or year.year > frame.last)
    return year.kind == "by" or (frame.first is not None and year.year >= frame.first)


def _states(text: str, statement: Statement) -> bool:
    return _REACHED_VERB.search(statement.around(text)) is not None


def _is_target(text: str, statement: Statement, *, where: SectionSort | None, frame: Frame) -> bool:
    lead = text[statement.item.span.start : statement.quantity.span.start]
    if _ARRANGED.match(statement.lead(text).strip()) and not statement.quantity.is_bounded and not _OFTEN.search(lead):
        return False
    if where == "goal" or statement.phrase.form in ("verb", "share of"):
        return True
    if statement.quantity.is_bounded or figure_words.reach().search(lead) or _OFTEN.search(lead):
        return True
    if figure_words.starts_with_chain().search(opening_words(lead)):
        return True
    is_rate = re.search(r"(?:率|比例|占比|比重)$", statement.phrase.indicator) is not None
    if _CHANGED.search(lead) or (statement.quantity.unit == "%" and is_rate):
        return True
    after = text[statement.quantity.span.end : statement.item.span.end].strip()
    if where == "task" and not after:
        return True
    return _names_target_year(statement, frame) or statement.follows is not None or statement.leans_on is not None
