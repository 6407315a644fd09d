"""`review` and `tag` in the shell, and tables of decisions."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.open import open_store
from tests.graph.judging import plan, world
from tests.policygraph.running import Run

GOAL = "goal:a"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a policy of three goals and three schools."""
    path = tmp_path / "plan.db"
    with open_store(str(path)) as opened:
        opened.write(plan("a", "b", "c"))
        opened.write(world("a", "b", "c"))
    monkeypatch.setenv("POLICYGRAPH_STORE", str(path))
    monkeypatch.setenv("POLICYGRAPH_REVIEWER", "王")
    return path


def decisions(run: Run) -> list[dict[str, object]]:
    """All decisions, the latest first."""
    ran = run("review", "decisions", "--json")
    assert ran.status == 0
    items: list[dict[str, object]] = json.loads(ran.out)["items"]
    return items


def properties(store: Path, node: str) -> dict[str, object]:
    """What a node says."""
    with open_store(str(store)) as opened:
        return dict(opened.nodes([node])[node].properties)


def test_decisions_are_made_listed_and_taken_back(run: Run, store: Path) -> None:
    ran = run("review", "correct", GOAL, "--set", "value=70", "--set", "unit=%", "--note", "看原文")
    assert (ran.status, ran.out) == (0, "")
    assert "correct: Goal a (goal:a), decision batch:" in ran.err
    assert properties(store, GOAL)["value"] == 70
    assert run("review", "confirm", "goal:b", "goal:c", "--by", "李").status == 0
    found = decisions(run)
    assert [(one["verdict"], one["by"]) for one in found] == [("confirm", "李"), ("confirm", "李"), ("correct", "王")]
    assert found[2]["changes"] == {"unit": "%", "value": 70}
    assert "看原文" in run("review", "decisions", "--verdict", "correct").out
    ran = run("review", "withdraw", str(found[2]["id"]))
    assert ran.err == "withdrawn: correct Goal a by 王\n"
    assert properties(store, GOAL)["value"] == 60


def test_a_rejected_fact_is_not_found_unless_asked_for(run: Run, store: Path) -> None:
    assert run("review", "reject", "organization:b").status == 0
    assert "organization:b" not in run("search", "b").out
    assert "organization:b" in run("search", "b", "--rejected").out
    export = run("export", "-o", "-")
    assert '"review":"rejected"' in export.out


def test_nodes_are_merged_by_name_and_split_by_their_old_id(run: Run, store: Path) -> None:
    assert run("review", "merge", "organization:b", "organization:a").status == 0
    assert properties(store, "organization:a")["aliases"] == ["b"]
    assert run("review", "confirm", "organization:b").err.startswith("confirm: Institution a (organization:a)")
    assert run("review", "split", "organization:b").err == "withdrawn: merge Institution b by 王\n"
    assert run("review", "split", "organization:b").is_refused_in_one_line


def test_tags_are_put_on_listed_and_taken_off(run: Run, store: Path) -> None:
    assert run("tag", "add", "星渊", "重点", "待核").status == 0
    assert run("tag", "remove", "organization:x", "待核").status == 0
    listed = json.loads(run("tag", "list", "--json").out)
    assert listed == [{"tag": "重点", "class": "Enterprise", "name": "星渊", "id": "organization:x"}]
    assert "星渊" in run("tag", "list", "--tag", "重点").out
    assert "星渊" not in run("tag", "list", "--tag", "待核").out
    assert "星渊" in run("search", "星渊", "--tag", "重点").out
    assert "星渊" not in run("search", "星渊", "--tag", "待核").out
    assert run("tag", "remove", "organization:x", "待核").is_refused_in_one_line


@pytest.mark.parametrize(
    "arguments",
    [
        ("review", "confirm", "goal:none-of-that"),
        ("review", "correct", GOAL, "--set", "year=soon"),
        ("review", "merge", "organization:a", "organization:x"),
        ("review", "withdraw", "batch:1"),
        ("review", "confirm", GOAL, "--by", " "),
        ("review", "list", "--policy", "没有的规划"),
        ("review", "apply", "missing.csv"),
        ("tag", "add", "edge:1", "重点"),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(run: Run, store: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).is_refused_in_one_line
    assert decisions(run) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("review", "correct", GOAL, "--set", "value"),
        ("review", "correct", GOAL, "--set", "colour=red"),
        ("review", "list", "--kind", "Zeal"),
        ("review", "decisions", "--verdict", "perhaps"),
    ],
)
def test_a_mistake_in_the_usage_is_told_as_one(run: Run, store: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).status == 2


