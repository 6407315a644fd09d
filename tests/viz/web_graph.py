"""A graph for the browser: chains over two pages, partnerships, names that try to be markup, a text left at home."""

from graph.facts import Batch, Value
from tests import small_graph as small

COLLEGE, COMPANY = small.COLLEGE, small.COMPANY
HOSTILE = '<img src=x onerror="window.hacked=1">"\\\'</script><script>window.hacked=1</script>厂'
PLAN = "江北省技能提升方案"
MEASURES = 60
UNWRAPPED = ["指标", "数值", "在这一行里写得很长而且还没有写完的是一个折行研究院在下一行继续说明它的工作"]
QUOTE = f"{COLLEGE}与{COMPANY}共建实训基地。"


def plan() -> Batch:
    """A plan of sixty measures, each with a goal and an actor in one sentence, and one goal that nothing serves."""
    title = ((), f"{PLAN}\n")
    sections = tuple(((f"任务{n}",), f"任务{n}\n{_sentence(n)}\n目标乙{n}未落实\n") for n in range(MEASURES))
    made = small.Document(PLAN, (title, *sections), "c" * 64, is_own=True)
    policy = made.node("Policy", PLAN, PLAN, title=PLAN, kind="plan", level="provincial", loaded=True)
    school = made.node("Institution", COLLEGE, COLLEGE, kind="school")
    for n in range(MEASURES):
        measure = made.measure(policy, f"任务{n}\n".strip(), n)
        figures: dict[str, Value] = {
            "indicator": f"培训指标{n}",
            "comparator": ">=",
            "value": 1000 + n,
            "unit": "人",
            "year": 2025,
        }
        goal = made.goal(
            policy, f"培训指标{n}达到{1000 + n}人", figures | {"baseline_value": 900, "baseline_year": 2020}
        )
        made.edge(measure, "ADVANCES", goal, f"培训指标{n}达到{1000 + n}人")
        made.edge(measure, "INVOLVES", school, _sentence(n), role="lead")
    made.goal(policy, "目标乙0未落实", {"indicator": "无人负责的指标", "comparator": "=", "value": 5, "year": 2023})
    return made.batch(issued_on="2021-05-01")


def partnerships() -> Batch:
    """A college with a company, and a company whose name is markup."""
    text = f"{QUOTE}{COLLEGE}与{HOSTILE}开展服务。"
    made = small.Document("海棠职业技术学院年报", (((), "年报\n"), (("合作", HOSTILE), f"{text}\n")), "d" * 64)
    college = made.node("Institution", COLLEGE, COLLEGE, kind="school", aliases=["海职院"])
    company = made.node("Enterprise", COMPANY, COMPANY)
    hostile = made.node("Enterprise", HOSTILE, HOSTILE)
    made.edge(college, "PARTNERS_WITH", company, QUOTE, activity="共建实训基地", kind="training_base")
    made.edge(college, "PARTNERS_WITH", hostile, f"{COLLEGE}与{HOSTILE}开展服务。", activity=HOSTILE, kind="service")
    return made.batch(issued_on="2022-12-31")


def wrapped() -> Batch:
    """A text as PDF gives it: a name broken over two lines, after lines that end where they do."""
    text = "指标\n数值\n在这一行里写得很长而且还没有写完的是一个折行\n\n研究院在下一行继续说明它的工作\n"
    made = small.Document("折行的报告", (((), text),), "f" * 64)
    made.node("Institution", "折行研究院", text.strip(), kind="research")
    return made.batch()


def textless() -> Batch:
    """A document that may not be passed on: its places without its text."""
    made = small.Document("未随附的报告", (((), "木棉研究院与青屿物流有限公司联合研究。\n"),), "e" * 64, has_text=False)
    institute = made.node("Institution", "木棉研究院", "木棉研究院", kind="research")
    logistics = made.node("Enterprise", "青屿物流有限公司", "青屿物流有限公司")
    words = "木棉研究院与青屿物流有限公司联合研究。"
    made.edge(institute, "PARTNERS_WITH", logistics, words, activity="联合研究", kind="research")
    return made.batch()


def _sentence(n: int) -> str:
    return f"{COLLEGE}牵头，培训指标{n}达到{1000 + n}人。"
