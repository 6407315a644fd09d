"""Uploads: files that are sent become jobs, jobs become facts, and nothing that is sent can do harm."""

import io
import json
import multiprocessing
import os
import select
import signal
import socket
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from api.bodies import LARGEST_BODY
from api.security import WriteAccess
from graph.ids import document_id
from graph.open import open_store
from graph.store import Store
from tests.serving import served

PLAN = """云州市职业教育提升行动方案

一、主要任务

（一）建设实训基地。到2025年，由海棠职业技术学院牵头建成实训基地20个。
"""
MISSED = "2023年对评为省级基地的学校一次性奖励50万元。"
TABLE = "class,name\nEnterprise,星渊智能装备有限公司\n"
LIMIT = 1_000_000
Upload = Callable[..., dict[str, Any]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "graph.db"), timeout_s=0.2) as opened:
        yield opened


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go, and nothing else."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def client(store: Store, folder: Path) -> Iterator[TestClient]:
    app = create_app(store, static=Path("nowhere"), write_access=WriteAccess(largest_upload=LIMIT))
    with TestClient(app, base_url="http://localhost") as opened:
        yield opened
    assert list(folder.iterdir()) == []


def send(client: TestClient, *files: tuple[str, str | bytes], **fields: str) -> Response:
    sent = [("files", (name, content if isinstance(content, bytes) else content.encode())) for name, content in files]
    return client.post("/api/v1/documents", files=sent, data=fields)


def finished(client: TestClient, job: str) -> dict[str, Any]:
    """The job once it is finished."""
    for _ in range(1_200):
        found: dict[str, Any] = client.get(f"/api/v1/jobs/{job}").json()
        if found["finished_at"] is not None:
            return found
        time.sleep(0.1)
    raise TimeoutError(job)


@pytest.fixture
def upload(client: TestClient) -> Upload:
    """Sends files and waits for the job."""

    def sent(*files: tuple[str, str | bytes], **fields: str) -> dict[str, Any]:
        answer = send(client, *files, **fields)
        assert answer.status_code == 202, answer.text
        return finished(client, answer.json()["id"])

    return sent


def test_files_that_are_sent_are_loaded_and_can_be_unloaded(client: TestClient, upload: Upload, store: Store) -> None:
    job = upload(("plan.txt", PLAN), ("nodes.csv", TABLE), issuer="云州市教育局")
    assert (job["state"], job["done"], job["total"], job["errors"]) == ("done", 2, 2, [])
    plan, table = job["report"]["loaded"]
    assert (plan["file"], plan["outcome"], plan["title"]) == ("plan.txt", "added", "云州市职业教育提升行动方案")
    assert plan["missed_figures"] == 0 and plan["nodes"] > 5 and table["nodes"] == 1
    assert [header.sources for header in store.batches()] in (
        [("upload:plan.txt",), ("upload:nodes.csv",)],
        [("upload:nodes.csv",), ("upload:plan.txt",)],
    )
    assert client.get("/api/v1/chains").json()["items"]

    content = next(header.content for header in store.batches() if header.id == plan["batch"])
    gone = client.delete(f"/api/v1/documents/{document_id(content)}").json()
    assert (gone["batch"], gone["sources"], gone["left"]) == (plan["batch"], ["upload:plan.txt"], [])
    assert client.delete(f"/api/v1/documents/{table['batch']}").status_code == 200
    assert store.counts().claims == 0
    assert client.delete(f"/api/v1/documents/{table['batch']}").status_code == 404


def test_the_report_has_what_was_not_understood(upload: Upload) -> None:
    (plan,) = upload(("plan.txt", PLAN + MISSED))["report"]["loaded"]
    assert plan["missed_figures"] == len(plan["missed"]) == 1
    assert plan["missed"][0]["text"] == MISSED


