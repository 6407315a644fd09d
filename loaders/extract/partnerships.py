"""Who does what together with whom: named bodies and places that a sentence or a table of services joins."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from loaders.extract.lists import column, rows
from loaders.extract.partner_sides import Scene, Side, scenes
from loaders.extract.records import Mention, PartnershipRecord
from loaders.extract.service_tables import service_tables
from loaders.text.model import Span, Structure

_ALTOGETHER = re.compile(
    r"^(?:等)?(?:多|数十|[一二两三四五六七八九十\d]+)?(?:方|家|所|个)?(?:单位|院校|企业|高校|学校|部门)?(?:签约)?(?:共同|联合|合作|携手|协同|签约|共建|联手)"
)
_FOUND_TOGETHER = re.compile(
    r"^(?:等[一-鿿]{0,4}(?:企业|院校|单位|高校|学校|机构|公司))?(?:牵头|发起)(?:组建|成立|建设|设立|创建|开展|制定)"
)
_UP_TO_WITH = re.compile(
    r"”?(?:等[^，。；与和]{0,8})?(?:（[^（）]{1,20}）)?(?:要|应|将|可|已|积极|主动|分别|共同|牵头|先后)*"
)
_MECHANISM = re.compile(
    r"^(?:等[^，。；]{0,6})?(?:要|应当?|共同)?(?:建立|健全|完善|签订|签署)了?[^，。；]{0,24}?"
    r"(?:共享|会商|联动|协作|协同|联席|联合|联防|互通|互认|合作|协议|备忘录)"
)
_NAMED_AFTER = re.compile(
    r"^班?(?:等)?(?:知名|龙头|名企|[一-鿿]{0,4}企业)?(?:\d+[个家所])?(?:校企合作|校企|现代)?(?:订单班|产业学院|学徒制班|学徒制|冠名班|实训基地)"
)
_FOUNDED_HERE = re.compile(
    r"^(?:等)?(?:[^，。；]{0,6})?在(?:我校|学校|本校|我院|学院)(?:共同|联合)?(?:建立|设立|成立|建设|捐建|挂牌)"
)
_SERVED = re.compile(rf"^(?:等)?[^，。；]{{0,24}}?(?:{'|'.join(column('partnership_cues', 'cue', use='serve'))})")
_FOR = re.compile(r"(?<![作成以认称名定列评因分设更])为$")
_WITH_OWN = re.compile(
    r"^(?:等[^，。；]{0,8})?[和与及、](?:我校|学校|本校|我院|我市|我县|我区)[^，。；]{0,4}?(?:共同|联合|合作|携手|协同|签约|共建|联手)"
)
_TOOK_PART = re.compile(
    r"^(?:（[^（）]{1,20}）)?等?[^，。；]{0,10}?(?:参与|加入|加盟|入驻)(?:其中|了?(?:该|这一)?(?:联盟|集团|共同体|联合体)?[，。；])"
)
_SET_HERE = re.compile(r"^[把将][^，。；]{1,24}?(?:设|建|办|落户|落地)(?:立|置)?[到在于](?:我校|学校|本校|我院)")
_SET_IN = re.compile(r"[把将][^，。；]{1,16}?(?:搬进|搬到|设在|建在|办到|办进|开进|送进)了?$")
_COOPERATES = re.compile(r"^等?[^，。；]{0,14}，(?:校校|校企|校地|校际|政校)合作")
_BY_NAME = re.compile(r"由$")
_GIVES_NAME = re.compile(r"^(?:独家|共同|投资|出资|捐资)?(?:冠名|命名|建设|共建|改造|设立)")
_NAMES_CLASS = re.compile(r"^(?:等[^，。；]{0,6})?(?:分别|独家|共同)?冠名")
_TAUGHT_AT = re.compile(r"^(?:等[^，。；]{0,6})?(?:开展|实施|推进|试点)[^，。；]{0,8}?(?:贯通|一体化|联合|订单|学徒)")
_LEADS = re.compile(r"^(?:总)?牵头[，、]")
_HELPS = re.compile(r"^(?:等[^，。；]{0,6})?(?:配合|协助|参与)")
_CLIENT = re.compile(r"(?:承办|承接|承担|受)了?$")
_CLIENT_DEED = re.compile(r"^(?:组织|主办|委托|交办|发起|的|[^，。；、]{0,14}?(?:培训|项目|课题|研发|检测|设计))")
_ACTIVITY_END = re.compile(r"[，。；！？\n]")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_PLATFORM = re.compile(
    r"(?:学院|中心|基地|研究院|联盟|平台|学校|工坊|实验室|集团|孵化器|创业园|创新园|共同体|研究所|工作站|示范园|产业园|教育园)$"
)
_LEADING = re.compile(
    r"^(?:等(?:[一-鿿]{0,8}?(?:企业|院校|单位|高校|机构|区县|山区县|公司))?)?(?:[\d一-鿿]{0,3}(?:方|家单位))?"
)
_LONGEST_ACTIVITY = 60
_YEAR_REACH = 200


def partnerships(structure: Structure, mentions: Sequence[Mention]) -> list[PartnershipRecord]:
    """One record a pair and sentence, and one a row of a table of services for companies, in the order of the text.

    None as a party is the document's own subject (学校与…). A list gives a record each, two lists every pair across,
    “A、B、C三方共同” all pairs.
    """
    tabled = list(service_tables(structure, mentions))
    covered = [span for span, _ in tabled]
    found = [record for _, records in tabled for record in records]
    for scene in scenes(structure, mentions):
        if not any(scene.sentence.overlaps(span) for span in covered):
            found += _in_sentence(scene)
    return sorted(_distinct(found), key=lambda record: (record.evidence, record.a or "", record.b or ""))


def _distinct(found: Sequence[PartnershipRecord]) -> list[PartnershipRecord]:
    """The first of the records that join the same two parties in one sentence; a campus is a place and no party."""
    seen: dict[tuple[str, str, Span], PartnershipRecord] = {}
    for record in found:
        first, second = sorted((record.a or "", record.b or ""))
        if first != second and not first.endswith("校区") and not second.endswith("校区"):
            seen.setdefault((first, second, record.evidence), record)
    return list(seen.values())


def _in_sentence(scene: Scene) -> Iterator[PartnershipRecord]:
    for position, side in enumerate(scene.sides):
        before = scene.sides[position - 1] if position else None
        for rule in (_with_partner, _together, _helped, _named_after, _at_home, _served):
            found = list(rule(scene, side, before))
            if found:
                yield from found
                break


def _with_partner(scene: Scene, side: Side, before: Side | None) -> Iterator[PartnershipRecord]:
    """A、B 与 C、D 共建…: pairs across; without a side before 与 the document's own subject."""
    word = scene.word_before(side)
    if word is None or not side.may_be_partner:
        return
    use, start = word
    if use == "with" and not scene.has_joint_verb(side):
        return
    others: Sequence[str | None] = [None]
    if before is not None and _UP_TO_WITH.fullmatch(scene.text, before.span.end, start):
        others = before.names
    elif subjects := scene.subjects(side):
        others = subjects
    elif (earlier := scene.earlier_subjects(side)) is not None:
        others = earlier
    elif scene.group_before(start):
        return
    for a in others:
        for b in side.names:
            yield _record(scene, a, b, side, rule=f"partner-{use}")


