"""Plans of an invented country at four levels, and a report: goals that align, and goals that do not."""

from dataclasses import dataclass, field

from graph import ids
from graph.facts import Batch, Value
from tests.small_graph import Document

NATION, PROVINCE, CITY, OTHER_CITY, COLLEGE_PLAN = (
    "全国职业教育振兴计划",
    "江北省职业教育发展规划",
    "云州市职业教育行动方案",
    "青屿市职业教育行动方案",
    "海棠职业技术学院发展规划",
)
REPORT = "云州市职业教育年度报告"
UNLOADED, MENTIONED = "江北省产教融合条例", "云州市实训基地管理办法"
YUNZHOU, QINGYU = "云州市", "青屿市"
PLACES = {YUNZHOU: "place:990100", QINGYU: "place:990200"}


@dataclass(frozen=True)
class Stated:
    """A goal or figure: the words that state it, its indicator, and the rest of its properties."""

    words: str
    indicator: str
    value: float | str | None
    unit: str = ""
    year: int | None = 2025
    more: dict[str, Value] = field(default_factory=dict)
    basis: str = "stock"

    @property
    def properties(self) -> dict[str, Value]:
        """What its node says."""
        known = {"indicator": self.indicator, "value": self.value, "unit": self.unit, "year": self.year, **self.more}
        return {name: value for name, value in known.items() if value not in (None, "")}


@dataclass(frozen=True)
class Plan:
    """A policy and what it states; `document` is given where the document is not the policy itself."""

    title: str
    level: str
    goals: tuple[Stated, ...] = ()
    figures: tuple[Stated, ...] = ()
    based_on: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    binds: str = ""
    issuer: str = ""
    document: str = ""

    def batch(self) -> Batch:
        """Its document as a batch."""
        return _Writer(self).batch()


def policy_id(title: str) -> str:
    """The id that a policy of this title gets."""
    return f"policy:{ids.digest(title)}"


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        said = (*plan.goals, *plan.figures)
        lines = [plan.title, plan.binds, plan.issuer, *plan.based_on, *plan.cites, *(one.words for one in said)]
        content = ids.digest(plan.title, repr(plan)).ljust(64, "0")
        self._made = Document(
            plan.document or plan.title, (((), "".join(f"{line}\n" for line in lines if line)),), content, is_own=True
        )

    def batch(self) -> Batch:
        made, plan = self._made, self._plan
        policy = made.node("Policy", plan.title, plan.title, level=plan.level, loaded=True)
        for relation, titles in (("BASED_ON", plan.based_on), ("CITES", plan.cites)):
            for title in titles:
                made.edge(policy, relation, made.node("Policy", title, title), title)
        if plan.binds:
            city = made.node("City", plan.binds, plan.binds, id_=PLACES[plan.binds])
            made.edge(policy, "APPLIES_TO", city, plan.binds)
        if plan.issuer:
            made.edge(policy, "ISSUED_BY", made.node("Institution", plan.issuer, plan.issuer), plan.issuer)
        for one in plan.goals:
            self._measured(made.goal(policy, one.words, one.properties), one)
        for one in plan.figures:
            figure = made.node(
                "Observation",
                one.words,
                one.words,
                id_=f"observation:{ids.digest(policy, one.words)}",
                **one.properties,
            )
            made.edge(policy, "REPORTS", figure, one.words)
            if plan.binds:
                made.edge(figure, "ABOUT", PLACES[plan.binds], one.words)
            self._measured(figure, one)
        return made.batch()

    def _measured(self, figure: str, one: Stated) -> None:
        indicator = self._made.node("Indicator", one.indicator, one.words, basis=one.basis)
        self._made.edge(figure, "MEASURED_BY", indicator, one.words)


def at_least(value: float, unit: str, indicator: str, *, who: str, year: int | None = 2025, **more: Value) -> Stated:
    """A goal of at least this much; `who` keeps the words of two documents apart."""
    words = f"{who}{indicator}到{year}年不低于{value}{unit}"
    return Stated(words, indicator, value, unit, year, {"comparator": ">=", **more})


