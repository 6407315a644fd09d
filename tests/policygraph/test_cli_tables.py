"""Curated tables and a writable server from the command line."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.policygraph.running import Run

PROGRAM = (sys.executable, "-m", "policygraph")
NODES = "class,name\nInstitution,海棠职业技术学院\nEnterprise,星渊智能装备有限公司\n"
EDGES = "type,source,target,activity\nPARTNERS_WITH,海棠职业技术学院,星渊智能装备有限公司,共建产业学院\n"
KEY = "a-key-that-nobody-guesses"


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    nodes, edges = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    nodes.write_text(NODES, "utf-8")
    edges.write_text(EDGES, "utf-8")
    return nodes, edges


def test_tables_are_loaded_asked_and_unloaded(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    store = tmp_path / "graph.db"
    loaded = json.loads(run("load", *tables, "--store", store, "--json").out)
    assert [(one["outcome"], one["nodes"], one["edges"]) for one in loaded["loaded"]] == [
        ("added", 2, None),
        ("added", None, 1),
    ]
    assert "海棠职业技术学院" in run("network", "partnership", "--store", store).out
    assert run("unload", *tables, "--store", store).status == 0
    assert json.loads(run("stats", "--store", store, "--json").out)["claims"] == 0


def test_every_fault_is_a_line_and_the_first_ones_are_shown(run: Run, tmp_path: Path) -> None:
    (path := tmp_path / "nodes.csv").write_text("class,name\n" + "Town,甲\n" * 30, "utf-8")
    ran = run("load", path, "--store", tmp_path / "graph.db")
    lines = ran.err.splitlines()
    assert ran.status == 1 and not (tmp_path / "graph.db").exists()
    assert "row 2, column class: “Town”" in lines[0] and lines[0].endswith("(and 29 more)")
    assert len(lines) == 21 and lines[-1] == "  and 10 more, which --json lists"
    (refused,) = json.loads(run("load", path, "--store", tmp_path / "graph.db", "--json").out)["refused"]
    assert len(refused["faults"]) == 30


def test_options_of_documents_do_not_hold_for_tables(run: Run, tables: tuple[Path, Path], tmp_path: Path) -> None:
    ran = run("load", tables[0], "--issuer", "云州市教育局", "--store", tmp_path / "graph.db")
    assert ran.is_refused_in_one_line and "--issuer" in ran.err


@pytest.mark.parametrize("host", ["0.0.0.0"])
def test_without_a_key_a_writable_server_listens_on_this_machine_only(run: Run, host: str, loaded: Path) -> None:
    ran = run("serve", "--writable", "--host", host, "--port", "0", "--store", loaded)
    assert ran.is_refused_in_one_line and "POLICYGRAPH_API_KEY" in ran.err


def test_a_key_that_no_header_can_carry_is_refused(run: Run, loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_API_KEY", "ein Schlüssel")
    ran = run("serve", "--writable", "--port", "0", "--store", loaded)
    assert ran.is_refused_in_one_line and "Schlüssel" not in ran.err


@contextmanager
def serving(store: Path, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A writable server of its own process, and its address."""
    command = [*PROGRAM, "serve", "--writable", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://[\d.]+:\d+", server.stderr.readline())
            assert address
            yield address[0], server
        finally:
            server.terminate()
            server.wait(60)


def test_a_server_makes_its_store_and_takes_tables_with_the_key_which_it_never_shows(
    tables: tuple[Path, Path], tmp_path: Path
) -> None:
    store = tmp_path / "new.db"
    with serving(store, POLICYGRAPH_API_KEY=KEY) as (address, server):
        jobs, files = f"{address}/api/v1/jobs", {"files": (tables[0].name, tables[0].read_bytes())}
        assert httpx2.post(f"{address}/api/v1/documents", files=files).status_code == 401
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = httpx2.post(f"{address}/api/v1/documents?key={KEY}", files=files, headers=headers)
        assert answer.status_code == 400  # nobody should send it so; it must not be logged either
        job = httpx2.post(f"{address}/api/v1/documents", files=files, headers=headers, timeout=30).json()["id"]
        for _ in range(600):
            found = httpx2.get(f"{jobs}/{job}", headers=headers).json()
            if found["finished_at"]:
                break
            time.sleep(0.1)
        assert found["state"] == "done" and found["report"]["loaded"][0]["nodes"] == 2
        server.terminate()
        assert server.stderr is not None
        assert KEY not in server.stderr.read()