def _together(scene: Scene, side: Side, before: Side | None) -> Iterator[PartnershipRecord]:
    """A、B、C三方共同…: all pairs, with the own subject where it stands in the list (由我校、A、B共建)."""
    after = scene.after(side)
    with_own = _WITH_OWN.match(after) is not None
    does = with_own or any(pattern.match(after) for pattern in (_ALTOGETHER, _FOUND_TOGETHER, _MECHANISM))
    if not does or scene.word_before(side):
        return
    names: list[str | None] = [*side.names]
    if with_own:
        for name in side.names:
            yield _record(scene, None, name, side, rule="partner-with-own")
        return
    if scene.own_before(side):
        names.insert(0, None)
    for a, b in combinations(names, 2):
        yield _record(scene, a, b, side, rule="partner-together")


def _helped(scene: Scene, side: Side, before: Side | None) -> Iterator[PartnershipRecord]:
    """A牵头、B配合: every pair across; not in brackets, where they are only named as responsible."""
    if before is None or not _HELPS.match(scene.after(side)) or not _LEADS.match(scene.after(before)):
        return
    if scene.text.endswith(("（", "("), 0, before.span.start):
        return
    for a in before.names:
        for b in side.names:
            yield _record(scene, a, b, side, rule="partner-helps")


def _named_after(scene: Scene, side: Side, before: Side | None) -> Iterator[PartnershipRecord]:
    """设立A、B等订单班; A在我校建立…: the own subject with each."""
    after = scene.after(side)
    if _NAMED_AFTER.match(after) or _FOUNDED_HERE.match(after):
        for name in side.organizations:
            if _FOUNDED_HERE.match(after) or not _PLATFORM.search(name):
                yield _record(scene, None, name, side, rule="partner-named-after")