def test_the_same_file_sent_twice_at_once_is_loaded_once(client: TestClient, store: Store) -> None:
    jobs = [send(client, ("nodes.csv", TABLE)).json()["id"] for _ in range(2)]
    outcomes = [finished(client, job)["report"]["loaded"][0]["outcome"] for job in jobs]
    assert outcomes == ["added", "unchanged"]
    assert store.version == 1
    assert [job["id"] for job in client.get("/api/v1/jobs").json()["items"]] == jobs[::-1]


def test_another_file_under_the_same_name_replaces_only_what_it_is_told_to(upload: Upload, store: Store) -> None:
    other = "class,name\nEnterprise,云栖数控机床有限公司\n"
    upload(("nodes.csv", TABLE))
    job = upload(("nodes.csv", other))
    assert job["state"] == "failed" and "replace=true" in job["errors"][0]
    assert [node.name for node in store.list_nodes()] == ["星渊智能装备有限公司"]
    assert upload(("nodes.csv", other), replace="true")["report"]["loaded"][0]["outcome"] == "replaced"
    assert [node.name for node in store.list_nodes()] == ["云栖数控机床有限公司"]
    assert upload(("nodes.csv", TABLE), source="https://example.org/nodes")["state"] == "done"
    assert len(store.list_nodes()) == 2


def test_a_table_with_faults_fails_with_a_line_each(upload: Upload, store: Store) -> None:
    job = upload(("nodes.csv", "class,name\nTown,甲\nEnterprise,乙\nTown,丙\n"))
    assert job["state"] == "failed" and len(job["errors"]) == 1
    (refused,) = job["report"]["refused"]
    assert [fault.split(",")[0] for fault in refused["faults"]] == ["row 2", "row 4"]
    assert store.version == 0


def test_a_workbook_that_is_a_bomb_is_refused(upload: Upload, store: Store) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(4):
            archive.writestr(f"xl/{number}.xml", b"0" * 26_000_000)
    job = upload(("nodes.xlsx", out.getvalue()))
    assert "unpacks to more than 100 MB" in job["errors"][0] and store.version == 0


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("../../plan.csv", "plan.csv"),
        ("/etc/plan.csv", "plan.csv"),
        ("C:\\Users\\me\\plan.csv", "plan.csv"),
        ("规划\u202evsc.csv", "规划vsc.csv"),
        ("..csv", "csv"),
    ],
)
def test_names_are_no_paths(client: TestClient, name: str, known_as: str, folder: Path) -> None:
    answer = send(client, (name, TABLE))
    if known_as == "csv":
        assert answer.status_code == 400 and "without a type in their name" in answer.json()["detail"]
        return
    assert answer.json()["files"] == [known_as]
    assert {path.name for path in folder.rglob("*") if path.is_file()} <= {"0"}
    assert client.delete(f"/api/v1/jobs/{answer.json()['id']}").json()["state"] in ("cancelled", "running")
    finished(client, answer.json()["id"])


