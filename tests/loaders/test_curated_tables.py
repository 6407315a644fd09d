"""Curated tables: rows become facts of origin curated, at the ids that documents have, and wrong rows are named."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from graph import ids
from graph.errors import RefusedInput
from graph.facts import BatchKind
from graph.open import open_store
from graph.queries.find import find_node
from graph.review.deciding import decide
from graph.review.decisions import Verdict
from graph.review.recording import record
from graph.review.tags import tagged
from graph.store import Store, Written
from loaders.load import load_paths
from loaders.report import LoadReport
from loaders.tables.columns import CLASS, EVIDENCE, FOLDED, INFERRED, LABEL, TIES, UNDER
from ontology.values import Origin
from tests import small_graph as small

PLAN = "云州市职业教育提质行动方案"
COLLEGE, FIRM, CITY = "海棠职业技术学院", "星渊智能装备有限公司", "云州市"
Load = Callable[..., LoadReport]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "graph.db")) as opened:
        yield opened


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Load:
    """Writes tables, given as lines of CSV by file name, and loads them together."""

    def loaded(**tables: str) -> LoadReport:
        paths = []
        for name, text in tables.items():
            path = tmp_path / f"{name}.csv"
            path.write_text(text, "utf-8")
            paths.append(path)
        return load_paths(store, paths)

    return loaded


def table(head: str, *rows: str) -> str:
    return "\n".join((head, *rows)) + "\n"


NODES = table(
    "class,name,policy,indicator,comparator,value,unit,year,parent,subject,kind",
    "Region,江北省,,,,,,,,,",
    "City,云州市,,,,,,,江北省,,",
    f"Policy,{PLAN},,,,,,,,,plan",
    f"Goal,,{PLAN},双师型教师占比,>=,60,%,2025,,,",
    f"Measure,深化产教融合,{PLAN},,,,,,,,task",
    f"Observation,,{PLAN},双师型教师占比,,58.5,%,2024,,{COLLEGE},",
    f"Institution,{COLLEGE},,,,,,,,,school",
    f"Enterprise,{FIRM},,,,,,,,,",
)
EDGES = table(
    "type,source,target,role,activity",
    f"INVOLVES,深化产教融合,{COLLEGE},lead,",
    "ADVANCES,深化产教融合,双师型教师占比 ≥60%（2025）,,",
    f"PARTNERS_WITH,{COLLEGE},{FIRM},,共建产业学院",
)


def edges_of(store: Store) -> set[tuple[str, str, str]]:
    edges = store.list_edges(limit=100_000)
    named = store.nodes({end for edge in edges for end in (edge.source, edge.target)})
    return {(named[edge.source].name, edge.type, named[edge.target].name) for edge in edges}


def test_a_row_is_a_node_or_an_edge(store: Store, load: Load) -> None:
    report = load(nodes=NODES, edges=EDGES)
    assert [(done.written, done.nodes, done.edges) for done in report.loaded] == [
        (Written.ADDED, 9, 7),
        (Written.ADDED, 0, 3),
    ]
    assert edges_of(store) == {
        ("云州市", "PART_OF", "江北省"),
        (PLAN, "SETS", "双师型教师占比 ≥60%（2025）"),
        (PLAN, "CONTAINS", "深化产教融合"),
        (PLAN, "REPORTS", "双师型教师占比 58.5%（2024）"),
        ("双师型教师占比 58.5%（2024）", "ABOUT", COLLEGE),
        ("双师型教师占比 ≥60%（2025）", "MEASURED_BY", "双师型教师占比"),
        ("双师型教师占比 58.5%（2024）", "MEASURED_BY", "双师型教师占比"),
        ("深化产教融合", "INVOLVES", COLLEGE),
        ("深化产教融合", "ADVANCES", "双师型教师占比 ≥60%（2025）"),
        *{(COLLEGE, "PARTNERS_WITH", FIRM), (FIRM, "PARTNERS_WITH", COLLEGE)} & edges_of(store),
    }


def test_ids_are_those_of_documents(store: Store, load: Load) -> None:
    load(nodes=NODES)
    policy, province = ids.policy_id(PLAN), ids.place_id("江北省")
    goal = ids.goal_id(policy, indicator="双师型教师占比", comparator=">=", value=60, unit="%", year=2025)
    wanted = {
        policy,
        province,
        goal,
        ids.place_id("云州市", parent=province),
        ids.organization_id(COLLEGE),
        ids.measure_id(policy, ["深化产教融合"]),
    }
    assert store.nodes(wanted).keys() == wanted


def test_facts_are_curated_and_their_row_is_named(store: Store, load: Load) -> None:
    load(nodes=NODES)
    (claimed,) = store.node_claims(ids.organization_id(COLLEGE))
    assert (claimed.claim.rule, claimed.header.kind, claimed.header.title) == ("row 8", BatchKind.CURATED, "nodes.csv")
    node = store.nodes([ids.organization_id(COLLEGE)])[ids.organization_id(COLLEGE)]
    assert node.properties["origin"] == Origin.CURATED and node.evidence == ()


def test_a_place_of_the_register_has_its_code(store: Store, load: Load) -> None:
    load(nodes=table("class,name", "City,杭州市"))
    assert store.list_nodes()[0].id == "place:330100"


def test_a_name_that_several_places_of_the_register_have_needs_a_code(load: Load) -> None:
    (refused,) = load(nodes=table("class,name", "City,鼓楼区")).refused
    assert "column code" in refused.reason and "320106 in 南京市" in refused.reason
    assert not load(nodes=table("class,name,code", "City,鼓楼区,320106")).refused


def test_the_same_table_twice_changes_nothing(store: Store, load: Load) -> None:
    load(nodes=NODES, edges=EDGES)
    version = store.version
    report = load(edges=EDGES, nodes=NODES)
    assert {done.written for done in report.loaded} == {Written.UNCHANGED}
    assert store.version == version


def test_a_changed_table_replaces_what_it_said(store: Store, load: Load) -> None:
    load(nodes=table("class,name", f"Institution,{COLLEGE}", f"Enterprise,{FIRM}"))
    report = load(nodes=table("class,name,kind", f"Institution,{COLLEGE},school"))
    assert report.loaded[0].written is Written.REPLACED
    assert [(node.name, node.properties.get("kind")) for node in store.list_nodes()] == [(COLLEGE, "school")]


def test_unloading_takes_back_what_the_table_said(store: Store, load: Load) -> None:
    store.write(small.plan())
    before = (store.list_nodes(), store.list_edges())
    load(nodes=NODES, edges=EDGES)
    for header in store.batches():
        if header.kind is BatchKind.CURATED:
            store.retract(header.id)
    assert (store.list_nodes(), store.list_edges()) == before


def test_an_edge_to_a_node_of_a_document_leaves_the_node_as_the_document_has_it(store: Store, load: Load) -> None:
    store.write(small.plan())
    college = next(node for node in store.list_nodes("Institution") if node.name == small.COLLEGE)
    report = load(
        nodes=table("class,name", f"Enterprise,{FIRM}"),
        edges=table("type,source,target", f"PARTNERS_WITH,{FIRM},{small.COLLEGE}"),
    )
    assert not report.refused
    after = store.nodes([college.id])[college.id]
    assert after.properties == college.properties and after.evidence == college.evidence


def test_a_row_states_the_node_of_the_store_that_has_its_name(store: Store, load: Load) -> None:
    store.write(small.plan())
    college = next(node for node in store.list_nodes("Institution") if node.name == small.COLLEGE)
    load(nodes=table("class,name,aliases", f"Institution,{small.COLLEGE},海棠学院|海棠职院"))
    assert set(store.nodes([college.id])[college.id].properties["aliases"]) >= {"海棠学院", "海棠职院"}  # type: ignore[arg-type]


def test_curated_values_count_before_those_of_documents(store: Store, load: Load) -> None:
    store.write(small.plan())
    goal = store.list_nodes("Goal")[0]
    load(nodes=table("class,id,name,value", f"Goal,{goal.id},{goal.name},77"))
    assert store.nodes([goal.id])[goal.id].properties["value"] == 77


def test_what_only_a_table_said_that_is_replaced_can_not_be_named(store: Store, load: Load) -> None:
    both = table("class,name", f"Institution,{COLLEGE}", f"Enterprise,{FIRM}")
    edges = table("type,source,target", f"PARTNERS_WITH,{COLLEGE},{FIRM}")
    load(nodes=both, edges=edges)
    version = store.version
    report = load(nodes=table("class,name", f"Institution,{COLLEGE}"), edges=edges)
    assert [done.written for done in report.loaded] == [Written.REPLACED]
    assert f"“{FIRM}”" in report.refused[0].reason and store.version == version + 1
    assert not load(nodes=both, edges=edges).refused


def test_rows_may_name_rows_behind_them_in_long_chains_and_circles_end(store: Store, load: Load) -> None:
    chain = [f"Region,第{number}区,第{number + 1}区" for number in range(3_000)]
    assert not load(nodes=table("class,name,parent", *chain, "Region,第3000区,")).refused
    assert len(store.list_edges("PART_OF", limit=10_000)) == 3_000
    (refused,) = load(circle=table("class,name,parent", "Region,甲区,乙区", "Region,乙区,甲区")).refused
    assert "column parent: no Region “乙区”" in refused.faults[0]


def two_offices(store: Store, load: Load) -> list[str]:
    """Ids of two bodies of one name."""
    ends = [ids.organization_id("教务处", scope=scope) for scope in ("a", "b")]
    load(offices=table("class,id,name", *(f"Institution,{end},教务处" for end in ends)))
    return ends


def test_a_name_that_fits_several_nodes_is_refused_with_the_candidates(store: Store, load: Load) -> None:
    offices = two_offices(store, load)
    (refused,) = load(edges=table("type,source,target", "LOCATED_IN,教务处,云州市")).refused
    assert "row 2, column source: “教务处” fits 2 nodes" in refused.reason
    assert all(office in refused.reason for office in offices)


def test_a_row_whose_name_fits_several_nodes_of_the_store_needs_an_id(store: Store, load: Load) -> None:
    offices = two_offices(store, load)
    (refused,) = load(more=table("class,name,kind", "Institution,教务处,school")).refused
    assert "row 2, column id: it is empty" in refused.reason and offices[0] in refused.reason


@pytest.mark.parametrize(
    ("head", "row", "words"),
    [
        ("class,name", "Town,云州市", ["column class", "“Town”", "City"]),
        ("class,name", "Organization,教育局", ["column class", "Institution", "Enterprise"]),
        ("class,name", "Institution,", ["column name", "empty"]),
        ("class,name,kind", "Institution,学院,collge", ["column kind", "“collge”", "'school'"]),
        ("class,name,year", "Enterprise,公司,2025", ["column year", "may have name, aliases"]),
        ("class,id,name", "Institution,policy:1,学院", ["column id", "organization:"]),
        ("class,id,name", "Institution,organization:1,学院", ["column id", "organization:1"]),
        ("class,name,policy", "Goal,目标,", ["column policy", "empty"]),
        ("class,name,policy", "Goal,目标,《无此规划》", ["column policy", "no Policy", "add a row"]),
        ("class,indicator,value", "Goal,占比,60%", ["column value", "“60%”", "column unit"]),
        ("class,indicator,value,year", "Goal,占比,60,2025年", ["column year", "“2025年”", "integer"]),
        ("class,name,issued_on", "Policy,规划,2021-5", ["column issued_on", "2021-05"]),
        ("class,name,loaded", "Policy,规划,大概", ["column loaded", "“大概”"]),
        ("class,name,value", "Observation,数,99999999999999999999", ["column value", "“9999"]),
        ("class,name,parent", "Enterprise,公司,集团", ["column parent", "Enterprise has none"]),
        ("class,name,parent", "Region,甲省,甲省", ["column parent"]),
        ("class,name,under", "Policy,规划,标题", ["column under", "Measure"]),
        ("class,name,evidence", "Policy,规划,[{]", ["column evidence", "export"]),
        ("class,name,inferred", "Policy,规划,year", ["column inferred", "year"]),
        ("class,name,aliases", 'Policy,规划,"[1]"', ["column aliases", "A|B"]),
        ("class,name", "Document,文件", ["column id", "Document"]),
    ],
)
def test_a_wrong_row_is_named_with_column_and_what_is_allowed(
    store: Store, load: Load, head: str, row: str, words: Sequence[str]
) -> None:
    right = f"Institution,{COLLEGE}" if head.startswith("class,name") else ""
    (refused,) = load(nodes=table(head, right, row)).refused
    assert "nodes.csv: nothing of it was stored: row 3, " in refused.reason and "\n" not in refused.reason
    assert [word for word in words if word not in refused.reason] == []
    assert store.version == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"KNOWS,{COLLEGE},{FIRM},", ["column type", "“KNOWS”", "PARTNERS_WITH"]),
        (f"PARTNERS_WITH,,{FIRM},", ["column source", "empty"]),
        (f"PARTNERS_WITH,海棠学院,{FIRM},", ["column source", "“海棠学院”"]),
        (f"PARTNERS_WITH,{COLLEGE},{COLLEGE},", ["column target", "same node"]),
        (f"LOCATED_IN,{COLLEGE},{FIRM},", ["column target", "no Region"]),
        (f"INVOLVES,深化产教融合,{COLLEGE},", ["column role", "empty"]),
        (f"INVOLVES,深化产教融合,{COLLEGE},boss", ["column role", "“boss”", "'lead'"]),
        ("SETS,policy:000000000000000000000000,goal:1,", ["column source", "neither in these tables nor in the store"]),
        (f"CONTAINS,{ids.organization_id(COLLEGE)},深化产教融合,", ["column source", "of class Institution", "Policy"]),
    ],
)
def test_a_wrong_edge_is_named_too(load: Load, row: str, words: Sequence[str]) -> None:
    (refused,) = load(nodes=NODES, edges=table("type,source,target,role", row)).refused
    assert "edges.csv: nothing of it was stored: row 2, " in refused.reason
    assert [word for word in words if word not in refused.reason] == []


def test_all_wrong_rows_are_told_at_once(load: Load) -> None:
    (refused,) = load(nodes=table("class,name", "Town,甲", f"Institution,{COLLEGE}", "Town,乙")).refused
    assert [fault[:5] for fault in refused.faults] == ["row 2", "row 4"] and "(and 1 more)" in refused.reason


def test_a_fault_is_one_line_whatever_the_cell_holds(load: Load) -> None:
    (refused,) = load(nodes=table("class,name,kind", '"Institution",学院,"a\nb\t\u2028c"')).refused
    assert "“a b c”" in refused.reason and refused.reason.isprintable()


def test_a_fact_that_stands_there_twice_is_refused(load: Load) -> None:
    (refused,) = load(nodes=table("class,name", f"Institution,{COLLEGE}", f"Institution,{COLLEGE}")).refused
    assert "row 3" in refused.reason and "same node as row 2" in refused.reason
    (refused,) = load(nodes=NODES, edges=EDGES + EDGES.splitlines()[1] + "\n").refused
    assert "row 5" in refused.reason and "same edge as row 2" in refused.reason


def test_a_table_that_names_nodes_of_a_refused_one_is_refused_with_it(store: Store, load: Load) -> None:
    wrong_edge = table("type,source,target", f"LOCATED_IN,{COLLEGE},云州市", "KNOWS,甲,乙")
    right_edge = table("type,source,target", f"PARTNERS_WITH,{COLLEGE},{FIRM}")
    report = load(nodes=NODES + "Town,甲,,,,,,,,,\n", wrong=wrong_edge, right=right_edge)
    assert [refused.path.name for refused in report.refused] == ["nodes.csv", "right.csv", "wrong.csv"]
    assert "it names nodes of nodes.csv, which is refused" in report.refused[1].reason
    assert store.version == 0


def test_a_folder_does_not_load_its_tables(store: Store, tmp_path: Path, examples: Path) -> None:
    (tmp_path / "nodes.csv").write_text(NODES, "utf-8")
    (tmp_path / "plan.txt").write_bytes(next(examples.glob("*.txt")).read_bytes())
    report = load_paths(store, [tmp_path])
    assert [path.name for path in report.skipped if path.suffix == ".csv"] == ["nodes.csv"]
    assert not any(header.kind is BatchKind.CURATED for header in store.batches())


def test_documents_csv_is_no_table_of_claims(store: Store, tmp_path: Path) -> None:
    (tmp_path / "documents.csv").write_text("file,title\n", "utf-8")
    (refused,) = load_paths(store, [tmp_path / "documents.csv"]).refused
    assert "load its folder" in refused.reason


def test_what_was_judged_of_an_export_is_told_and_not_taken(store: Store, load: Load) -> None:
    report = load(nodes=table("class,name,review,origin", f"Institution,{COLLEGE},confirmed,document"))
    assert report.notes == ["nodes.csv: review not taken: that is said by a review"]
    (node,) = store.list_nodes()
    assert (node.properties["review"], node.properties["origin"]) == ("unreviewed", "curated")


def test_tags_of_a_row_are_put_on_its_node_and_go_with_the_table(store: Store, load: Load) -> None:
    load(nodes=table("class,name,tags", f"Institution,{COLLEGE},重点 | 待  核|重点", f"City,{CITY},"))
    assert [(one.tag, one.name) for one in tagged(store)] == [("待 核", COLLEGE), ("重点", COLLEGE)]
    (college,) = store.list_nodes("Institution")
    with pytest.raises(RefusedInput, match=r"its tag “重点” is said by nodes\.csv; change that"):
        decide(store, Verdict.UNTAG, college.id, by="王", tags=["重点"])
    record(store, decide(store, Verdict.TAG, college.id, by="王", tags=["第二批"]))
    load(nodes=table("class,name", f"Institution,{COLLEGE}"))
    assert [one.tag for one in tagged(store)] == ["第二批"]


def test_tags_of_a_table_go_with_a_merged_node(store: Store, load: Load) -> None:
    load(nodes=table("class,name,tags", f"Institution,{COLLEGE},重点", "Institution,海棠职院,样本"))
    into, old = (find_node(store, name).id for name in (COLLEGE, "海棠职院"))
    record(store, decide(store, Verdict.MERGE, old, by="王", into=into))
    assert [(one.tag, one.id) for one in tagged(store)] == [("样本", into), ("重点", into)]


def test_tags_that_nobody_can_read_are_refused(store: Store, load: Load) -> None:
    report = load(
        nodes=table("class,name,tags", f"City,{CITY},{'长' * 201}", f"City,乙市,{'|'.join(map(str, range(51)))}")
    )
    first, second = report.refused[0].faults
    assert first.startswith("row 2, column tags: “长长") and first.endswith("is too long; give at most 200 characters")
    assert second == "row 3, column tags: 51 tags; give at most 50"


def test_ten_thousand_rows_load(store: Store, tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["class", "name"])
    writer.writerows(("Enterprise", f"云州{number}装备有限公司") for number in range(10_000))
    (tmp_path / "many.csv").write_text(out.getvalue(), "utf-8")
    assert load_paths(store, [tmp_path / "many.csv"]).loaded[0].nodes == 10_000
    again = load_paths(store, [tmp_path / "many.csv"])
    assert again.loaded[0].written is Written.UNCHANGED


def test_the_example_tables_join_the_example_documents(store: Store, examples: Path) -> None:
    load_paths(store, [examples])
    before = len(store.list_nodes("Institution"))
    report = load_paths(store, [examples.parent / "tables" / name for name in ("nodes.csv", "edges.csv")])
    assert not report.refused
    assert len(store.list_nodes("Institution")) == before + 1
    assert (COLLEGE, "PARTNERS_WITH", "云栖数控机床有限公司") in edges_of(store) | {
        (target, type_, source) for source, type_, target in edges_of(store)
    }


def test_every_column_of_its_own_is_documented(root: Path) -> None:
    page = (root / "docs" / "tables.md").read_text("utf-8")
    own = (*TIES, *FOLDED, CLASS, LABEL, EVIDENCE, INFERRED, UNDER, "id", "source_class", "target_class")
    assert [column for column in own if f"`{column}`" not in page] == []
