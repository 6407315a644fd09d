"""The indicator of a figure: the noun phrase that a researcher would put at the head of its column."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from loaders.extract import figure_words
from loaders.extract.clauses import Item
from loaders.extract.openings import EDGE, own_left_out, strip_heads
from loaders.extract.quantities import Comparator, comparator_in
from loaders.text.model import Span

Form = Literal["verb", "subject", "share of", "bare"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """What an item counts.

    `form`: `verb` where a verb stands right before the figure (培育10个…), `subject` where the figure follows its
    indicator (…达到60%), `share of` where it follows the whole (总课时的50%), `bare` without any such sign.
    `act` is the verb that later items of a list share, `noun` the indicator without it. `comparator` is one that stands
    with the whole and not with the figure (不少于总课时的50%). `shared` is the end of a list that belongs to all of its
    items (…、90万名社会人员培养任务), `states` what all of them are to be (5所…和5个…上云).
    """

    indicator: str
    form: Form
    act: str = ""
    noun: str = ""
    comparator: Comparator | None = None
    shared: str = ""
    states: str = ""


_PREPOSED = re.compile(
    r"^(?:依托|通过|围绕|按照?|根据|面向|针对|结合|以|对照|聚焦|利用|借助|由|从|为了?|在|与|同|向|对|联合|会同|鼓励|引导|支持|组织|每个?(?:校|乡镇))"
)
_FROM = re.compile(r"(?:从|由)(?:现有|原来|目前)?(?:(?:20|19)\d\d年?(?:底|末)?)?的?$")
_COMPARED = re.compile(
    r"(?:比|较|相比|与|同)(?:20|19)\d\d年(?:底|末)?(?:相比|水平)?|同比|比上年|较上年|以(?:20|19)\d\d年为基[期数准年]?"
)
_TAIL = re.compile(
    r"^(?P<who>.{2,24}?)(?P<what>(?:成为|入选|上云|上市|创成|获评|通过|进入|纳入|参与|参加|开展|接入|办学|建有|建成|达到|列入|晋升|升级|达标|投产|开工|投用|挂牌|实现|完成|具备|实行|推行|使用|应用|赴|具有|拥有|在)(?:.*))$"
)
_STATE = re.compile(
    r"^(?P<who>.{2,14}?(?:学校|院校|学院|企业|县|乡镇|村|社区|医院|机构|园区|街道|景区))(?P<what>.{2,16}(?:全部|全面|均|都|基本|达标|升级).{0,14})$"
)
_WHOLE = re.compile(
    r"^(?P<part>.+?)(?:约|要|应|须)?(?:占到?|不?(?:得)?(?:少于|低于|超过|高于)|超|达到?|为)(?P<whole>[^占]{2,24}?)的?$"
)
_MULTIPLE = re.compile(r"^(?P<part>.+?)(?:达到?|是|为|不低于|不少于|提高到|提升到|超过?)(?P<whole>.{2,24}?)的$")
_YEAR_INSIDE = re.compile(
    r"(?<=.)(?:(?<![加高升长少低减大展])[到至]|于|在|截至)?(?<![\d—–-])(?:20|19)\d\d年(?![度级届来以])(?:\d{1,2}月)?(?:底|末|初|上半年)?(?:以?前)?的?"
)
_JOINTLY = re.compile(r"(?<=每年)(?:与|同|会同|联合)[^，、的]{2,24}?(?:联合|共同|合作)(?=.{3})")
_AT_LEAST = re.compile(r"(?:至少|最少)(?!有$)")
_TAKES = re.compile(r"^(?P<part>.{2,24}?)(?:约|要|应|仅)?占(?:到|全部的?)?(?:约|仅)?$")
_HOW = re.compile(r"(?:按照?|通过|纳入|参与|接入|使用|配备|达到|实行|具备|进入|采用|完成|实现)(?=..)")
_BODY = re.compile(r"(?:学校|院校|学院|企业|机构|园区|街道|景区|中心|县|区|乡镇|村|社区|医院|单位|部门|场|站|所)$")
_BARE_PART = re.compile(r"^(?P<part>(?:用于|具有|拥有|从事|来自|面向|达到)[^，的]{2,20}的)$")
_TOTAL = re.compile(r"占(?P<whole>[^占]+?)(?:的)?比例$")
_SPENT = re.compile(r"^用于(?P<what>.{2,24})$")
_DANGLING = EDGE + "的了共为是达有约和及与或并至到仅"
_STANDARD = re.compile(r"^的?(?:平均)?(?:标准|水平|要求|目标|规模|比例)?(?:以上|以下)?(?:（.*）|\(.*\))?$")
_AVERAGE = re.compile(
    r"(?:达到|达|不低于|高于|超过|按)(?:全省|全国|全市|当地|国家|同类\w{2,6})*平均(?:水平|标准)?(?:的)?$"
)
_ALLOTTED = re.compile(
    r"^(?P<who>.+?)按照?.{0,24}?(?:标准|水平|比例)?(?:核拨|拨付|安排|落实|配备|配置|划拨|发放)(?P<what>.{2,20})$"
)
_WORK = re.compile(
    r"^(?P<who>.{2,10}?(?:学校|院校|学院|企业|县|乡镇|村|社区|医院|机构|园区|街道|景区))(?P<what>.{3,16}(?:建设|创建|改造|升级))$"
)
_REST = re.compile(r"(?:和|及|以及|、|与)(?:一批|若干|一系列|多个|多项).*$")
_SHARED = re.compile(r"(?:培养|培训|建设|改造|整治|治理|招生|招聘|安置)?(?:任务|工作)$")
_MODAL = re.compile(r"(?:要|应当|应该|应(?![对急用变力收届])|必须|须|需要|需(?!求)|将(?!军))(?=.{2})")
_EVERYWHERE = re.compile(
    r"(?:各地?|[全我本各](?:市|省|县|区|州|国|校|院|厂|司)|学校|学院|力争|等|政府|市级|省级|已|仅|就|其中)?"
)
_PER = re.compile(r"(?:年均|每\d*年|人均|月均|日均)$")
_PERSON_UNITS = {"人次": "人次", "人": "人数", "名": "人数", "次": "次数", "场": "场数", "场次": "场次", "人日": "人日"}
_MEANS = re.compile(
    r"^(?:通过|依托|以|围绕|按照?|根据|结合|采取)[^，]{2,14}?(?=(?P<verb>引进|培养|培训|新增|建成|建设|打造|培育|开展|完成|实现|引育|招引|吸引))"
)
_THERE_ARE = re.compile(r"^(?:其中|却|约|仅|只|已|现|目前)*有$")


def phrase_of(text: str, item: Item, last: Phrase | None = None) -> Phrase:
    """What an item of a clause counts; `last` is the phrase of the item before, which it may lean on."""
    quantity = item.quantity
    said = _without(text, Span(item.span.start, max(item.span.start, quantity.span.start)), item)
    post = text[min(quantity.span.end, item.span.end) : item.span.end].strip()
    pre = _AT_LEAST.sub("", _YEAR_INSIDE.sub("", _COMPARED.sub("", strip_heads(said))))
    pre = _JOINTLY.sub("", pre)
    post = _REST.sub("", re.sub(r"(?:等|不等)$", "", post)).strip(EDGE)
    found = _phrase(item, pre, post=post, last=last)
    if found.comparator is None and _AT_LEAST.search(said):
        found = replace(found, comparator=">=")
    return replace(
        found, indicator=re.sub(r"^(?:[了的之，、；。]|出(?![口具版台生行资])|等(?![级距]))+", "", found.indicator)
    )


def _phrase(item: Item, pre: str, *, post: str, last: Phrase | None) -> Phrase:
    quantity = item.quantity
    if quantity.unit in ("%", "‰", "个百分点", "百分点") and post.startswith("的") and not _STANDARD.match(post):
        return _share_first(pre, post[1:])
    if quantity.unit in ("%", "‰") and (between := _share_between(pre, post)):
        return between
    if not post or _STANDARD.match(post):
        is_linked = quantity.span.start < quantity.number.start
        return _figure_last(pre, quantity.unit, last, is_linked=is_linked, in_list=not item.is_first)
    found = _noun_last(pre, post, last)
    allotted = _ALLOTTED.match(found.indicator)
    return replace(found, indicator=own_left_out(allotted["who"]) + allotted["what"]) if allotted else found


def _without(text: str, span: Span, item: Item) -> str:
    """The words of a span without the figures that belong to them."""
    words, at = [], span.start
    for inner in item.inner:
        words.append(text[at : inner.span.start])
        start = _FROM.search(words[-1])
        is_kept = start is None and (inner.has_duration or inner.is_bounded or text.startswith("的", inner.span.end))
        words[-1] = words[-1][: start.start()] if start else words[-1]
        at = inner.span.start if is_kept else inner.span.end
    return "".join([*words, text[at : span.end]]).strip()


def _share_first(pre: str, noun: str) -> Phrase:
    """80%以上的学校开展… -> 开展…的学校; 有67%的毕业生留在… -> 毕业生留在…的比例."""
    if _THERE_ARE.search(pre):
        return Phrase(f"{noun}的比例", "share of", noun=noun)
    subject = own_left_out(figure_words.ends_in_chain().sub("", pre))
    tail = _TAIL.match(noun)
    indicator = f"{tail['what']}的{tail['who']}" if tail else noun
    subject = "" if subject in ("力争", "全市", "全省") else subject
    return Phrase(
        subject + indicator if subject and not _PREPOSED.match(subject) else indicator, "verb", noun=indicator
    )


def _share_between(pre: str, post: str) -> Phrase | None:
    """各服务中心100%设立代办点 -> 设立代办点的服务中心; 工业用地100%按标准出让 -> 工业用地按标准出让比例."""
    if not pre or figure_words.reach().search(pre) or figure_words.ends_in_chain().search(pre):
        return None
    if not (_HOW.match(post) or figure_words.starts_with_chain().match(post)):
        return None
    who = re.sub("^[各所]有?", "", own_left_out(pre))
    indicator = f"{post}的{who}" if _BODY.search(who) else f"{who}{post}比例"
    return Phrase(indicator, "share of", noun=indicator)


def _taking(pre: str, last: Phrase) -> Phrase | None:
    """其中财政拨款占61% after 总收入 -> 财政拨款占总收入比例; 具有博士学位的占8% -> 具有博士学位的教师占比."""
    found = _TAKES.match(pre) or _BARE_PART.match(pre)
    if found is None:
        return None
    if found["part"].endswith("的"):
        whole = figure_words.starts_with_chain().sub("", last.noun or last.indicator, count=1) or last.noun
        return Phrase(f"{found['part']}{whole}占比", "share of", noun=last.noun)
    total = _TOTAL.search(last.indicator)
    part = _tidy(found["part"])
    return Phrase(f"{part}占{total['whole'] if total else last.noun or last.indicator}比例", "share of", noun=part)


def _figure_last(pre: str, unit: str, last: Phrase | None, *, is_linked: bool, in_list: bool) -> Phrase:
    if pre.endswith("的") and unit == "倍" and (found := _MULTIPLE.match(pre)):
        indicator = f"{_tidy(found['part'])}与{found['whole']}之比"
        return Phrase(indicator, "share of", comparator=comparator_in(pre[found.end("part") :]))
    if unit in ("%", "‰") and (found := _of_whole(pre)):
        part = _tidy(found["part"]) or (last.noun or last.indicator if last else "")
        indicator = f"{part}占{_tidy(found['whole'], lead=False)}比例"
        return Phrase(indicator, "share of", noun=part, comparator=comparator_in(pre[found.end("part") :]))
    if unit in ("%", "‰") and last and (taking := _taking(pre, last)):
        return taking
    if unit in ("%", "‰") and re.match("占(?!比)", pre) and last:
        return Phrase(
            f"{last.noun or last.indicator}{_tidy(pre.rstrip('的'), lead=False)}比例", "share of", noun=last.noun
        )
    linked = figure_words.reach().search(pre)
    noun = _tidy(_AVERAGE.sub("", pre), is_linked=is_linked or linked is not None)
    if _leans(noun) and last:
        noun = _completed(noun, last)
    act = _act_at_start(pre)
    shares_act = in_list and not act and not linked and not _ends_in_act(noun)
    if shares_act and last and last.act and last.form == "verb":
        return Phrase(last.act + noun, "verb", act=last.act, noun=noun)
    counted = re.sub("^[万亿千百十]+", "", unit)
    if _PER.search(noun) and counted in _PERSON_UNITS:
        noun += _PERSON_UNITS[counted]
    return Phrase(noun, "subject" if linked or not act else "verb", act=act, noun=noun)


def _ends_in_act(noun: str) -> bool:
    """Whether a noun names an activity itself: 森林抚育."""
    return re.search(rf"(?:{figure_words.words('act')})$", noun) is not None


def _of_whole(pre: str) -> re.Match[str] | None:
    if not (pre.endswith("的") or re.search(r"占[^，]{2,20}$", pre)):
        return None
    if re.search(r"(?:比例|比重|占比|率)$", figure_words.reach().sub("", pre).rstrip(_DANGLING)):
        return None
    return _WHOLE.match(pre) if re.search(r"占|少于|低于|超|高于|达|为", pre) else None


def _noun_last(pre: str, post: str, last: Phrase | None) -> Phrase:
    if spent := _SPENT.match(post):
        return Phrase(f"用于{spent['what']}的{pre or '资金'}", "verb", noun=pre)
    chain = figure_words.ends_in_chain().search(pre)
    size = (chain["size"] or "") if chain else ""
    if post.startswith("的"):
        subject = own_left_out(_MODAL.sub("", pre)) if chain is None else subject_of(pre, chain)
        return Phrase(
            _join(subject, post[1:]) if chain is None else act_of(chain) + post[1:], "verb" if chain else "bare"
        )
    noun = _tail_first(size + post)
    shared = _SHARED.search(noun)
    end = shared[0] if shared and shared.start() else ""
    states = noun.partition("的")[0] if noun != size + post and post.endswith(noun.partition("的")[0]) else ""
    if chain is None:
        return replace(_without_verb(pre, noun, last), shared=end, states=states)
    act, subject = act_of(chain), subject_of(pre, chain)
    if subject and figure_words.any_of("attain").search(chain["chain"]):
        act = figure_words.any_of("attain").search(chain["chain"])[0]  # type: ignore[index]
    indicator = subject + act + noun
    return Phrase(indicator, "verb", act=subject + act, noun=noun, shared=end, states=states)


def _without_verb(pre: str, noun: str, last: Phrase | None) -> Phrase:
    """No verb right before the figure: it stands at the start of the clause, or nowhere (80名 in 培训院校80名校长)."""
    if not pre and last is not None:
        return Phrase(last.act + noun, last.form, act=last.act, noun=noun)
    leading = figure_words.starts_with_chain().match(pre)
    lead = _act_at_start(pre)
    rest = own_left_out(pre[leading.end() :] if leading else pre)
    rest = figure_words.reach().sub("", rest)
    return Phrase(lead + rest + noun, "verb" if leading else "bare", act=lead, noun=rest + noun)


def subject_of(pre: str, chain: re.Match[str]) -> str:
    """Who does what the verbs say, where it belongs to the indicator: not 依托…, not the territory as a whole."""
    subject = own_left_out(strip_heads(pre[: chain.start()]))
    subject = re.sub(r"(?:要|应|应当|须|必须|需|将|已|已经|再|各|均|都|共|至少|最少)+$", "", subject)
    if _PREPOSED.match(subject) or len(subject) > 16 or _EVERYWHERE.fullmatch(subject):
        return ""
    return subject


def act_of(chain: re.Match[str]) -> str:
    """The part of a run of verbs that belongs to the indicator: 每年培养, 新建; empty for 支持建成."""
    words = chain["chain"]
    if often := re.search(r"每年|年均", words):
        return _unjoined(words[often.start() :])
    first = figure_words.acts().search(words)
    if first is None:
        return ""
    start = first.start()
    if words[start:].startswith(("新增", "新建", "新开", "增加")):
        words, start = words[start:], 0
    if words[:start].endswith(("或", "和", "及", "、", "与")) or re.search(
        r"(?:每年|年均|重点|累计|新)$", words[:start]
    ):
        start = max(words.rfind(x, 0, start) for x in ("每年", "年均", "重点", "累计", "新"))
        start = start if start >= 0 else 0
    if words[start - 1 : start] == "新" and start:
        start -= 1
    return _unjoined(words[start:])


def _unjoined(act: str) -> str:
    """A run of verbs without what joins it to the next word; 惠及 is a verb."""
    return act if act.endswith(("惠及", "涉及", "普及")) else act.rstrip("、或和及与并了")


def _act_at_start(pre: str) -> str:
    leading = figure_words.starts_with_chain().match(own_left_out(pre))
    return act_of(leading) if leading else ""


def _tail_first(noun: str) -> str:
    """社区学校成为省现代化学校 -> 成为省现代化学校的社区学校."""
    work = _WORK.match(noun)
    if work:
        return work["what"] + work["who"]
    state = _STATE.match(noun)
    if state and "的" not in noun:
        return f"{state['what']}的{state['who']}"
    tail = _TAIL.match(noun) if "的" not in noun.partition("成为")[0] else None
    if tail and not tail["what"].startswith("在") and tail["who"][-1] not in "在的、和与":
        return f"{tail['what']}的{tail['who']}" if _is_predicate(tail["what"]) else noun
    return noun


def _is_predicate(what: str) -> bool:
    return (
        re.match(
            r"成为|入选|上云|上市|创成|获评|通过|进入|纳入|参与|参加|达到|列入|晋升|赴|具有|开工|投用|投产|挂牌|接入",
            what,
        )
        is not None
    )


def _tidy(pre: str, *, lead: bool = True, is_linked: bool = False) -> str:
    """A phrase without linking words at its end and without verbs that drop out at its start."""
    text = pre.strip(EDGE)
    for _ in range(4):
        shorter = _trimmed(figure_words.reach().sub("", text))
        if shorter == text or not shorter:
            break
        text = shorter
    if lead:
        text = _MEANS.sub("", own_left_out(strip_heads(text)))
        text = _without_lead(re.sub(r"^按照?", "", text), is_linked=is_linked)
        text = re.sub(r"(?<=..)(?:累计|总共|合计)$", "", text)
    return _trimmed(re.sub(r"(?<=..)(?:实现|要)(?=.{2,}(?:率|比例|占比)$)", "", text))


def _trimmed(text: str) -> str:
    """Without linking characters at the end; 报到 is a word."""
    return text if text.endswith("报到") else text.rstrip(_DANGLING)


def _without_lead(text: str, *, is_linked: bool) -> str:
    leading = figure_words.starts_with_chain().match(text)
    if leading is None or leading[0] in ("建", "获"):
        return text
    if leading.end() == len(text):
        return re.sub(
            rf"^(?:{figure_words.words('found')})(?=(?:{figure_words.words('manner')})*(?:{figure_words.words('act')})$)",
            "",
            text,
        )
    if is_linked and re.match(r"[^，]{1,24}的(?!比[例重]|数量|总|占)", text[leading.end() :]):
        return text
    act = act_of(leading)
    kept = (act if act not in ("开展", "组织") or re.search("每年|年均", act) else "") + text[leading.end() :]
    if re.fullmatch(figure_words.words("relational"), kept):
        kept = re.sub("^(?:累计)?(?:完成|实现|达到)", "", text)
    return own_left_out(kept)


def _leans(noun: str) -> bool:
    """Whether a noun says nothing alone: 占比, 国家级, 其中市级."""
    return (
        re.fullmatch(
            r"(?:所占|占)?(?:比例|比重|占比)|(?:国家|省|市|县|校)级?(?:级)?(?:以上)?|总?(?:投资|面积|人数|数量|金额)|",
            noun,
        )
        is not None
    )


def _completed(noun: str, last: Phrase) -> str:
    base = re.sub(r"(?:年均)?(?:增长|下降|提高|增加|减少)?$", "", last.noun or last.indicator)
    return (
        base + re.sub("^所?占(?=比)", "占" if noun.endswith("占比") else "", noun)
        if not noun.endswith("级")
        else noun + base
    )


def _join(subject: str, noun: str) -> str:
    return f"{subject}的{noun}" if subject else noun