TEACHERS, JOBS, PUPILS, SPENDING, COMPANIES, WASTE, RATIO = (
    "双师型教师占比",
    "毕业生就业率",
    "在校生规模",
    "生均拨款",
    "产教融合型企业",
    "辍学率",
    "经费之比",
)


def nation() -> Batch:
    """The national plan: five goals, one of which nobody takes up."""
    goals = (
        at_least(60, "%", TEACHERS, who="全国"),
        at_least(95, "%", JOBS, who="全国"),
        at_least(1000, "万人", PUPILS, who="全国"),
        Stated("全国辍学率控制在2%以内", WASTE, 2, "%", 2025, {"comparator": "<="}),
        at_least(2, "倍", RATIO, who="全国"),
    )
    return Plan(NATION, "national", goals).batch()


def province() -> Batch:
    """The plan of the province, under the national one."""
    goals = (
        at_least(70, "%", TEACHERS, who="全省", year=2024),
        at_least(95, "%", JOBS, who="全省"),
        at_least(50, "万人", PUPILS, who="全省"),
    )
    return Plan(PROVINCE, "provincial", goals, based_on=(NATION, UNLOADED)).batch()


def city() -> Batch:
    """The plan of a city, under the provincial one: tighter, looser, a part, and goals of its own."""
    goals = (
        at_least(75, "%", TEACHERS, who="全市", baseline_value=60, baseline_year=2020),
        at_least(94, "%", JOBS, who="全市", year=2026),
        at_least(80000, "人", PUPILS, who="全市"),
        at_least(100, "家", COMPANIES, who="全市"),
        at_least(1.2, "万元", SPENDING, who="全市"),
        Stated("全市经费之比200%", RATIO, 200, "%"),
    )
    return Plan(
        CITY, "municipal", goals, based_on=(PROVINCE,), cites=(MENTIONED,), binds=YUNZHOU, issuer="云州市教育局"
    ).batch()


def other_city() -> Batch:
    """The plan of another city, under the provincial one."""
    goals = (
        at_least(80, "%", TEACHERS, who="该市"),
        at_least(6, "万人", PUPILS, who="该市"),
        at_least(7, "万人", PUPILS, who="该市", year=2027),
        Stated("该市生均拨款不低于每年15000元", SPENDING, 15000, "元/年", 2025, {"comparator": ">="}),
        at_least(2, "倍", RATIO, who="该市"),
    )
    return Plan(OTHER_CITY, "municipal", goals, based_on=(PROVINCE,), binds=QINGYU, issuer="青屿市教育局").batch()


def report() -> Batch:
    """A report on the city."""
    figures = (
        Stated("报告双师型教师占比66%", TEACHERS, 66, "%", 2022),
        Stated("报告双师型教师占比61%", TEACHERS, 61, "%", 2021),
        Stated("报告毕业生就业率96%", JOBS, 96, "%", 2022),
        Stated("报告在校生规模7.1万人", PUPILS, 7.1, "万人", 2022),
        Stated("报告在校生规模70000人", PUPILS, 70000, "人", 2022),
        Stated("报告经费之比2", RATIO, "2:1", "", 2022),
    )
    return Plan(REPORT, "municipal", figures=figures, binds=YUNZHOU).batch()


def all_batches() -> tuple[Batch, ...]:
    """Every document."""
    return nation(), province(), city(), other_city(), report()


def notice(title: str, printed: str, *, based_on: str) -> Batch:
    """A notice that prints a plan and is itself based on another policy."""
    made = Document(
        title, (((), f"{title}\n{printed}全文\n依据{based_on}\n"),), ids.digest(title).ljust(64, "0"), is_own=True
    )
    one, other = (made.node("Policy", name, name, loaded=True) for name in (title, printed))
    made.edge(one, "ISSUES", other, f"{printed}全文")
    made.edge(one, "BASED_ON", made.node("Policy", based_on, based_on), based_on)
    return made.batch()
