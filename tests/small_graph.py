"""Small graphs written by hand: documents of an invented province, as batches of claims."""

from dataclasses import dataclass, field

from graph import ids
from graph.facts import Batch, BatchHeader, BatchKind, EdgeClaim, Evidence, NodeClaim, Properties, Value, edge_claim
from ontology import registry

Section = tuple[tuple[str, ...], str]


@dataclass
class Document:
    """A document in the making: its text by sections (each a passage), and the claims that are made of it."""

    title: str
    sections: tuple[Section, ...]
    content: str
    has_text: bool = True
    is_own: bool = False
    nodes: dict[str, NodeClaim] = field(default_factory=dict)
    edges: dict[str, EdgeClaim] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for _, text in self.sections)

    @property
    def id(self) -> str:
        """Id of the document."""
        return ids.document_id(self.content)

    def at(self, words: str, *, context: str = "") -> Evidence:
        """Evidence of the first place where the words stand; `context` is a place elsewhere in the text."""
        start = self.text.index(words)
        offset = 0
        for _, text in self.sections:
            if start < offset + len(text):
                break
            offset += len(text)
        around = ((self.text.index(context), self.text.index(context) + len(context)),) if context else ()
        return Evidence(self.id, start, start + len(words), ids.passage_id(self.content, offset), around)

    def node(self, label: str, name: str, words: str, *, id_: str = "", **properties: Value) -> str:
        """Claim a node; its id, made from the name unless given."""
        made = id_ or f"{registry.class_of(label).prefix}:{ids.digest(name)}"
        self._claim(
            NodeClaim({"name": name, **properties}, (self.at(words),), is_own=self.is_own, id=made, label=label)
        )
        return made

    def edge(self, source: str, type_: str, target: str, *words: str, context: str = "", **properties: Value) -> str:
        """Claim an edge, with a piece of evidence for each of the words; its id."""
        pieces = tuple(self.at(one, context=context) for one in words)
        claim = edge_claim(type_, source, target, properties, evidence=pieces, is_own=self.is_own)
        self.edges[claim.id] = claim
        return claim.id

    def goal(self, policy: str, words: str, properties: Properties, *, context: str = "") -> str:
        """Claim a goal that a policy sets; its id."""
        made = f"goal:{ids.digest(policy, words)}"
        piece = (self.at(words, context=context),)
        self._claim(NodeClaim({"name": words, **properties}, piece, is_own=self.is_own, id=made, label="Goal"))
        self.edge(policy, "SETS", made, words, context=context)
        return made

    def measure(self, policy: str, title: str, order: int, *, parent: str | None = None) -> str:
        """Claim a measure of a policy, by its heading; its id."""
        made = f"measure:{ids.digest(policy, title)}"
        self._claim(
            NodeClaim(
                {"name": title, "title": title, "order": order, "level": 2 if parent else 1},
                (self.at(title),),
                is_own=self.is_own,
                id=made,
                label="Measure",
            )
        )
        self.edge(policy, "CONTAINS", made, title)
        if parent:
            self.edge(made, "PART_OF", parent, title)
        return made

    def batch(self, *, issued_on: str | None = None) -> Batch:
        """Everything that was claimed, with the document and its passages."""
        self._claim_document()
        header = BatchHeader(
            id=ids.batch_id("document", self.content),
            kind=BatchKind.DOCUMENT,
            title=self.title,
            content=self.content,
            version="test",
            sources=(f"file:///{self.title}.txt",),
            issued_on=issued_on,
            has_text=self.has_text,
        )
        return Batch(header, tuple(self.nodes.values()), tuple(self.edges.values()))

    def _claim(self, claim: NodeClaim) -> None:
        self.nodes[claim.id] = claim

    def _claim_document(self) -> None:
        whole = (Evidence(self.id, 0, len(self.sections[0][1]), ids.passage_id(self.content, 0)),)
        about: Properties = {
            "name": self.title,
            "title": self.title,
            "characters": len(self.text),
            "sha256": self.content,
        }
        self._claim(NodeClaim(about, whole, id=self.id, label="Document"))
        offset = 0
        for order, (section, text) in enumerate(self.sections):
            end = offset + len(text)
            passage = ids.passage_id(self.content, offset)
            place: dict[str, Value] = {"name": f"{self.title} {order}", "document": self.id, "section": list(section)}
            place |= {"order": order, "start": offset, "end": end}
            if self.has_text:
                place["text"] = text
            self._claim(NodeClaim(place, (Evidence(self.id, offset, end, passage),), id=passage, label="Passage"))
            part = edge_claim("PART_OF", passage, self.id, evidence=(Evidence(self.id, offset, end, passage),))
            self.edges[part.id] = part
            offset = end


