"""A synthetic graph of any size, shaped like what documents give: plans and reports with measures, goals and partners.

Each batch is one document of about 200 new nodes and 1,050 new edges. Places, organizations, indicators and higher
policies are shared between documents, a few of them by very many, as a province's government or a big company is; most
actors of a document are of its own city. The same number gives the same document each time.
"""

import random
from collections.abc import Iterator, Sequence
from functools import cache

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Properties, Value, edge_claim
from ontology import registry

NODES_EACH = 204
PASSAGES = 100
SENTENCE, SENTENCES = 40, 6
PASSAGE = SENTENCE * SENTENCES
FEWEST, MOST = 20, 60
AROUND = 80
EACH_INVOLVES = 10
GAP_EACH = 10
"""Every so many measures nobody acts, and every so many goals no measure advances."""
PARTNERSHIPS = 370
DOCUMENTS_EACH_CITY = 15
LOCAL_ACTORS = 260
MOST_CITIES = 333
PROVINCES = 31
NATIONAL_EACH, PROVINCIAL_EACH, REPORT_EACH = 97, 13, 5

SYLLABLES = "云海江山星渊棠溪河湖松竹梅兰泽川原野清和明远新华锦瑞安泰宁康永昌盛德立信达通衡岳峰岭泉涧洲浦港湾"
SUBJECTS = ("智能装备", "新材料", "电气", "物流", "软件", "纺织", "医药", "农业", "船舶", "旅游", "环保", "食品")
TASKS = ("深化产教融合", "建设师资队伍", "扩大办学规模", "开展技能培训", "推进数字校园", "完善评价机制", "共建实训基地")
VERBS = (
    "支持", "鼓励", "推进", "加强", "完善", "深化", "落实",
    "健全", "扩大", "优化", "引导", "开展", "组织", "保障",
)  # fmt: skip
THINGS = (
    "产教融合", "校企合作", "师资队伍", "实训基地", "技能培训", "产业学院", "数字校园", "质量评价",
    "专业群", "现代学徒制", "技术服务", "社会培训", "国际交流", "经费投入", "招生规模", "就业服务",
    "劳动教育", "课程思政", "科研平台", "人才引进", "规划教材", "技能大赛", "继续教育", "乡村振兴",
    "绿色低碳", "创新创业", "双师型教师", "高技能人才", "在校生", "毕业生", "紧缺专业", "大师工作室",
    "企业投入", "研发机构", "公共服务", "产业布局", "重点项目", "城市更新", "交通枢纽", "水质监测",
)  # fmt: skip
MEASURES = (("占比", "%"), ("数量", "个"), ("规模", "万人"), ("投入", "亿元"), ("覆盖率", "%"), ("人次", "人次"))
ROLES = ("lead", "partner", "partner", "supporter", "beneficiary")
KINDS = ("order_class", "training_base", "research", "service", "alliance")
CITIES_OWN = ("municipal", "institutional", "county", "municipal", "institutional")
COUNTRY = "place:100000"

Organization = tuple[str, str, str]
"""Id, class and name."""


