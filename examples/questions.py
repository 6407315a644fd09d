"""Write docs/questions.md: twelve questions of a policy researcher, how they are asked, and what the examples answer.

usage: python examples/questions.py [FILE]     (run from the checkout; FILE: docs/questions.md if not given)

The answers are those of the Python calls that the page shows, on the example documents and graphs; a test makes the
page anew, and asks the command line and a server the same.
"""

import shlex
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from graph.errors import PolicygraphError
from graph.open import open_store
from graph.queries.cascade_rows import Alignment, Step
from graph.queries.cells import Cell
from graph.queries.chain_rows import Chain
from graph.queries.compare_rows import CompareCell, Comparison
from graph.queries.network_rows import Member
from graph.queries.paths import Path as Way
from graph.queries.progress_rows import ProgressRow
from loaders.load import load_paths
from policygraph import open_graph
from policygraph.client.answers import Answer
from policygraph.client.graph import Graph

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "questions.md"
SHOWN = 8
LONGEST_QUOTE = 60
CITY_PLAN = "云州市职业教育高质量发展实施方案（2022—2025年）"
PROVINCE_PLAN = "江北省职业教育“十四五”发展规划"
COLLEGE_PLAN = "海棠职业技术学院“十四五”发展规划"
INTRODUCTION = """# Twelve questions

Made by `make questions` from the documents and graphs in `examples/`; do not edit. Each question is asked in the
shell, over HTTP (`policygraph serve`) and in Python (`with open_graph("policygraph.db") as g:`); the three give the
same answer, of which some columns and the first rows are shown. All but one are about an invented province, so that the
sentences may be printed; every row of an answer has them. More: [commands.md](commands.md), [http.md](http.md),
[python.md](python.md).
"""

