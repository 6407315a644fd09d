"""Commands that hold goals against others and against reports."""

import csv
import io
import json
from enum import StrEnum
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.open import open_store
from graph.queries.alignment import ValueAxis, YearAxis
from graph.queries.cascade_rows import DEEPEST, MOST_POLICIES, Finding
from graph.queries.compare_rows import MOST_COLUMNS
from graph.queries.way_done import Status
from policygraph.cli import aligning
from tests import aligned_graph as plans
from tests.aligned_graph import CITY, NATION, OTHER_CITY
from tests.policygraph.running import Run

COMMANDS = [
    ["cascade", CITY],
    ["compare", "--policy", CITY, "--policy", OTHER_CITY],
    ["progress", "--policy", CITY],
]


@pytest.fixture(scope="module")
def aligned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("aligned") / "plans.db"
    with open_store(str(path)) as store:
        for batch in plans.all_batches():
            store.write(batch)
    return path


def test_the_cascade_shows_policies_and_goals(run: Run, aligned: Path) -> None:
    ran = run("cascade", CITY, "--store", aligned)
    assert ran.status == 0
    assert all(title in ran.out for title in (CITY, NATION, plans.PROVINCE, plans.UNLOADED, plans.MENTIONED))
    assert "0.8% of the amount above" in ran.out and "the units measure different things" in ran.out
    assert "10 of 10 rows: 7 aligned, 1 not taken up, 2 new" in ran.err


def test_findings_and_axes_are_filters(run: Run, aligned: Path) -> None:
    asked = ("cascade", CITY, "--store", aligned, "--json")
    rows = json.loads(run(*asked, "--finding", "new", "--finding", "not_taken_up").out)["items"]
    assert {row["finding"] for row in rows} == {"new", "not_taken_up"}
    rows = json.loads(run(*asked, "--value", "tighter", "--year", "same").out)["items"]
    assert [row["goal_above"]["name"] for row in rows] == ["全国双师型教师占比到2025年不低于60%"]


def test_a_cap_is_told(run: Run, aligned: Path) -> None:
    assert "more policies or figures" in run("cascade", CITY, "--store", aligned, "--depth", "1").err


def test_comparisons_are_printed_a_column_each(run: Run, aligned: Path) -> None:
    ran = run("compare", "--store", aligned, "--region", plans.YUNZHOU, "--region", plans.QINGYU)
    assert ran.status == 0
    head = ran.out.splitlines()[1]
    assert plans.YUNZHOU in head and plans.QINGYU in head
    assert "reported: 报告双师型教师占比66%" in ran.out and "4 of 4 indicators" in ran.err


def test_figures_that_disagree_are_printed_with_the_documents_that_state_them(run: Run, aligned: Path) -> None:
    ran = run("compare", "--store", aligned, "--policy", CITY, "--policy", OTHER_CITY)
    assert f"reported: 报告在校生规模7.1万人 ({plans.REPORT})" in ran.out
    assert f"报告双师型教师占比66% ({plans.REPORT})" not in ran.out


def test_a_single_column_has_all_of_its_own(run: Run, aligned: Path) -> None:
    one = json.loads(run("compare", "--store", aligned, "--policy", CITY, "--json").out)
    own = json.loads(run("compare", "--store", aligned, "--policy", CITY, "--min-columns", "1", "--json").out)
    assert one["total"] == own["total"] > 3


def test_progress_is_printed_with_share_and_remarks(run: Run, aligned: Path) -> None:
    ran = run("progress", "--store", aligned, "--policy", CITY)
    assert "40.0%" in ran.out and "reports give several values for the year" in ran.out
    assert "1 reached, 3 on the way, 0 behind, 2 without a figure, 1 not comparable" in ran.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_has_the_form_of_the_http_answer(run: Run, aligned: Path, command: list[str]) -> None:
    answer = json.loads(run(*command, "--store", aligned, "--limit", "1", "--json").out)
    assert {"items", "next", "total", "exact", "truncated"} < set(answer) and len(answer["items"]) == 1


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_files_have_all_rows_with_quotes(run: Run, aligned: Path, tmp_path: Path, command: list[str]) -> None:
    ran = run(*command, "--store", aligned, "--limit", "1", "--csv", tmp_path / "t.csv", "--xlsx", tmp_path / "t.xlsx")
    assert (ran.status, ran.out) == (0, "")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    assert sheet.max_row == len(rows) + 1 > 2 and [cell.value for cell in sheet[1]] == list(rows[0])
    assert any(value for row in rows for name, value in row.items() if name.endswith("quote"))
    printed = run(*command, "--store", aligned, "--csv", "-").out
    assert len(list(csv.DictReader(io.StringIO(printed)))) == len(rows)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["cascade", "没有这个规划"], 1),
        (["cascade", "职业教育行动方案"], 1),
        (["cascade"], 2),
        (["cascade", CITY, "--depth", "99"], 2),
        (["cascade", CITY, "--finding", "lost"], 2),
        (["compare"], 1),
        (["compare", "--policy", "place:990100"], 1),
        (["compare", "--policy", CITY, "--min-columns", "0"], 2),
        (["progress", "--status", "done"], 2),
        (["progress", "--report", "没有"], 1),
    ],
    ids=str,
)
def test_what_can_not_be_answered_is_one_line(run: Run, aligned: Path, arguments: list[str], status: int) -> None:
    ran = run(*arguments, "--store", aligned)
    assert ran.status == status
    assert status == 2 or ran.is_refused_in_one_line


@pytest.mark.parametrize(
    ("words", "enum"),
    [
        (aligning.FINDINGS, Finding),
        (aligning.VALUE_AXIS, ValueAxis),
        (aligning.YEAR_AXIS, YearAxis),
        (aligning.STATUSES, Status),
    ],
)
def test_options_offer_the_words_of_the_queries(words: tuple[str, ...], enum: type[StrEnum]) -> None:
    assert words == tuple(enum)


def test_the_bounds_of_options_are_those_of_the_queries(run: Run, aligned: Path) -> None:
    at_most = ("--depth", DEEPEST, "--policies", MOST_POLICIES)
    assert run("cascade", CITY, "--store", aligned, *map(str, at_most)).status == 0
    assert run("compare", "--policy", CITY, "--store", aligned, "--min-columns", str(MOST_COLUMNS)).status == 0