def batches(nodes: int) -> Iterator[Batch]:
    """Documents that have about so many nodes together, the same ones each time."""
    count = max(1, nodes // NODES_EACH)
    for number in range(count):
        yield _Document(number, count).batch()


@cache
def organization(number: int, city: int) -> Organization:
    """The organization of this number in a city."""
    chosen = random.Random(f"organization {city} {number}")
    stem = "".join(chosen.choices(SYLLABLES, k=3))
    name, label = (
        (f"{stem}{chosen.choice(SUBJECTS)}有限公司", "Enterprise"),
        (f"{stem}职业技术学院", "Institution"),
        (f"{city_name(city)}{stem}局", "Institution"),
        (f"{stem}{chosen.choice(SUBJECTS)}集团", "Enterprise"),
    )[number % 4]
    name = f"{name}{number}" if number > LOCAL_ACTORS // 2 else name
    return ids.organization_id(name, scope=str(city)), label, name


def city_id(city: int) -> str:
    """Id of the city of this number."""
    return f"place:{11 + city % PROVINCES}{1 + city // PROVINCES:02}00"


@cache
def city_name(city: int) -> str:
    """Name of the city of this number."""
    return "".join(random.Random(f"city {city}").choices(SYLLABLES, k=2)) + "市"


@cache
def _sentences() -> tuple[str, ...]:
    """Sentences of one length, which passages are made of."""
    chosen = random.Random("sentences")
    found = []
    for _ in range(4_000):
        words = [f"{chosen.choice(VERBS)}{chosen.choice(THINGS)}" for _ in range(8)]
        text = f"{words[0]}，{''.join(words[1:3])}，{''.join(words[3:])}"
        found.append(text[: SENTENCE - 1] + "。")
    return tuple(found)


class _Document:
    """One document in the making."""

    def __init__(self, number: int, count: int) -> None:
        self._number, self._count = number, count
        self._chosen = random.Random(number)
        self._cities = max(8, min(MOST_CITIES, count // DOCUMENTS_EACH_CITY))
        self._city = number % self._cities
        self._sha256 = f"{random.Random(f'content {number}').getrandbits(256):064x}"
        self._document = ids.document_id(self._sha256)
        self._nodes: dict[str, NodeClaim] = {}
        self._edges: dict[str, EdgeClaim] = {}

    def batch(self) -> Batch:
        """Everything that the document states."""
        self._node(self._document, "Document", {"name": f"文件{self._number}", "sha256": self._sha256})
        around = self._add_actors()
        self._add_text(around)
        policy = self._add_policy()
        measures = self._add_measures(policy)
        self._add_involved(measures, around)
        if self._number % REPORT_EACH == REPORT_EACH - 1:
            self._add_observations(policy)
        else:
            self._add_goals(policy, measures)
        self._add_references(policy)
        header = BatchHeader(
            id=ids.batch_id("document", self._sha256),
            kind=BatchKind.DOCUMENT,
            title=f"文件{self._number}",
            content=self._sha256,
            version="1",
            sources=(f"file:///bench/{self._number}.txt",),
            issued_on=_year(self._number),
        )
        return Batch(header, tuple(self._nodes.values()), tuple(self._edges.values()))

    def _piece(self, measure: int | None = None) -> Evidence:
        """A sentence anywhere, or under the heading of a measure, which has a passage and a half."""
        place = self._chosen.randrange(PASSAGES) if measure is None else measure * 3 // 2 + self._chosen.randrange(2)
        start = place % PASSAGES * PASSAGE
        offset = self._chosen.randrange(SENTENCES) * SENTENCE
        passage = ids.passage_id(self._sha256, start)
        return Evidence(self._document, start + offset, start + offset + SENTENCE, passage)

    def _node(
        self, id_: str, label: str, properties: Properties, *, is_own: bool = False, piece: Evidence | None = None
    ) -> str:
        if id_ not in self._nodes:
            claim = NodeClaim(properties, (piece or self._piece(),), id=id_, label=label, is_own=is_own)
            self._nodes[id_] = claim
        return id_

    def _edge(
        self, source: str, type_: str, target: str, *, piece: Evidence | None = None, **properties: Value
    ) -> None:
        if source != target:
            claim = edge_claim(type_, source, target, properties, evidence=(piece or self._piece(),))
            self._edges.setdefault(claim.id, claim)

    def _add_place(self, city: int) -> str:
        province = f"place:{11 + city % PROVINCES}0000"
        self._node(COUNTRY, "Region", {"name": "中国", "level": "country"})
        self._node(province, "Region", {"name": f"江北{11 + city % PROVINCES}省", "level": "province"})
        self._edge(province, "PART_OF", COUNTRY)
        place = self._node(city_id(city), "City", {"name": city_name(city), "level": "prefecture"})
        self._edge(place, "PART_OF", province)
        return place

    def _add_actors(self) -> list[str]:
        """Organizations, most of them of the city, and who works with whom."""
        around = [self._organization(*self._actor()) for _ in range(AROUND)]
        for _ in range(PARTNERSHIPS):
            one, other = self._chosen.sample(around, 2)
            year, kind = self._chosen.randint(2015, 2025), self._chosen.choice(KINDS)
            self._edge(one, "PARTNERS_WITH", other, activity=self._chosen.choice(TASKS), kind=kind, year=year)
        group = registry.class_of("ActorGroup").prefix
        return [*around, self._node(f"{group}:{ids.digest('学生')}", "ActorGroup", {"name": "学生", "kind": "people"})]

    def _actor(self) -> tuple[int, int]:
        """Number and city of an actor; small numbers come very often, also those of other cities."""
        if self._chosen.random() < 0.7:
            return int(LOCAL_ACTORS * self._chosen.random() ** 1.5), self._city
        number = int(LOCAL_ACTORS * self._cities * self._chosen.random() ** 4)
        return number // self._cities, number % self._cities

    def _organization(self, number: int, city: int) -> str:
        id_, label, name = organization(number, city)
        kind: Properties = {} if label == "Enterprise" else {"kind": "school" if number % 4 == 1 else "government"}
        self._edge(self._node(id_, label, {"name": name, **kind}), "LOCATED_IN", self._add_place(city))
        return id_

    def _add_text(self, around: Sequence[str]) -> None:
        for order in range(PASSAGES):
            start = order * PASSAGE
            sentences = self._chosen.choices(_sentences(), k=SENTENCES - 1)
            one, other = (str(self._nodes[id_].properties["name"]) for id_ in self._chosen.sample(around, 2))
            sentences.insert(
                order % SENTENCES,
                f"支持{one}和{other}共建实训基地，共同培养本地产业需要的人才".ljust(SENTENCE - 1, "等")[: SENTENCE - 1]
                + "。",
            )
            place: dict[str, Value] = {"name": f"第{order}段", "document": self._document, "section": ["主要任务"]}
            place |= {"order": order, "start": start, "end": start + PASSAGE, "text": "".join(sentences)}
            passage = self._node(ids.passage_id(self._sha256, start), "Passage", place)
            self._edge(passage, "PART_OF", self._document)

    def _add_policy(self) -> str:
        policy = self._policy(self._number, loaded=True)
        self._edge(policy, "PART_OF", self._document)
        self._edge(policy, "APPLIES_TO", self._add_place(self._city))
        for _ in range(self._chosen.choice((1, 1, 2, 3))):
            self._edge(policy, "ISSUED_BY", self._organization(2 + 4 * self._chosen.randrange(5), self._city))
        return policy

    def _policy(self, number: int, *, loaded: bool) -> str:
        is_report = number % REPORT_EACH == REPORT_EACH - 1
        title = f"{city_name(number % self._cities)}职业教育{'质量年度报告' if is_report else '发展规划'}第{number}号"
        stated: dict[str, Value] = {"name": title, "title": title, "loaded": loaded}
        if loaded:
            kind = "report" if is_report else "plan"
            stated |= {"kind": kind, "level": _level(number), "issued_on": _year(number)}
        return self._node(ids.policy_id(title), "Policy", stated, is_own=loaded)

    def _add_references(self, policy: str) -> None:
        """Higher policies that it is made under, a few of which very many name, and others that it mentions."""
        national, provincial = self._count // NATIONAL_EACH + 1, self._count // PROVINCIAL_EACH + 1
        above = [NATIONAL_EACH * int(national * self._chosen.random() ** 3) for _ in range(2)]
        if _level(self._number) != "national":
            above.append(PROVINCIAL_EACH * int(provincial * self._chosen.random() ** 2) + 1)
        for number in above:
            if number < self._count and number != self._number:
                self._edge(policy, "BASED_ON", self._policy(number, loaded=False))
        for _ in range(5):
            number = self._chosen.randrange(self._count)
            if number != self._number:
                self._edge(policy, "CITES", self._policy(number, loaded=False))

    def _add_measures(self, policy: str) -> list[str]:
        made: list[str] = []
        for order in range(self._chosen.randint(FEWEST, MOST)):
            title = f"{self._chosen.choice(VERBS)}{self._chosen.choice(THINGS)}（{order}）"
            stated: dict[str, Value] = {"name": title, "title": title, "order": order}
            measure = self._node(
                ids.measure_id(policy, [title]), "Measure", stated, is_own=True, piece=self._piece(order)
            )
            self._edge(policy, "CONTAINS", measure)
            if order >= FEWEST // 3:
                self._edge(measure, "PART_OF", made[order % (FEWEST // 3)])
            made.append(measure)
        return made

    def _add_involved(self, measures: Sequence[str], around: Sequence[str]) -> None:
        people = around[-1]
        for at, measure in enumerate(measures):
            if at % GAP_EACH == GAP_EACH - 1:
                continue
            for actor in self._chosen.choices(around, k=EACH_INVOLVES):
                role = "beneficiary" if actor == people else self._chosen.choice(ROLES)
                self._edge(measure, "INVOLVES", actor, piece=self._piece(at), role=role)

    def _figure(self) -> dict[str, Value]:
        """An indicator, a few of which very many figures have, with a value and a year."""
        number = int(len(THINGS) * len(MEASURES) * 8 * self._chosen.random() ** 3)
        rest, at = divmod(number, len(THINGS))
        what, unit = MEASURES[rest % len(MEASURES)]
        scope = rest // len(MEASURES)
        name = f"{('', *SUBJECTS)[scope]}{THINGS[at]}{what}"
        value, year = self._chosen.randint(1, 99), self._chosen.randint(2021, 2035)
        return {"indicator": name, "comparator": ">=", "value": value, "unit": unit, "year": year}

    def _add_goals(self, policy: str, measures: Sequence[str]) -> None:
        for order in range(self._chosen.randint(FEWEST, MOST)):
            figure = self._figure()
            name = str(figure["indicator"])
            goal = ids.goal_id(policy, **figure)  # type: ignore[arg-type]  # just these five
            at = self._chosen.sample(range(len(measures)), 2)
            stated = {"name": f"{name}≥{figure['value']}{figure['unit']}", **figure}
            self._node(goal, "Goal", stated, is_own=True, piece=self._piece(at[0]))
            self._edge(policy, "SETS", goal)
            self._edge(goal, "MEASURED_BY", self._node(ids.indicator_id(name), "Indicator", {"name": name}))
            for one in at if order % GAP_EACH else ():
                self._edge(measures[one], "ADVANCES", goal, piece=self._piece(one))

    def _add_observations(self, policy: str) -> None:
        city = self._add_place(self._city)
        for _ in range(self._chosen.randint(FEWEST, MOST)):
            figure = self._figure()
            name = str(figure["indicator"])
            seen = ids.observation_id(policy, subject=city, **figure)  # type: ignore[arg-type]  # just these five
            self._node(seen, "Observation", {"name": f"{name}{figure['value']}{figure['unit']}", **figure}, is_own=True)
            self._edge(policy, "REPORTS", seen)
            self._edge(seen, "ABOUT", city)
            self._edge(seen, "MEASURED_BY", self._node(ids.indicator_id(name), "Indicator", {"name": name}))


def _level(number: int) -> str:
    if number % NATIONAL_EACH == 0:
        return "national"
    return "provincial" if number % PROVINCIAL_EACH == 1 else CITIES_OWN[number // 2 % len(CITIES_OWN)]


def _year(number: int) -> str:
    return str(2010 + number % 16)