Table: TypeAlias = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Question:
    """A question, how it is asked, and what is shown of the answer: columns, and rows of an answer's result."""

    title: str
    command: str
    route: str
    parameters: tuple[tuple[str, str], ...]
    call: str
    columns: tuple[str, ...]
    rows: Callable[[Any], Iterable[Sequence[object]]]
    note: str = ""

    @property
    def curl(self) -> str:
        """The call over HTTP."""
        words = [f"curl -G {shlex.quote(f'http://127.0.0.1:8000/api/v1{self.route}')}"]
        words += [f"--data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in self.parameters]
        return " ".join(words)

    def ask(self, graph: Graph) -> Answer[Any, Any]:
        """The answer to the call as the page shows it."""
        answer = eval(self.call, {"g": graph})
        assert isinstance(answer, Answer)
        return answer


def _name(cell: Cell | None) -> str:
    return cell.name if cell else "–"


def _quote(cell: Cell | None) -> str:
    """The first quote of a cell on one line, cut to what a table takes."""
    text = "".join(cell.evidence[0].quote.split()) if cell and cell.evidence else ""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _chain(row: Chain) -> Sequence[object]:
    return row.closeness, _name(row.goal), _name(row.measure), _name(row.actor), _quote(row.actor)


def _task(row: Chain) -> Sequence[object]:
    return _name(row.measure), row.role, _name(row.goal), _quote(row.actor)


def _figures(cell: CompareCell | None) -> str:
    return "; ".join(amount.figure.name for amount in cell.targets) if cell else "–"


def _compared(row: Comparison) -> Sequence[object]:
    return row.indicator.name, *map(_figures, row.cells)


def _first_alone(rows: Iterable[Comparison]) -> Iterator[Sequence[object]]:
    """Indicators with targets of the first column and nothing of the second."""
    return ((row.indicator.name, _figures(row.cells[0])) for row in rows if row.cells[0] and not row.cells[1])


def _step(step: Step) -> Sequence[object]:
    return step.place, step.policy.name, step.relation, "yes" if step.is_loaded else "no", _quote(step.policy)


def _aligned(row: Alignment) -> Sequence[object]:
    return _name(row.goal), _name(row.goal_above), row.value, row.year, _quote(row.goal)


def _left_out(row: Alignment) -> Sequence[object]:
    return _name(row.goal_above), _quote(row.goal_above)


def _progressed(row: ProgressRow) -> Sequence[object]:
    share = "" if row.share is None else f"{row.share:.0%}"
    return row.status, share, _name(row.goal), _name(row.observation), row.formula or "", _quote(row.observation)


def _hops(ways: Iterable[Way]) -> Iterator[Sequence[object]]:
    for number, way in enumerate(ways, start=1):
        names = {node.id: node.name for node in way.nodes}
        for edges in way.hops:
            for edge in edges:
                quote = "".join(edge.evidence[0].quote.split()) if edge.evidence else ""
                yield number, names[edge.source], edge.type, names[edge.target], quote


def _broker(member: Member) -> Sequence[object]:
    return member.name, member.region or "", member.degree, f"{member.betweenness:.3f}"


QUESTIONS = (
    Question(
        "Which measures serve this goal, and who is in charge?",
        "policygraph chains --region 云州市 --indicator 双师型 --closeness sentence --closeness passage",
        "/chains",
        (("region", "云州市"), ("indicator", "双师型"), ("closeness", "sentence"), ("closeness", "passage")),
        'g.chains(region="云州市", indicator="双师型", closeness=["sentence", "passage"])',
        ("closeness", "goal", "measure", "actor", "sentence that names the actor"),
        lambda page: map(_chain, page.items),
        "How near the actor stands to the goal in the text says how far to trust the row.",
    ),
    Question(
        "What is this office in charge of, and towards which numbers?",
        "policygraph chains --actor 云州市人力资源和社会保障局 --region 云州市",
        "/chains",
        (("actor", "云州市人力资源和社会保障局"), ("region", "云州市")),
        'g.chains(actor="云州市人力资源和社会保障局", region="云州市")',
        ("measure", "role", "goal", "sentence that names it"),
        lambda page: map(_task, page.items),
    ),
    Question(
        "Which goals does no measure serve?",
        f"policygraph chains --policy {COLLEGE_PLAN} --gaps measure",
        "/chains",
        (("policy", COLLEGE_PLAN), ("gaps", "measure")),
        f'g.chains(policy="{COLLEGE_PLAN}", gaps="measure")',
        ("goal", "sentence that sets it"),
        lambda page: ((_name(row.goal), _quote(row.goal)) for row in page.items),
        "A plan may set a number and never come back to it; the rules of the reader may also have missed the measure.",
    ),
    Question(
        "Which numbers of the plan is nobody named for?",
        f"policygraph chains --policy {COLLEGE_PLAN} --gaps actor --year-from 2025",
        "/chains",
        (("policy", COLLEGE_PLAN), ("gaps", "actor"), ("year_from", "2025")),
        f'g.chains(policy="{COLLEGE_PLAN}", gaps="actor", year_from=2025)',
        ("goal", "measure", "stands in", "sentence that ties them"),
        lambda page: (
            (_name(row.goal), _name(row.measure), _name(row.actor), _quote(row.measure)) for row in page.items
        ),
        "The issuer of the policy stands in, and the row says that it is implied.",
    ),
    Question(
        "What did one city promise that the other did not?",
        "policygraph compare --region 云州市 --region 清河市 --min-columns 1",
        "/compare",
        (("region", "云州市"), ("region", "清河市"), ("min_columns", "1")),
        'g.compare(region=["云州市", "清河市"], min_columns=1)',
        ("indicator", "云州市 (清河市: nothing)"),
        lambda page: _first_alone(page.items),
        "Shown are the rows whose cell of the second city is empty.",
    ),
    Question(
        "What did two real cities promise of the same things?",
        "policygraph compare --region 温州市 --region 台州市",
        "/compare",
        (("region", "温州市"), ("region", "台州市")),
        'g.compare(region=["温州市", "台州市"])',
        ("indicator", "温州市", "台州市"),
        lambda page: map(_compared, page.items),
        "From the graph of four real documents, which has the figures and their places, not the sentences.",
    ),
    Question(
        "Which goals of the province did nobody take up?",
        f"policygraph cascade {PROVINCE_PLAN} --finding not_taken_up",
        f"/cascade/{PROVINCE_PLAN}",
        (("finding", "not_taken_up"),),
        f'g.cascade("{PROVINCE_PLAN}", finding="not_taken_up")',
        ("goal", "sentence that sets it"),
        lambda page: map(_left_out, page.items),
        "No loaded policy that rests on the province's plan sets a goal with the same indicator.",
    ),
    Question(
        "Where does the city ask for more, or less, than the province?",
        f"policygraph cascade {CITY_PLAN} --finding aligned --value tighter --value looser",
        f"/cascade/{CITY_PLAN}",
        (("finding", "aligned"), ("value", "tighter"), ("value", "looser")),
        f'g.cascade("{CITY_PLAN}", finding="aligned", value=["tighter", "looser"])',
        ("goal", "goal above", "value", "year", "sentence of the city"),
        lambda page: map(_aligned, page.items),
        "Only shares, rates and ratios can be tighter or looser; of amounts the share of the province's is told.",
    ),
    Question(
        "Which higher texts does a college's plan rest on, and are they here?",
        f"policygraph cascade {COLLEGE_PLAN}",
        f"/cascade/{COLLEGE_PLAN}",
        (),
        f'g.cascade("{COLLEGE_PLAN}")',
        ("place", "policy", "relation", "loaded", "sentence that says so"),
        lambda page: map(_step, page.steps),
    ),
    Question(
        "What became of the plan's numbers?",
        f"policygraph progress --policy {COLLEGE_PLAN} --status reached --status on_the_way --status behind",
        "/progress",
        (("policy", COLLEGE_PLAN), ("status", "reached"), ("status", "on_the_way"), ("status", "behind")),
        f'g.progress(policy="{COLLEGE_PLAN}", status=["reached", "on_the_way", "behind"])',
        ("status", "share", "goal", "reported", "formula", "sentence of the report"),
        lambda page: map(_progressed, page.items),
        "On the way is what keeps up with the straight path from the baseline to the target.",
    ),
    Question(
        "How is this company tied to that college?",
        "policygraph path 澜江新材料股份有限公司 清河港口职业学院 --avoid PART_OF",
        "/paths",
        (("from", "澜江新材料股份有限公司"), ("to", "清河港口职业学院"), ("avoid", "PART_OF")),
        'g.paths("澜江新材料股份有限公司", "清河港口职业学院", avoid="PART_OF")',
        ("path", "from", "relation", "to", "sentence"),
        lambda page: _hops(page.items),
    ),
    Question(
        "Who are the brokers?",
        "policygraph network --by betweenness --members",
        "/networks/partnership",
        (("by", "betweenness"),),
        'g.network(by="betweenness")',
        ("name", "place", "partners", "betweenness"),
        lambda network: map(_broker, network.brokers),
        "Betweenness is the share of shortest ways between two others that lead through a node.",
    ),
)


@contextmanager
def examples_loaded(folder: Path) -> Iterator[Path]:
    """A store in the folder with the example documents and graphs, as `make run` loads them."""
    store = folder / "policygraph.db"
    with open_store(str(store)) as opened:
        report = load_paths(opened, [ROOT / "examples" / "documents", ROOT / "examples" / "graphs"])
    for refused in report.refused:
        raise SystemExit(refused.reason)
    yield store


def page(graph: Graph) -> str:
    """The page: every question with its calls and its answer."""
    parts = [_part(number, question, graph) for number, question in enumerate(QUESTIONS, start=1)]
    return "\n".join([INTRODUCTION, *parts])


def _part(number: int, question: Question, graph: Graph) -> str:
    rows = [tuple(map(_cell, row)) for row in question.rows(question.ask(graph).result)]
    more = f"\n… and {len(rows) - SHOWN} more\n" if len(rows) > SHOWN else ""
    calls = f"```sh\n{question.command}\n{question.curl}\n```\n\n```python\n{question.call}\n```\n"
    note = f"{question.note}\n\n" if question.note else ""
    return f"## {number}. {question.title}\n\n{note}{calls}\n{_table(question.columns, rows[:SHOWN])}{more}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def main(file: Path) -> int:
    """Write the page; -> exit status."""
    with (
        tempfile.TemporaryDirectory() as folder,
        examples_loaded(Path(folder)) as store,
        open_graph(str(store)) as graph,
    ):
        file.write_text(page(graph), "utf-8")
    print(file)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE))
    except PolicygraphError as error:
        sys.exit(str(error))