def test_a_name_that_is_no_utf_8_is_read_as_it_can_be(client: TestClient) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="\xb9\xe6\xbb\xae.csv"\r\n\r\nx\r\n--b--\r\n'
    answer = client.post("/api/v1/documents", content=body, headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 202 and answer.json()["files"][0].endswith(".csv")
    assert finished(client, answer.json()["id"])["state"] == "failed"


@pytest.mark.parametrize(
    ("files", "fields", "words"),
    [
        ([("plan.exe", "x")], {}, "files of type .exe are not read"),
        ([("plan", "x")], {}, "without a type"),
        ([("documents.csv", "file\n")], {}, "fields of the form"),
        ([("长" * 300 + ".txt", "x")], {}, "at most 200"),
        ([("a.txt", "x"), ("b/a.txt", "y")], {}, "two files were sent under this name"),
        ([("a.txt", "x"), ("b.txt", "y")], {"title": "规划"}, "--title: given for 2"),
        ([("a.csv", "x")], {"issuer": "教育局"}, "--issuer: said of documents"),
        ([("a.txt", "x")], {"isuer": "教育局"}, "no field “isuer”; did you mean issuer?"),
        ([("a.txt", "x")], {"level": "galactic"}, "unknown level “galactic”"),
        ([("a.txt", "x")], {"issued_on": "yesterday"}, "no date"),
        ([("a.txt", "x")], {"source": "plan.txt"}, "no absolute address"),
        ([("a.txt", "x")], {"replace": "perhaps"}, "neither true nor false"),
        ([("a.txt", "x")], {"title": "长" * 5_000}, "exceeded maximum size"),
        ([], {"title": "规划"}, "no file was sent"),
    ],
)
def test_what_can_not_be_loaded_is_refused_at_once(
    client: TestClient, files: list[tuple[str, str]], fields: dict[str, str], words: str
) -> None:
    if files:
        answer = send(client, *files, **fields)
    else:
        answer = client.post("/api/v1/documents", files={"title": (None, fields["title"])})
    assert answer.status_code == 400 and words in answer.json()["detail"]
    assert client.get("/api/v1/jobs").json()["items"] == []


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"{}", "application/json", "multipart/form-data"),
        (b"", "", "multipart/form-data"),
        (b"x", "multipart/form-data", "boundary"),
        (b"nothing of a form", "multipart/form-data; boundary=b", "can't be read"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b", "name"),
        (
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            "in the field files",
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\nx\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            "no name of a file",
        ),
        (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            "no file was sent",
        ),
    ],
)
def test_broken_forms_are_refused(client: TestClient, content: bytes, kind: str, words: str) -> None:
    answer = client.post("/api/v1/documents", content=content, headers={"content-type": kind} if kind else {})
    assert answer.status_code == 400 and words in answer.json()["detail"]


FORM = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
HEAD = "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"


def asked(address: str, head: str) -> socket.socket:
    """A connection on which the head of a request was sent."""
    host, port = address.removeprefix("http://").split(":")
    opened = socket.create_connection((host, int(port)), timeout=30)
    opened.sendall(head.encode() + b"\r\n")
    return opened


def test_what_says_that_it_is_too_large_is_refused_before_it_is_sent(client: TestClient) -> None:
    with served(client.app) as address, asked(address, HEAD + "Content-Length: 300000000\r\n") as opened:
        assert opened.recv(12) == b"HTTP/1.1 413"


def test_what_turns_out_too_large_is_refused_while_it_is_sent(client: TestClient) -> None:
    piece = b"0" * 100_000
    with served(client.app) as address, asked(address, HEAD + "Transfer-Encoding: chunked\r\n") as opened:
        opened.sendall(b"%x\r\n%s\r\n" % (len(FORM), FORM))
        sent = 0
        try:
            while sent < 300_000_000 and not select.select([opened], [], [], 0)[0]:
                opened.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
                sent += len(piece)
            assert opened.recv(12) == b"HTTP/1.1 413"
        except ConnectionError:  # it hung up before all was sent, which is as good
            pass
        assert sent < 50 * LIMIT


@pytest.mark.parametrize("says_its_length", [True, False])
def test_what_is_too_large_is_told_so(client: TestClient, says_its_length: bool) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    if says_its_length:
        headers["content-length"] = "300000000"
    answer = client.post("/api/v1/documents", content=iter([FORM, *[b"0" * 10_000] * 200]), headers=headers)
    assert answer.status_code == 413 and "more than 1 MB" in answer.json()["detail"]


def test_other_routes_take_small_bodies_only(client: TestClient) -> None:
    answer = client.post("/api/v1/chains", content=b"0", headers={"content-length": str(LARGEST_BODY + 1)})
    assert answer.status_code == 413 and "10 MB" in answer.json()["detail"]