def filled(file: Path, rows: dict[str, dict[str, str]], *, encoding: str = "utf-8-sig") -> None:
    """Fill in rows of a prefilled table, by the id of the fact, and save it as a spreadsheet does."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        table = list(csv.DictReader(opened))
    for row in table:
        row |= rows.get(row["id"], {})
    with file.open("w", encoding=encoding, newline="") as opened:
        writer = csv.DictWriter(opened, list(table[0]))
        writer.writeheader()
        writer.writerows(table)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_table_that_was_filled_in_is_recorded_once(run: Run, store: Path, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "review.csv"
    assert run("review", "list", "--csv", str(file)).status == 0
    rows = {
        GOAL: {"verdict": "更正", "changes": "value=70；unit＝万人", "note": "=1+1"},
        "goal:b": {"verdict": "confirm", "tags": "重点; 待核"},
        "goal:c": {"verdict": "Reject"},
        "policy:规划0": {"tags": "重点"},
    }
    filled(file, rows, encoding=encoding)
    ran = run("review", "apply", str(file))
    assert (ran.status, ran.err) == (0, "recorded: 5 decisions\n")
    found = properties(store, GOAL)
    assert (found["value"], found["unit"]) == (70, "万人")
    assert properties(store, "goal:b")["tags"] == ["待核", "重点"]
    assert properties(store, "goal:c")["review"] == "rejected"
    assert next(one["note"] for one in decisions(run) if one["verdict"] == "correct") == "=1+1"
    assert run("review", "apply", str(file)).err == "recorded: 0 decisions, 5 were there\n"
    assert "goal:" not in run("review", "list", "--kind", "Goal").out


def test_a_worksheet_can_be_filled_in_as_well(run: Run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.xlsx"
    assert run("review", "list", "--kind", "Goal", "--xlsx", str(file)).status == 0
    book = load_workbook(file)
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[head.index("verdict")].value = "confirm"
    book.save(file)
    assert run("review", "apply", str(file)).err == "recorded: 3 decisions\n"


def test_a_value_is_taken_away_by_command_and_by_table(run: Run, store: Path, tmp_path: Path) -> None:
    assert run("review", "correct", "goal:a", "--set", "value=").status == 0
    (tmp_path / "review.csv").write_text("id,verdict,changes\ngoal:b,correct,value=;year=2030\n", "utf-8")
    assert run("review", "apply", str(tmp_path / "review.csv")).err == "recorded: 1 decision\n"
    rows = json.loads(run("chains", "--json").out)["items"]
    stated = {row["goal"]["id"]: row["goal"]["properties"] for row in rows}
    assert "value" not in stated["goal:a"] and "value" not in stated["goal:b"]
    assert stated["goal:b"]["year"] == 2030 and stated["goal:c"]["value"] == 60


def test_each_faulty_row_is_named_and_nothing_is_recorded(run: Run, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.csv"
    lines = (
        "id,verdict,changes,into,tags",
        "goal:a,confirm,,,",
        "goal:none,confirm,,,",
        "goal:b,confrim,,,",
        "goal:b,correct,value,,",
        "goal:b,,year=2030,,",
        ",confirm,,,",
        "organization:a,merge,,organization:x,",
        'goal:c,correct,"{""year"": ""soon""}",,',
        "goal:c,correct,{,,",
        ",,,,",
    )
    file.write_text("\n".join(lines), "utf-8")
    ran = run("review", "apply", str(file))
    named = [line.partition(": ")[2].partition(": ")[0] for line in ran.err.splitlines()[:-1]]
    assert (ran.status, named) == (1, [f"review.csv, row {n}" for n in range(3, 11)])
    assert "did you mean confirm?" in ran.err
    assert ran.err.splitlines()[-1].endswith(
        "8 faulty rows, nothing was recorded; mend the table, or give --keep-going"
    )
    assert decisions(run) == []
    ran = run("review", "apply", str(file), "--keep-going")
    assert (ran.status, ran.err.splitlines()[-1]) == (1, "recorded: 1 decision")
    assert len(decisions(run)) == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("review.txt", b"id,verdict\n", "is a .csv, .tsv or .xlsx file"),
        ("review.csv", b"id,name\ngoal:a,a\n", "no columns id and verdict"),
        ("review.csv", b"", "the file is empty"),
        ("review.xlsx", b"PK\x03\x04nonsense", "review.xlsx"),
        ("review.csv", b'id,verdict\n"goal:a,confirm\n', "no proper CSV"),
    ],
)
def test_a_file_that_is_no_table_of_decisions_is_refused(
    run: Run, store: Path, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    ran = run("review", "apply", str(file))
    assert ran.is_refused_in_one_line
    assert says in ran.err


def test_a_decision_whose_document_was_unloaded_is_detached(run: Run, store: Path) -> None:
    assert run("review", "confirm", GOAL).status == 0
    assert run("review", "detached").err == "0 of 0 decisions\n"
    assert run("unload", "batch:d0").status == 0
    assert "detached: its fact is not there" in run("review", "detached").out
