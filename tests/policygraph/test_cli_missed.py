"""`load` says what it did not understand, and lists it on demand."""

import json
from pathlib import Path

import pytest

from tests.loaders.test_load import PLAN
from tests.policygraph.running import Run

MISSED = "2023年对评为省级基地的学校一次性奖励50万元。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    (made / "plan.txt").write_text(f"{PLAN}{MISSED}选用《电工技术》作为教材。\n", encoding="utf-8")
    (made / "weather.txt").write_text("天气晴好。\n", encoding="utf-8")
    return made


def test_load_counts_what_was_missed_and_says_how_to_see_it(run: Run, tmp_path: Path, folder: Path) -> None:
    ran = run("load", str(folder), "--store", str(tmp_path / "graph.db"))
    assert ran.status == 0
    assert "missed figures" in ran.out
    assert "1 sentence or cell with a number and a year" in ran.err
    assert "1 title in 《》" in ran.err
    assert "--show-missed" in ran.err
    assert MISSED not in ran.out + ran.err
    assert f"nothing found: {folder / 'weather.txt'}: " in ran.err


def test_load_lists_what_was_missed_with_its_place_even_of_what_is_there_already(
    run: Run, tmp_path: Path, folder: Path
) -> None:
    store = str(tmp_path / "graph.db")
    run("load", str(folder), "--store", store)
    ran = run("load", str(folder), "--store", store, "--show-missed")
    text = (folder / "plan.txt").read_text("utf-8")
    start = text.index(MISSED)
    (row,) = (line for line in ran.out.splitlines() if MISSED in line)
    assert f"{start}-{start + len(MISSED)}" in row
    assert "保障措施 / 加强组织领导" in row
    assert "《电工技术》" in ran.out
    assert "unchanged" in ran.out


def test_load_reports_the_same_as_json(run: Run, tmp_path: Path, folder: Path) -> None:
    (folder / "picture.png").write_bytes(b"")
    (folder / "empty.txt").write_bytes(b"")
    store = str(tmp_path / "graph.db")
    ran = run("load", str(folder), "--store", store, "--json", "--show-missed")
    report = json.loads(ran.out)
    plan, weather = report["loaded"]
    assert ran.status == 1
    assert (plan["missed_figures"], plan["missed_titles"], plan["is_bare"]) == (1, 1, False)
    assert [each["text"] for each in plan["missed"]] == [MISSED, "《电工技术》"]
    assert (weather["missed"], weather["is_bare"]) == ([], True)
    assert report["skipped"] == [str(folder / "picture.png")]
    assert [each["file"] for each in report["refused"]] == [str(folder / "empty.txt")]
    again = json.loads(run("load", str(folder), "--store", store, "--json").out)["loaded"][0]
    assert (again["outcome"], again["nodes"], again["missed_figures"]) == ("unchanged", None, 1)
    assert "missed" not in again
