"""A synthetic graph of any size, shaped like what documents give: plans with measures, goals, actors and partners.

Each batch is one document of about 350 nodes and 1,800 edges. Organizations, places and indicators are shared between
documents, a few of them by very many, as a city's government or a big company is.
"""

import random
from collections.abc import Iterator, Sequence

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Properties, Value, edge_claim
from ontology import registry

NODES_EACH = 350
PASSAGE = 240
PASSAGES = 180
TOP_MEASURES, SUB_MEASURES, GOALS = 6, 54, 60
CITED = 8
SENTENCE = 40
EACH_INVOLVES = 8
PARTNERSHIPS = 500
SYLLABLES = "云海江山星渊棠溪河湖松竹梅兰泽川原野清和明远新华锦瑞安泰宁康永昌盛德立信达通衡岳峰岭泉涧洲浦港湾"
SUBJECTS = ("智能装备", "新材料", "电气", "物流", "软件", "纺织", "医药", "农业")
TASKS = ("深化产教融合", "建设师资队伍", "扩大办学规模", "开展技能培训", "推进数字校园", "完善评价机制", "共建实训基地")
INDICATORS = ("双师型教师占比", "毕业生就业率", "在校生规模", "产业学院数量", "培训人次", "实训基地数量", "企业投入")
UNITS = ("%", "%", "万人", "个", "人次", "个", "亿元")
ROLES = ("lead", "partner", "supporter", "beneficiary")
KINDS = ("order_class", "training_base", "research", "service", "alliance")
LEVELS = ("national", "provincial", "municipal", "county", "institutional")
FILLING = "围绕区域产业布局推进改革鼓励学校和企业共同培养人才加强统筹协调落实经费保障形成工作合力定期开展评估"


