"""What a figure leans on: 组建职教集团，成员单位达到80家 counts the members of the group named before."""

import re
from dataclasses import dataclass, replace

from loaders.extract import figure_words
from loaders.extract.openings import strip_heads
from loaders.extract.phrases import Phrase
from loaders.text.model import Span


@dataclass(frozen=True, slots=True)
class Antecedent:
    """The thing that an earlier clause of the sentence is about, and that clause."""

    noun: str
    span: Span


_SHORTEST, _LONGEST = 2, 26
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_FOUNDED = re.compile(
    r"(?P<noun>[^，的与和、]{3,24}(?:集团|联盟|共同体|学院|研究院|中心|基地|平台|园区?|班|工程|项目))"
    r"(?:于|在|已|正式|全面|顺利|完成|建成|揭牌|成立|挂牌|投用|开工)"
)
_IS = re.compile(r"(?:主要|大多|多数|均)(?:为|是)(?P<noun>[^，的、]{2,12})$")
_TIME = re.compile(
    r"(?P<kept>全年|每年度?|年均|累计|总共|合计|每月|每学期|每季度)?(?:[一二两三四五六七八九十\d]+年|年内|首批|共|平均)?"
)
_CHANGE = re.compile(r"(?:同比|环比|总体|平均)?(?P<change>(?:年均)?(?:增长|增加|提高|下降|减少|提升|降低|扩大|上升))")
_MEASURE = re.compile(r"(?:面积|率|比例|占比|比重|[数额量值]|规模|收入|时间|人次|投资|经费|价值|金额)$")
_SHARE = re.compile(r"所?占比[例重]?|所?占?比[例重]")
_AREA = re.compile(r"面积|占地|用地")
_PLACE = re.compile(r"(?:中心|基地|平台|[园区院校馆楼厂站场村库港路房所室]|项目|工程|线)$")
_COURSE = re.compile(r"(?:班|会|论坛|项目|课程|讲座|行动|活动)$")
_PROGRAMME = re.compile(r"(?:计划|工程|行动|项目|制度|活动)$")


def antecedent_in(text: str, clause: Span) -> Antecedent | None:
    """The object of the last verb of a clause without figure, or what it says was founded or that most are."""
    words = strip_heads(clause.of(text))
    named = _IS.search(words)
    noun = named["noun"] if named else _object(words)
    if noun is None:
        founded = _FOUNDED.search(words)
        noun = founded["noun"] if founded else ""
    return Antecedent(noun, clause) if _SHORTEST <= len(noun) <= _LONGEST else None


def says_what_most_are(clause: str) -> bool:
    """Whether a clause begins anew with what most of something are: 教师的学位主要为硕士学位."""
    return _IS.search(clause) is not None


def antecedent_of(phrase: Phrase, span: Span) -> Antecedent | None:
    """What a figure counts, for those after it: 企业委托项目 of 承担企业委托项目."""
    noun = _object(phrase.noun) or phrase.noun
    return Antecedent(noun, span) if noun else None


def _object(words: str) -> str | None:
    """What stands behind the last verb of some words; None if no verb stands there."""
    hidden = _QUOTED.sub(lambda match: "“" * len(match[0]), words)
    for verb in reversed(list(figure_words.starts_with_chain().finditer(hidden))):
        noun = words[verb.end() :].strip("了的 　")
        is_noun = verb.start() > 0 and figure_words.any_of("nounlike").fullmatch(verb[0]) is not None
        if len(noun) >= _SHORTEST and not is_noun:
            founded = _FOUNDED.match(noun)
            return founded["noun"] if founded else noun
    return None


def completed(phrase: Phrase, before: Antecedent | None) -> Phrase | None:
    """The phrase with what it leans on; None where it stands alone or nothing was named before."""
    said = phrase.indicator
    if before is None or before.noun in said:
        return None
    noun = before.noun
    if re.fullmatch(figure_words.words("relational"), said):
        if _MEASURE.search(noun) or (_AREA.search(said) and not _PLACE.search(noun)):
            return None
        return replace(phrase, indicator=noun + said, noun=noun)
    if _SHARE.fullmatch(said):
        return replace(phrase, indicator=noun + said.removeprefix("所"), noun=noun)
    if change := _CHANGE.fullmatch(said):
        return replace(phrase, indicator=noun + change["change"], noun=noun)
    if time := _TIME.fullmatch(said):
        return replace(phrase, indicator=(time["kept"] or "") + noun, noun=noun)
    act = figure_words.starts_with_chain().fullmatch(said)
    return replace(phrase, indicator=_with_act(said, noun), noun=noun) if act else None


def _with_act(act: str, noun: str) -> str:
    """累计上线 + 集成服务 -> 累计上线集成服务, but 培养 + 技术人员定向培养计划 -> 技术人员定向培养."""
    core = re.sub(rf"^(?:{figure_words.words('manner')})+", "", act) or act
    if core not in noun:
        return noun + core if _COURSE.search(noun) and core in ("培训", "培养", "招收", "招生") else act + noun
    return act[: len(act) - len(core)] + _PROGRAMME.sub("", noun)