PLAN = "云州市职业教育提质行动方案"
COLLEGE = "海棠职业技术学院"
COMPANY = "星渊智能装备有限公司"
COUNTIES = "各县（市、区）人民政府"
BUREAU = "云州市教育局"
DAILY = "云州日报社"
GOVERNMENT = "云州市人民政府"
UMBRELLA, TEACHERS, SCALE, PUBLICITY, SAFEGUARDS = (
    "深化产教融合",
    "建设师资队伍",
    "扩大办学规模",
    "加强宣传",
    "完善保障",
)
TEACHER_GOAL, SCALE_GOAL, SCHOOL_GOAL, COMPANY_GOAL = (
    "双师型教师占比达到60%",
    "在校生规模达到8万人",
    "职业院校12所",
    "产教融合型企业超过50家",
)


def plan(*, has_text: bool = True) -> Batch:
    """The plan of an invented city: five measures, four goals, every kind of gap.

    建设师资队伍 and 扩大办学规模 stand under 深化产教融合; the other two stand alone. 职业院校12所 stands in a table.
    """
    made = Document(
        PLAN,
        (
            ((), f"{PLAN}\n{GOVERNMENT}\n"),
            (("总体目标",), "到2025年目标如下。\n指标\n职业院校12所\n"),
            ((UMBRELLA,), f"一、{UMBRELLA}\n全市产教融合型企业超过50家。{COUNTIES}给予支持。\n"),
            (
                (UMBRELLA, TEACHERS),
                f"（一）{TEACHERS}\n{COLLEGE}牵头培养教师，双师型教师占比达到60%。{COMPANY}派出技师参加教学。\n",
            ),
            ((UMBRELLA, TEACHERS), f"{BUREAU}每年公布考核结果。\n"),
            ((UMBRELLA, SCALE), f"（二）{SCALE}\n全市在校生规模达到8万人，让学生受益。\n"),
            ((PUBLICITY,), f"二、{PUBLICITY}\n{DAILY}开设专栏。\n"),
            ((SAFEGUARDS,), f"三、{SAFEGUARDS}\n落实经费。\n"),
        ),
        "a" * 64,
        has_text=has_text,
        is_own=True,
    )
    policy = made.node("Policy", PLAN, PLAN, title=PLAN, kind="plan", level="municipal", loaded=True)
    city = made.node("City", "云州市", "云州市", level="prefecture", id_="place:990100")
    province = made.node("Region", "江北省", "云州市", level="province", id_="place:990000")
    issuer = made.node("Institution", GOVERNMENT, GOVERNMENT, kind="government")
    made.edge(city, "PART_OF", province, "云州市")
    made.edge(policy, "APPLIES_TO", city, "云州市")
    made.edge(policy, "ISSUED_BY", issuer, GOVERNMENT)
    _add_goals_and_measures(made, policy)
    return made.batch(issued_on="2021-05-01")