def batches(nodes: int) -> Iterator[Batch]:
    """Documents that have about so many nodes together, the same ones each time."""
    count = max(1, nodes // NODES_EACH)
    for number in range(count):
        yield _Plan(number, count).batch()


def organization(number: int) -> tuple[str, str, str]:
    """Id, class and name of the shared organization of this number."""
    chosen = random.Random(f"organization {number}")
    stem = "".join(chosen.choices(SYLLABLES, k=3))
    name, label = (
        (f"{stem}{chosen.choice(SUBJECTS)}有限公司", "Enterprise"),
        (f"{stem}职业技术学院", "Institution"),
        (f"{stem}市教育局", "Institution"),
    )[number % 3]
    name = f"{name}{number}"
    return ids.organization_id(name), label, name


class _Plan:
    """One document in the making."""

    def __init__(self, number: int, count: int) -> None:
        self._number, self._count = number, count
        self._chosen = random.Random(number)
        self._sha256 = f"{number:064x}"
        self._document = ids.document_id(self._sha256)
        self._nodes: dict[str, NodeClaim] = {}
        self._edges: dict[str, EdgeClaim] = {}

    def batch(self) -> Batch:
        """Everything that the document states."""
        self._add_text()
        policy = self._add_policy(self._number, loaded=True)
        measures = self._add_measures(policy)
        self._add_goals(policy, measures)
        self._add_actors(policy, measures)
        for cited in self._chosen.sample(range(self._count), min(CITED, self._count)):
            if cited != self._number:
                self._edge(policy, self._chosen.choice(("BASED_ON", "CITES")), self._add_policy(cited, loaded=False))
        header = BatchHeader(
            id=ids.batch_id("document", self._sha256),
            kind=BatchKind.DOCUMENT,
            title=f"文件{self._number}",
            content=self._sha256,
            version="1",
            sources=(f"file:///bench/{self._number}.txt",),
            issued_on=str(2010 + self._number % 16),
        )
        return Batch(header, tuple(self._nodes.values()), tuple(self._edges.values()))

    def _piece(self, measure: int | None = None) -> Evidence:
        """A sentence anywhere, or under the heading of a measure: each has three passages of six sentences."""
        place = self._chosen.randrange(PASSAGES) if measure is None else measure * 3 + self._chosen.randrange(3)
        start = place * PASSAGE
        offset = self._chosen.randrange(0, PASSAGE, SENTENCE)
        return Evidence(self._document, start + offset, start + offset + SENTENCE, ids.passage_id(self._sha256, start))

    def _node(self, id_: str, label: str, properties: Properties, *, is_own: bool = False) -> str:
        if id_ not in self._nodes:
            self._nodes[id_] = NodeClaim(properties, (self._piece(),), id=id_, label=label, is_own=is_own)
        return id_

    def _edge(
        self, source: str, type_: str, target: str, *, piece: Evidence | None = None, **properties: Value
    ) -> None:
        if source != target:
            claim = edge_claim(type_, source, target, properties, evidence=(piece or self._piece(),))
            self._edges.setdefault(claim.id, claim)

    def _add_text(self) -> None:
        about: Properties = {"name": f"文件{self._number}", "sha256": self._sha256, "characters": PASSAGES * PASSAGE}
        self._node(self._document, "Document", about)
        for order in range(PASSAGES):
            start = order * PASSAGE
            text = "".join(self._chosen.choices((*TASKS, *INDICATORS, *SUBJECTS, FILLING), k=60))[:PASSAGE]
            place: dict[str, Value] = {"name": f"第{order}段", "document": self._document, "section": ["主要任务"]}
            place |= {"order": order, "start": start, "end": start + PASSAGE, "text": text}
            passage = self._node(ids.passage_id(self._sha256, start), "Passage", place)
            self._edge(passage, "PART_OF", self._document)

    def _add_policy(self, number: int, *, loaded: bool) -> str:
        stem = "".join(random.Random(f"policy {number}").choices(SYLLABLES, k=3))
        title = f"{stem}市职业教育发展规划第{number}号"
        stated: dict[str, Value] = {"name": title, "title": title, "loaded": loaded}
        if loaded:
            stated |= {"kind": "plan", "level": LEVELS[number % 5], "issued_on": str(2010 + number % 16)}
        policy = self._node(ids.policy_id(title), "Policy", stated, is_own=loaded)
        if loaded:
            self._edge(policy, "PART_OF", self._document)
            place = self._node(f"place:{100000 + number % 400}", "City", {"name": f"{stem}市", "level": "prefecture"})
            self._edge(policy, "APPLIES_TO", place)
            for _ in range(self._chosen.choice((1, 1, 2, 3))):
                self._edge(policy, "ISSUED_BY", self._organization(self._shared() * 3 + 2))
        return policy

    def _add_measures(self, policy: str) -> list[str]:
        made: list[str] = []
        for order in range(TOP_MEASURES + SUB_MEASURES):
            title = f"{self._chosen.choice(TASKS)}{order}"
            stated: dict[str, Value] = {"name": title, "title": title, "order": order}
            measure = self._node(ids.measure_id(policy, [title]), "Measure", stated, is_own=True)
            self._edge(policy, "CONTAINS", measure)
            if order >= TOP_MEASURES:
                self._edge(measure, "PART_OF", made[order % TOP_MEASURES])
            made.append(measure)
        return made

    def _add_goals(self, policy: str, measures: Sequence[str]) -> None:
        for n in range(GOALS):
            which = self._chosen.randrange(len(INDICATORS))
            name, unit, year = INDICATORS[which], UNITS[which], self._chosen.randint(2021, 2035)
            figure: dict[str, Value] = {"comparator": ">=", "value": n, "unit": unit, "year": year}
            goal = ids.goal_id(policy, indicator=name, comparator=">=", value=n, unit=unit, year=year)
            self._node(goal, "Goal", {"name": f"{name}≥{n}{unit}", "indicator": name, **figure}, is_own=True)
            self._edge(policy, "SETS", goal)
            self._edge(goal, "MEASURED_BY", self._node(ids.indicator_id(name), "Indicator", {"name": name}))
            for at in self._chosen.sample(range(len(measures)), 2):
                self._edge(measures[at], "ADVANCES", goal, piece=self._piece(at))

    def _add_actors(self, policy: str, measures: Sequence[str]) -> None:
        around = [self._organization(self._shared()) for _ in range(160)]
        group = registry.class_of("ActorGroup").prefix
        people = self._node(f"{group}:{ids.digest('学生')}", "ActorGroup", {"name": "学生", "kind": "people"})
        for at, measure in enumerate(measures):
            for actor in self._chosen.choices([*around, people], k=EACH_INVOLVES):
                role = "beneficiary" if actor == people else self._chosen.choice(ROLES)
                self._edge(measure, "INVOLVES", actor, piece=self._piece(at), role=role)
        for _ in range(PARTNERSHIPS):
            year = self._chosen.randint(2015, 2025)
            one, other = self._chosen.sample(around, 2)
            kind = self._chosen.choice(KINDS)
            self._edge(one, "PARTNERS_WITH", other, activity=self._chosen.choice(TASKS), kind=kind, year=year)
        place = f"place:{100000 + self._number % 400}"
        for actor in around:
            self._edge(actor, "LOCATED_IN", place)

    def _shared(self) -> int:
        """Number of an organization; small numbers come very often."""
        return int(self._count * 60 * self._chosen.random() ** 3)

    def _organization(self, number: int) -> str:
        id_, label, name = organization(number)
        kind: Properties = {} if label == "Enterprise" else {"kind": "school" if number % 3 == 1 else "government"}
        return self._node(id_, label, {"name": name, **kind})
