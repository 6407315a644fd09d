"""Commands that ask, on the example documents."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from policygraph.cli.main import app
from tests.policygraph.running import Run

CITY = "云州市"


def test_help_of_every_command_shows_an_example(run: Run) -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        ran = run(command.callback.__name__, "--help")
        assert ran.status == 0
        assert "Example: policygraph" in ran.out


def test_chains_are_printed_as_a_table(run: Run, loaded: Path) -> None:
    ran = run("chains", "--store", loaded, "--region", CITY, "--indicator", "双师型", "--closeness", "passage")
    assert ran.status == 0
    assert "市教育局 (lead)" in ran.out
    assert "chains" in ran.err


def test_goals_are_printed_by_their_names(run: Run, loaded: Path) -> None:
    asked = ("chains", "--store", loaded, "--comparator", ">=", "--comparator", "~", "--limit", "500")
    names = [row["goal"]["name"] for row in json.loads(run(*asked, "--json").out)["items"]]
    printed = run(*asked).out
    assert {sign for sign in "≥约" if any(sign in name for name in names)} == {*"≥约"}
    assert all(name in printed for name in names)


def test_chains_as_json_have_the_form_of_the_http_answer(run: Run, loaded: Path) -> None:
    answer = json.loads(run("chains", "--store", loaded, "--region", CITY, "--limit", "3", "--json").out)
    assert set(answer) == {"items", "next", "total", "exact", "counts"}
    row = answer["items"][0]
    assert row["policy"]["name"].startswith(CITY)
    assert row["actor"]["evidence"][0]["quote"]


def test_sheets_have_all_rows_with_quotes_beside_the_cells(run: Run, loaded: Path, tmp_path: Path) -> None:
    ran = run("chains", "--store", loaded, "--limit", "1", "--xlsx", tmp_path / "c.xlsx", "--csv", tmp_path / "c.csv")
    assert ran.status == 0
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    total = json.loads(run("chains", "--store", loaded, "--json").out)["total"]
    sheet = load_workbook(tmp_path / "c.xlsx")["chains"]
    assert len(rows) == total == sheet.max_row - 1
    assert [cell.value for cell in sheet[1]] == list(rows[0])
    near = [row for row in rows if row["closeness"] == "sentence"]
    assert near
    assert all(row["goal_quote"] and row["actor_quote"] and row["measure_section"] for row in near)


def test_a_csv_on_standard_output_has_nothing_else_there(run: Run, loaded: Path) -> None:
    ran = run("chains", "--store", loaded, "--region", CITY, "--csv", "-")
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert len({len(row) for row in rows}) == 1
    assert ran.err == ""


def test_rows_with_gaps_can_be_asked_for_alone(run: Run, loaded: Path) -> None:
    rows = json.loads(run("chains", "--store", loaded, "--gaps", "measure", "--json").out)["items"]
    assert rows
    assert all(row["measure"] is None for row in rows)


def test_the_network_of_partners(run: Run, loaded: Path, tmp_path: Path) -> None:
    assert "星渊智能装备有限公司" in run("network", "--store", loaded).out
    network = json.loads(run("network", "--store", loaded, "--format", "json").out)
    assert network["nodes"]
    page = tmp_path / "network.html"
    assert run("network", "--store", loaded, "--format", "html", "-o", page).status == 0
    assert "海棠职业技术学院" in page.read_text("utf-8")


def test_a_table_is_not_written_to_a_file(run: Run, loaded: Path, tmp_path: Path) -> None:
    assert run("network", "--store", loaded, "-o", tmp_path / "t.txt").status == 2


QUESTIONS = [
    ["chains"],
    ["chains", "--group", "region"],
    ["network"],
    ["search", "产业学院"],
    ["stats"],
    ["stats", "--batches"],
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_is_answered_in_files_with_the_same_rows(
    run: Run, loaded: Path, tmp_path: Path, question: list[str]
) -> None:
    ran = run(*question, "--store", loaded, "--csv", tmp_path / "t.csv", "--xlsx", tmp_path / "t.xlsx")
    assert (ran.status, ran.out) == (0, "")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert len(rows) > 1
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert sheet.max_row == len(rows)
    assert json.loads(run(*question, "--store", loaded, "--json").out)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_two_forms_of_one_answer_are_a_mistake(run: Run, loaded: Path, tmp_path: Path, question: list[str]) -> None:
    ran = run(*question, "--store", loaded, "--json", "--csv", tmp_path / "t.csv")
    assert (ran.status, ran.out, list(tmp_path.iterdir())) == (2, "", [])
    assert "without --csv and --xlsx" in ran.err


@pytest.mark.parametrize("also", [["--json"], ["--csv", "-"]])
def test_a_page_is_no_table(run: Run, loaded: Path, also: list[str]) -> None:
    assert run("network", "--store", loaded, "--format", "html", *also).status == 2


def test_a_file_gets_all_that_is_found(run: Run, loaded: Path) -> None:
    total = json.loads(run("search", "职业", "--store", loaded, "--json").out)["total"]
    rows = list(csv.reader(io.StringIO(run("search", "职业", "--store", loaded, "--limit", "1", "--csv", "-").out)))
    assert len(rows) - 1 == total > 1


def test_search_finds_names_and_passages(run: Run, loaded: Path) -> None:
    ran = run("search", "产业学院", "--store", loaded, "--label", "Goal")
    assert "Goal" in ran.out
    answer = json.loads(run("search", "产业学院", "--store", loaded, "--json").out)
    assert answer["total"] >= len(answer["items"]) > 0


def test_search_counts_and_filters_by_facet(run: Run, loaded: Path) -> None:
    ran = run("search", "职业", "--facets", "--level", "municipal", "--store", loaded)
    assert ran.status == 0 and "municipal" in ran.out and "institutional" not in ran.out


@pytest.mark.parametrize("filter_", [("--level", "cty"), ("--kind", "schol"), ("--year", "20x")], ids=str)
def test_a_search_by_a_word_that_there_is_not_is_a_mistake_in_the_usage(
    run: Run, loaded: Path, filter_: tuple[str, str]
) -> None:
    ran = run("search", "职业", *filter_, "--store", loaded)
    assert ran.status == 2 and filter_[0] in ran.err and not ran.out


def test_chains_say_at_which_measure_the_actor_stands_and_of_what_it_is_a_part(run: Run, loaded: Path) -> None:
    ran = run("chains", "--store", loaded, "--measure", "产教融合重点项目", "--closeness", "above")
    assert "市总工会 (lead, at 服务企业职工成长)" in ran.out


def test_measures_of_one_name_are_told_apart_by_their_policies(run: Run, loaded: Path) -> None:
    ran = run("chains", "--store", loaded, "--measure", "主要任务")
    assert ran.is_refused_in_one_line
    assert "主要任务 of 江北省职业教育“十四五”发展规划 (measure:" in ran.err
    assert "主要任务 of 海棠职业技术学院“十四五”发展规划 (measure:" in ran.err


def test_a_network_is_headed_by_what_it_ties(run: Run, loaded: Path) -> None:
    heads = [run("network", kind, "--store", loaded).out.splitlines()[1].split() for kind in ("issuers", "citations")]
    assert heads == [["one", "other", "weight", "kinds"], ["policy", "names", "weight", "relations"]]


def test_counts_leave_out_columns_that_say_nothing(run: Run, loaded: Path) -> None:
    by_class = run("stats", "--by", "class", "--store", loaded).out.splitlines()
    assert by_class[1].split() == ["class", "count"]
    by_year = run("stats", "--by", "year", "--store", loaded).out.splitlines()
    assert by_year[1].split() == ["year", "count", "loaded"] and any(row.split()[:1] == ["-"] for row in by_year)
    assert run("stats", "--by", "issuer", "--store", loaded).out.splitlines()[1].split()[-1] == "id"


def test_goals_of_a_cascade_stand_with_the_policies_that_set_them(run: Run, loaded: Path) -> None:
    ran = run("cascade", "江北省职业教育“十四五”发展规划", "--store", loaded, "--finding", "aligned")
    assert "“双师型”教师占专业课教师比例 ≥85%（2025） (海棠职业技术学院“十四五”发展规划)" in ran.out
    assert "(江北省职业教育“十四五”发展规划)" not in ran.out


def test_counted_chains_say_where_nobody_acts(run: Run, loaded: Path) -> None:
    rows = run("chains", "--store", loaded, "--group", "actor").out.splitlines()
    assert any(row.split()[:2] == ["-", "-"] for row in rows)


def test_stats_count_what_was_loaded(run: Run, loaded: Path) -> None:
    answer = json.loads(run("stats", "--store", loaded, "--json").out)
    assert answer["documents"] == 5
    table = run("stats", "--store", loaded, "--batches")
    assert "清河市现代职业教育体系建设行动计划" in table.out
    assert "5 documents" in table.out


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv", "neo4j-admin", "html"])
def test_an_export_is_the_same_each_time(run: Run, loaded: Path, tmp_path: Path, format_: str) -> None:
    for name in ("one.zip", "two.zip"):
        assert run("export", "--store", loaded, "--format", format_, "-o", tmp_path / name).status == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    if format_ == "csv":
        assert set(zipfile.ZipFile(tmp_path / "one.zip").namelist()) == {"nodes.csv", "edges.csv"}


def test_a_zip_of_tables_is_not_written_under_the_name_of_a_table(run: Run, loaded: Path, tmp_path: Path) -> None:
    for format_ in ("csv", "neo4j-admin"):
        ran = run("export", "--store", loaded, "--format", format_, "-o", tmp_path / "x.csv")
        assert (ran.status, list(tmp_path.iterdir())) == (2, [])
        assert "end the name in .zip" in ran.err


def test_a_part_is_smaller_than_the_whole(run: Run, loaded: Path, tmp_path: Path) -> None:
    run("export", "--store", loaded, "-o", tmp_path / "whole.json")
    run("export", "--store", loaded, "--around", "澜江新材料股份有限公司", "--depth", "1", "-o", tmp_path / "part.json")
    whole, part = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("whole.json", "part.json"))
    assert 0 < len(part["nodes"]) < len(whole["nodes"])


def test_a_part_gives_way_to_the_documents_it_is_of(run: Run, loaded: Path, examples: Path, tmp_path: Path) -> None:
    part, copy = tmp_path / "part.jsonl", tmp_path / "copy.db"
    run("export", "--store", loaded, "--format", "jsonl", "--around", "星渊智能装备有限公司", "-o", part)
    assert run("load", part, "--store", copy).status == 0
    assert "unchanged" not in run("load", examples, "--store", copy).out
    assert "unchanged" in run("load", part, "--store", copy).out
    for store, name in ((loaded, "alone.jsonl"), (copy, "after.jsonl")):
        run("export", "--store", store, "--format", "jsonl", "-o", tmp_path / name)
    assert (tmp_path / "alone.jsonl").read_bytes() == (tmp_path / "after.jsonl").read_bytes()


def test_an_export_without_text_has_no_sentence_of_the_documents(run: Run, loaded: Path, tmp_path: Path) -> None:
    sentence = "把职业教育摆在与普通教育同等重要的位置"
    run("export", "--store", loaded, "--format", "jsonl", "-o", tmp_path / "with.jsonl")
    run("export", "--store", loaded, "--format", "jsonl", "--without-text", "-o", tmp_path / "without.jsonl")
    assert sentence in (tmp_path / "with.jsonl").read_text("utf-8")
    assert sentence not in (tmp_path / "without.jsonl").read_text("utf-8")
    refused = run("export", "--store", loaded, "--format", "html", "--without-text", "-o", tmp_path / "x.html")
    assert refused.status == 2


def test_a_dump_is_read_back_to_the_same_graph(run: Run, loaded: Path, tmp_path: Path) -> None:
    run("export", "--store", loaded, "--format", "jsonl", "-o", tmp_path / "dump.jsonl")
    assert run("load", tmp_path / "dump.jsonl", "--store", tmp_path / "back.db").status == 0
    for store, name in ((loaded, "one.json"), (tmp_path / "back.db", "two.json")):
        run("export", "--store", store, "-o", tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_loading_twice_in_any_order_and_unloading_leaves_the_same_graph(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    one, other = examples / "yunzhou-plan.txt", examples / "qinghe-plan.md"
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    assert run("load", one, one, "--store", a).status == 0
    assert "unchanged" in run("load", one, "--store", a).out
    run("load", other, "--store", b)
    run("load", one, "--store", b)
    assert run("unload", other, "--store", b).status == 0
    for store, name in ((a, "a.json"), (b, "b.json")):
        run("export", "--store", store, "-o", tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_a_dump_is_unloaded_by_the_ids_that_are_listed(run: Run, loaded: Path, tmp_path: Path) -> None:
    run("export", "--store", loaded, "--format", "jsonl", "-o", tmp_path / "dump.jsonl")
    copy = tmp_path / "copy.db"
    run("load", tmp_path / "dump.jsonl", "--store", copy)
    listed = json.loads(run("stats", "--batches", "--store", copy, "--json").out)
    assert [set(batch) for batch in listed] == [{"id", "title", "kind", "reader", "text", "sources"}] * 5
    assert run("unload", listed[0]["id"], listed[1]["title"], "--store", copy).status == 0
    assert [b["id"] for b in json.loads(run("stats", "--batches", "--store", copy, "--json").out)] == [
        b["id"] for b in listed[2:]
    ]


def test_unloading_takes_a_title_too(run: Run, examples: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    run("load", examples / "haitang-plan.txt", "--store", store)
    assert run("unload", "海棠职业技术学院“十四五”发展规划", "--store", store).status == 0
    assert json.loads(run("stats", "--store", store, "--json").out)["claims"] == 0


def test_doctor_finds_nothing_broken(run: Run, loaded: Path) -> None:
    ran = run("doctor", "--store", loaded, "--json")
    assert ran.status == 0, ran.out
    states = {check["check"]: check["state"] for check in json.loads(ran.out)}
    assert states["loaders/names/names.npz"] == "ok"
    assert states[f"store {loaded}"] == "ok"


def test_doctor_names_a_broken_store(run: Run, tmp_path: Path) -> None:
    (path := tmp_path / "letter.db").write_bytes(b"no store " * 1000)
    ran = run("doctor", "--store", path)
    assert ran.status == 1
    assert "broken" in ran.out


def test_the_schema_is_printed_in_both_forms(run: Run, root: Path) -> None:
    assert "$defs" in json.loads(run("schema").out)
    assert run("schema", "--format", "markdown").out == (root / "docs" / "ontology.md").read_text("utf-8")


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out.startswith("policygraph ")) == (0, True)


def test_unloading_one_of_two_names_leaves_the_document_to_the_other(run: Run, examples: Path, tmp_path: Path) -> None:
    store, copy = tmp_path / "graph.db", tmp_path / "copy.txt"
    plan = tmp_path / "plan.txt"
    for path in (plan, copy):
        path.write_bytes((examples / "haitang-plan.txt").read_bytes())
    assert run("load", plan, "--store", store).status == 0
    alone = run("export", "--store", store, "--format", "json").out
    assert run("load", copy, "--store", store).status == 0
    ran = run("unload", copy, "--store", store)
    assert (ran.status, "still there from" in ran.err) == (0, True)
    assert run("export", "--store", store, "--format", "json").out == alone
    assert run("unload", plan, plan, "--store", store).status == 0
    assert "Document" not in run("export", "--store", store, "--format", "json").out