def _add_goals_and_measures(made: Document, policy: str) -> None:
    umbrella = made.measure(policy, UMBRELLA, 0)
    teachers = made.measure(policy, TEACHERS, 1, parent=umbrella)
    scale = made.measure(policy, SCALE, 2, parent=umbrella)
    publicity = made.measure(policy, PUBLICITY, 3)
    made.measure(policy, SAFEGUARDS, 4)
    share: dict[str, Value] = {
        "indicator": "双师型教师占比",
        "comparator": ">=",
        "value": 60,
        "unit": "%",
        "year": 2025,
    }
    people: dict[str, Value] = {"indicator": "在校生规模", "comparator": ">=", "value": 8, "unit": "万人"}
    for goal, measure in (
        (made.goal(policy, TEACHER_GOAL, share), teachers),
        (made.goal(policy, SCALE_GOAL, people), scale),
        (made.goal(policy, COMPANY_GOAL, {"indicator": "产教融合型企业数", "year": 2030}), umbrella),
    ):
        made.edge(measure, "ADVANCES", goal, str(made.nodes[goal].properties["name"]))
    made.goal(policy, SCHOOL_GOAL, {"indicator": "职业院校", "value": 12, "year": 2025}, context="到2025年")
    college = made.node("Institution", COLLEGE, COLLEGE, kind="school")
    company = made.node("Enterprise", COMPANY, COMPANY)
    counties = made.node("ActorGroup", COUNTIES, COUNTIES, kind="government")
    students = made.node("ActorGroup", "学生", "学生", kind="people")
    bureau = made.node("Institution", BUREAU, BUREAU, kind="government")
    daily = made.node("Institution", DAILY, DAILY, kind="media")
    made.edge(teachers, "INVOLVES", college, f"{COLLEGE}牵头培养教师，双师型教师占比达到60%。", role="lead")
    made.edge(teachers, "INVOLVES", college, f"{COLLEGE}牵头培养教师，双师型教师占比达到60%。", role="supporter")
    made.edge(teachers, "INVOLVES", company, f"{COMPANY}派出技师参加教学。", role="partner")
    made.edge(teachers, "INVOLVES", bureau, f"{BUREAU}每年公布考核结果。", role="lead")
    made.edge(umbrella, "INVOLVES", counties, f"{COUNTIES}给予支持。", role="supporter")
    made.edge(scale, "INVOLVES", students, "全市在校生规模达到8万人，让学生受益。", role="beneficiary")
    made.edge(publicity, "INVOLVES", daily, f"{DAILY}开设专栏。", role="lead")


def report() -> Batch:
    """A report with partnerships: the college with two companies and a school, and two schools with each other."""
    made = Document(
        "海棠职业技术学院年度报告",
        (
            ((), "海棠职业技术学院年度报告\n"),
            (
                ("校企合作",),
                f"{COLLEGE}与{COMPANY}共建实训基地。{COMPANY}在{COLLEGE}开设订单班。双方又办订单班。\n"
                f"{COLLEGE}与青屿物流有限公司开展服务。丁香技师学院与{COLLEGE}结成联盟。\n"
                "丁香技师学院与紫荆技师学院互派教师。石榴研究院与白桦研究院合作研究。\n",
            ),
        ),
        "b" * 64,
    )
    college = made.node("Institution", COLLEGE, COLLEGE, kind="school")
    company = made.node("Enterprise", COMPANY, COMPANY)
    logistics = made.node("Enterprise", "青屿物流有限公司", "青屿物流有限公司")
    lilac = made.node("Institution", "丁香技师学院", "丁香技师学院", kind="school")
    redbud = made.node("Institution", "紫荆技师学院", "紫荆技师学院", kind="school")
    pomegranate = made.node("Institution", "石榴研究院", "石榴研究院", kind="research")
    birch = made.node("Institution", "白桦研究院", "白桦研究院", kind="research")
    city = made.node("City", "云州市", "海棠", level="county", id_="place:990100")
    made.edge(college, "LOCATED_IN", city, COLLEGE)
    base = f"{COLLEGE}与{COMPANY}共建实训基地。"
    made.edge(college, "PARTNERS_WITH", company, base, activity="共建实训基地", kind="training_base", year=2021)
    orders = (f"{COMPANY}在{COLLEGE}开设订单班。", "双方又办订单班。", base)
    made.edge(college, "PARTNERS_WITH", company, *orders, activity="开设订单班", kind="order_class")
    made.edge(college, "PARTNERS_WITH", logistics, f"{COLLEGE}与青屿物流有限公司开展服务。", kind="service", year=2022)
    made.edge(
        lilac, "PARTNERS_WITH", college, f"丁香技师学院与{COLLEGE}结成联盟。", platform="云州联盟", kind="alliance"
    )
    made.edge(lilac, "PARTNERS_WITH", redbud, "丁香技师学院与紫荆技师学院互派教师。", activity="互派教师")
    made.edge(pomegranate, "PARTNERS_WITH", birch, "石榴研究院与白桦研究院合作研究。", kind="research")
    return made.batch(issued_on="2022-12-31")