def _at_home(scene: Scene, side: Side, before: Side | None) -> Iterator[PartnershipRecord]:
    """A把学院设在学校, 把课堂搬进A, A等企业参与其中, 班由A冠名, A等院校，校校合作: the own subject with each."""
    left, after = scene.before(side), scene.after(side)
    gives_name = (_BY_NAME.search(left) and _GIVES_NAME.match(after)) or (not left and _NAMES_CLASS.match(after))
    is_taught_at = left.endswith("在") and _TAUGHT_AT.match(after)
    takes_part = (_TOOK_PART.match(after) or _COOPERATES.match(after)) and not scene.word_before(side)
    if gives_name or is_taught_at or takes_part or _SET_HERE.match(after) or _SET_IN.search(left):
        for name in side.organizations:
            yield _record(scene, next(iter(scene.subjects(side)), None), name, side, rule="partner-at-home")


def _served(scene: Scene, side: Side, before: Side | None) -> Iterator[PartnershipRecord]:
    """为A提供…服务, 承办A组织的…: the own subject with each."""
    left = scene.before(side)
    is_served = _FOR.search(left) and _SERVED.match(scene.after(side))
    is_client = _CLIENT.search(left) and _CLIENT_DEED.match(scene.after(side))
    if is_served or is_client:
        subject = next(iter(scene.subjects(side)), None)
        for name in side.organizations:
            yield _record(scene, subject, name, side, rule="partner-served" if is_served else "partner-client")


def _record(scene: Scene, a: str | None, b: str | None, side: Side, *, rule: str) -> PartnershipRecord:
    activity = _activity(scene, side)
    years = _YEAR.findall(scene.text[max(scene.sentence.start, side.span.start - _YEAR_REACH) : side.span.start])
    platform = scene.platform(side, _PLATFORM)
    platform = platform if platform not in (a, b) else None
    return PartnershipRecord(
        a=a,
        b=b,
        activity=activity,
        evidence=scene.sentence,
        kind=_kind(f"{activity}{platform or ''}"),
        platform=platform,
        year=int(years[-1]) if years else None,
        rule=rule,
    )


def _activity(scene: Scene, side: Side) -> str:
    """What they do together: the words after the partners up to the next comma, or the clause that follows."""
    after = scene.after(side)
    clauses = [_LEADING.sub("", clause).strip(" 、的") for clause in _ACTIVITY_END.split(after)[:2]]
    words = next((clause for clause in clauses if len(clause) > 1), "")
    return words[:_LONGEST_ACTIVITY] or scene.sentence.of(scene.text)[:_LONGEST_ACTIVITY]


def _kind(words: str) -> str:
    return next((row["kind"] for row in rows("partnership_kinds") if row["word"] in words), "other")
