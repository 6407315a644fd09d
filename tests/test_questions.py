"""The page of questions has today's answers, which are the same in the shell, over HTTP and in Python."""

import json
import runpy
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from examples.questions import PAGE, QUESTIONS, Question, examples_loaded, page
from graph.open import open_store
from policygraph import open_graph
from policygraph.cli.main import main
from policygraph.client.graph import Graph
from policygraph.client.opening import open_graph as open_with

NAMES = [question.title for question in QUESTIONS]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with examples_loaded(tmp_path_factory.mktemp("questions")) as path:
        yield path


@pytest.fixture(scope="module")
def graph(store: Path) -> Iterator[Graph]:
    with open_graph(str(store)) as opened:
        yield opened


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[TestClient]:
    with open_store(str(store), create=False) as opened, TestClient(create_app(opened)) as client:
        yield client


def sent(curl: str) -> tuple[str, list[tuple[str, str]]]:
    """The path and the parameters of a call as the page shows it."""
    program, flag, url, *words = shlex.split(curl)
    assert (program, flag) == ("curl", "-G") and set(words[::2]) <= {"--data-urlencode"}
    return urlsplit(url).path, [(name, value) for word in words[1::2] for name, value in [word.split("=", 1)]]


def in_shell(question: Question, store: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> Any:
    monkeypatch.setattr(sys, "argv", [*shlex.split(question.command), "--json", "--store", str(store)])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code
    return json.loads(capsys.readouterr().out)


def test_the_page_has_the_answers_of_today(graph: Graph) -> None:
    assert len(QUESTIONS) == 12
    assert PAGE.read_text("utf-8") == page(graph), "docs/questions.md is out of date; run `make questions`"


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_question_has_an_answer(question: Question, graph: Graph) -> None:
    rows = list(question.rows(question.ask(graph).result))
    assert rows and all(len(row) == len(question.columns) for row in rows)
    assert all(any(str(cell) not in ("", "–") for cell in row) for row in rows)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_shell_http_and_python_answer_the_same(
    question: Question,
    store: Path,
    graph: Graph,
    server: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, parameters = sent(question.curl)
    over_http = server.get(path, params=httpx2.QueryParams([*parameters]))
    assert over_http.status_code == 200
    assert over_http.json() == in_shell(question, store, monkeypatch, capsys)
    asked: list[tuple[str, list[tuple[str, str]]]] = []

    def pass_on(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.url.path, parse_qsl(request.url.query.decode())))
        answer = server.get(request.url.raw_path.decode())
        return httpx2.Response(answer.status_code, json=answer.json())

    here = question.ask(graph)
    with open_with("http://examples.test", transport=httpx2.MockTransport(pass_on)) as remote:
        assert question.ask(remote).result == here.result
    route, given = asked[-1]
    assert route == path and sorted(one for one in given if one[0] != "limit") == sorted(parameters)


def test_the_notebook_makes_a_table_and_a_picture(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    made = runpy.run_path("examples/notebook.py")
    assert len(made["held"]) >= 8 and "sentence" in made["chains"]["closeness"].to_list()
    assert "<html" in made["picture"].read_text("utf-8")
    assert str(made["picture"]) in capsys.readouterr().out
    code = [line for line in (root / "examples" / "notebook.py").read_text("utf-8").splitlines() if line.strip()]
    assert sum(not line.startswith(("#", '"')) for line in code) <= 20
