"""`policygraph path`."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.policygraph.running import Run

ENDS = ("海棠职业技术学院", "星渊智能装备有限公司")


def test_a_path_is_shown_hop_by_hop_with_the_sentence_behind_it(run: Run, loaded: Path) -> None:
    ran = run("path", *ENDS, "--store", loaded)
    assert ran.status == 0 and "PARTNERS_WITH" in ran.out and "1 hop" in ran.err
    assert "PARTNERS_WITH" not in run("path", *ENDS, "--avoid", "PARTNERS_WITH", "--store", loaded).out


def test_a_path_is_a_table_and_json_too(run: Run, loaded: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("path", *ENDS, "--store", loaded, "--csv", "-").out)))
    body = json.loads(run("path", *ENDS, "--store", loaded, "--json").out)
    assert body["hops"] == 1 and [row["edge_id"] for row in rows] == [
        edge["id"] for edge in body["items"][0]["hops"][0]
    ]
    assert all(row["quote"] for row in rows)


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((ENDS[0], ENDS[0]), 1),
        ((ENDS[0], "没有这家企业"), 1),
        ((*ENDS, "--max-hops", "99"), 2),
        ((*ENDS, "--use", "X"), 2),
    ],
)
def test_a_path_that_can_not_be_is_refused(run: Run, loaded: Path, options: tuple[str, ...], status: int) -> None:
    ran = run("path", *options, "--store", loaded)
    assert (ran.status, ran.out) == (status, "") and ran.err