def test_unknown_jobs_say_what_became_of_them(client: TestClient) -> None:
    answer = client.get("/api/v1/jobs/job-of-yesterday")
    assert answer.status_code == 404 and "forgotten when the server stops" in answer.json()["detail"]
    assert client.delete("/api/v1/jobs/job-of-yesterday").status_code == 404


def test_a_job_that_waits_can_be_cancelled(client: TestClient, store: Store) -> None:
    first = send(client, ("nodes.csv", TABLE)).json()["id"]
    second = send(client, ("plan.txt", PLAN)).json()["id"]
    cancelled = client.delete(f"/api/v1/jobs/{second}").json()
    assert (cancelled["state"], cancelled["report"]["loaded"]) == ("cancelled", [])
    assert finished(client, first)["state"] == "done"
    again = client.delete(f"/api/v1/jobs/{first}")
    assert again.status_code == 409 and "is done already" in again.json()["detail"]
    assert len(store.batches()) == 1


def test_too_many_jobs_are_told_to_come_back(client: TestClient) -> None:
    answers = [send(client, ("nodes.csv", TABLE)) for _ in range(25)]
    refused = [answer for answer in answers if answer.status_code != 202]
    assert refused and {answer.status_code for answer in refused} == {503}
    assert refused[0].headers["retry-after"]


def test_a_reader_that_is_killed_fails_its_job_and_leaves_the_store(client: TestClient, store: Store) -> None:
    job = send(client, ("plan.txt", PLAN * 200)).json()["id"]
    while client.get(f"/api/v1/jobs/{job}").json()["finished_at"] is None:
        for child in multiprocessing.active_children():
            if child.pid is not None:
                os.kill(child.pid, signal.SIGKILL)
        time.sleep(0.05)
    ended = finished(client, job)
    assert ended["state"] == "failed" and "the process that read it was ended" in ended["errors"][0]
    assert store.version == 0


def test_a_job_waits_for_another_program_that_writes(client: TestClient, tmp_path: Path, store: Store) -> None:
    other = sqlite3.connect(tmp_path / "graph.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    job = send(client, ("nodes.csv", TABLE)).json()["id"]
    time.sleep(1)
    assert client.get(f"/api/v1/jobs/{job}").json()["state"] == "running"
    other.execute("COMMIT")
    other.close()
    assert finished(client, job)["state"] == "done"
    assert len(store.batches()) == 1


def test_a_server_that_stops_ends_its_jobs_and_removes_their_files(store: Store, folder: Path) -> None:
    app = create_app(store, static=Path("nowhere"), write_access=WriteAccess())
    with TestClient(app, base_url="http://localhost") as client:
        for _ in range(3):
            send(client, ("plan.txt", PLAN * 200))
        assert list(folder.glob("policygraph-job-*"))
    assert list(folder.iterdir()) == []
    assert store.version == 0


def test_uploads_are_for_writers_alone(store: Store) -> None:
    with TestClient(create_app(store, static=Path("nowhere")), base_url="http://localhost") as client:
        for answer in (send(client, ("a.txt", "x")), client.get("/api/v1/jobs"), client.delete("/api/v1/documents/a")):
            assert answer.status_code == 403 and "serve --writable" in answer.json()["detail"]


def test_places_of_a_form_that_were_left_open_are_passed_over(client: TestClient) -> None:
    sent = {"files": ("nodes.csv", TABLE), "title": (None, ""), "source": (None, " ")}
    answer = client.post("/api/v1/documents", files=[*sent.items(), ("files", (None, ""))])
    assert answer.json()["files"] == ["nodes.csv"]
    assert finished(client, answer.json()["id"])["state"] == "done"


def test_the_reference_lets_a_person_send_files(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    operation = described["paths"]["/api/v1/documents"]["post"]
    form = operation["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["files"]["items"] == {"type": "string", "format": "binary"}
    assert operation["security"] == [{"bearer": []}, {"key": []}]
    assert json.dumps(described["components"]["securitySchemes"]).count('"type"') == 2
