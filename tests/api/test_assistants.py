"""The questions as tools for assistants, asked with the client of the protocol's own package."""

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import httpx2
import pytest
from mcp import MCPError
from mcp.client.client import Client
from mcp_types import CallToolResult, TextContent, TextResourceContents

from api.assistants import documents
from api.assistants.replies import QUOTE
from api.assistants.server import PATH, TOOLS, AssistantServer
from graph.open import open_store
from graph.review.deciding import decide
from graph.review.decisions import Verdict
from graph.review.recording import record
from graph.store import Store
from loaders.load import load_paths
from ontology import registry
from ontology.values import PolicyLevel, Role
from tests import small_graph as small
from tests.own_loop import run_alone
from tests.serving import served

T = TypeVar("T")
COLLEGE = "海棠职业技术学院"
COLLEGE_PLAN = "海棠职业技术学院“十四五”发展规划"
ASKED: dict[str, dict[str, Any]] = {
    "search": {"text": "双师型"},
    "chains": {"region": ["云州市"], "closeness": ["sentence"]},
    "cascade": {"policy": COLLEGE_PLAN},
    "compare": {"region": ["云州市", "清河市"]},
    "progress": {"policy": [COLLEGE_PLAN]},
    "path": {"source": COLLEGE, "target": "云州市教育局", "avoid": ["PART_OF"]},
    "network": {"region": "云州市"},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, examples: Any) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("assistants") / "examples.db")) as opened:
        assert load_paths(opened, [examples]).refused == []
        yield opened


@pytest.fixture(scope="module")
def server(store: Store) -> AssistantServer:
    return AssistantServer(store, version="1.2.3")


def asking(server: AssistantServer | str, ask: Callable[[Client], Awaitable[T]]) -> T:
    """What comes of asking by a client that is connected."""

    async def connected() -> T | MCPError:
        async with Client(server) as client:
            try:
                return await ask(client)
            except MCPError as error:  # from inside it would come out in groups of groups
                return error

    found = run_alone(connected)
    if isinstance(found, MCPError):
        raise found
    return found


def call(server: AssistantServer | str, tool: str, **arguments: Any) -> CallToolResult:
    """The reply of a tool; the client checks it against the schema that the server gave for it."""
    return asking(server, lambda client: client.call_tool(tool, arguments))


def said(reply: CallToolResult) -> dict[str, Any]:
    """What a tool replied: the same as text and as structure."""
    assert not reply.is_error, reply.content
    (content,) = reply.content
    assert isinstance(content, TextContent)
    found: dict[str, Any] = json.loads(content.text)
    assert found == reply.structured_content
    return found


def refusal(reply: CallToolResult) -> str:
    assert reply.is_error
    (content,) = reply.content
    assert isinstance(content, TextContent)
    assert "\n" not in content.text
    return content.text


def read(server: AssistantServer, uri: str) -> str:
    answer = asking(server, lambda client: client.read_resource(uri))
    (contents,) = answer.contents
    assert isinstance(contents, TextResourceContents)
    return contents.text


def test_every_tool_is_described_and_only_reads(server: AssistantServer) -> None:
    tools = asking(server, lambda client: client.list_tools()).tools
    assert tuple(tool.name for tool in tools) == TOOLS
    for tool in tools:
        assert tool.description and tool.annotations and tool.annotations.read_only_hint
        assert tool.output_schema
        for name, argument in tool.input_schema["properties"].items():
            assert "description" in argument or name in ("max_hops",), (tool.name, name)


def test_words_of_arguments_are_those_of_the_ontology(server: AssistantServer) -> None:
    schemas = {
        tool.name: json.dumps(tool.input_schema) for tool in asking(server, lambda client: client.list_tools()).tools
    }
    assert json.dumps(list(Role)) in schemas["chains"] and json.dumps(list(PolicyLevel)) in schemas["chains"]
    assert json.dumps(registry.class_names()) in schemas["search"]
    assert json.dumps(registry.relation_types()) in schemas["path"]


@pytest.mark.parametrize("tool", ASKED)
def test_every_tool_can_be_asked_for_what_has_a_tag(server: AssistantServer, tool: str) -> None:
    reply = said(call(server, tool, **ASKED[tool], tag="没有这个标签"))
    assert reply.get("rows", reply.get("ties")) == []


def test_policies_of_a_cascade_come_with_the_words_that_tie_them(server: AssistantServer) -> None:
    reply = said(call(server, "cascade", policy=COLLEGE_PLAN, limit=3))
    assert len(reply["policies"]) == 3
    above = next(one for one in reply["policies"] if one["place"] == "above")
    assert above["relation"] == "BASED_ON" and above["policy"]["quote"] and above["by"].startswith("policy:")


def test_a_chain_says_at_which_measure_its_actor_is_named(server: AssistantServer) -> None:
    (row,) = said(call(server, "chains", region="云州市", closeness="above", limit=1))["rows"]
    assert row["at"]["name"] and row["at"]["id"] != row["measure"]["id"]


@pytest.mark.parametrize("tool", ASKED)
def test_every_tool_replies_in_short_with_ids_and_quotes(server: AssistantServer, tool: str) -> None:
    reply = call(server, tool, **ASKED[tool])
    found = said(reply)
    text = json.dumps(found, ensure_ascii=False)
    assert len(text) < 15_000
    assert found.get("rows") or found["ties"]
    assert len(found.get("rows", [])) <= 10
    assert '"id": "' in text
    assert '"quote": "' in text or tool == "search"
    assert "null" not in text
    quotes = [part.partition('"')[0] for part in text.split('"quote": "')[1:]]
    assert all(0 < len(quote) <= QUOTE for quote in quotes)


def test_rows_go_on_behind_the_cursor(server: AssistantServer) -> None:
    whole = said(call(server, "chains", region="云州市", limit=20))
    first = said(call(server, "chains", region="云州市", limit=10))
    second = said(call(server, "chains", region="云州市", limit=10, cursor=first["next"]))
    assert first["rows"] + second["rows"] == whole["rows"]


def test_evidence_of_a_row_is_given_in_full(server: AssistantServer) -> None:
    row = said(call(server, "chains", region="云州市", closeness="sentence", limit=1))["rows"][0]
    found = said(call(server, "evidence", id=row["actor"]["evidence_id"]))
    assert found["total"] == row["actor"]["evidence_total"]
    piece = found["rows"][0]
    assert piece["quote"] in piece["sentence"]
    assert piece["quote"][:20] in read(server, piece["document"])


def test_gaps_are_found(server: AssistantServer) -> None:
    rows = said(call(server, "chains", missing=["measure"], limit=50))["rows"]
    assert rows and all("measure" in row["missing"] and "measure" not in row for row in rows)


def test_what_one_promised_and_the_other_did_not_is_found(server: AssistantServer) -> None:
    rows = said(call(server, "compare", region=["云州市", "清河市"], in_all=False, limit=50))["rows"]
    assert any("targets" not in row["columns"][1] and "targets" in row["columns"][0] for row in rows)


def test_the_neighbourhood_of_a_node_is_asked_for(server: AssistantServer) -> None:
    found = said(call(server, "network", around=COLLEGE, limit=2))
    assert len(found["ties"]) == 2 < found["total_ties"]
    assert found["brokers"][0]["name"] == COLLEGE


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("chains", {"regio": "云州市"}, "chains has no argument “regio”; did you mean region?"),
        ("chains", {"region": "无此地"}, "no Region with the id or name “无此地”"),
        ("chains", {"role": "chief"}, "role.0: Input should be 'lead'"),
        ("chains", {"limit": 1000}, "limit: Input should be less than or equal to 50"),
        ("chains", {"limit": -1}, "limit: Input should be greater than or equal to 1"),
        ("chains", {"cursor": "x"}, "cursor: not one of ours"),
        ("chains", {"indicator": "教" * 2_000_000}, "indicator.0: String should have at most 300"),
        ("search", {}, "text: Field required"),
        ("search", {"text": ""}, "text: String should have at least 1 character"),
        ("search", {"text": "。"}, "nothing to search for"),
        ("search", {"text": "教师", "classes": ["Person"]}, "there is no class Person; there are Policy, Region"),
        ("path", {"source": COLLEGE, "target": COLLEGE}, "both ends are 海棠职业技术学院"),
        ("path", {"source": "职业", "target": COLLEGE}, "“职业” fits "),
        ("cascade", {"policy": "place:330300"}, "no Policy with the id"),
        ("compare", {}, "0 columns: give 1 to 20"),
        ("evidence", {"id": "edge:none"}, "there is no node or edge with the id edge:none"),
        ("network", {"of": "friends"}, "of: Input should be 'partnership'"),
        ("forget", {}, "Unknown tool: forget"),
    ],
)
def test_what_is_refused_is_told_in_one_line(
    server: AssistantServer, tool: str, arguments: dict[str, Any], message: str
) -> None:
    assert refusal(call(server, tool, **arguments)).startswith(message)


def test_a_question_that_takes_too_long_is_stopped(store: Store) -> None:
    server = AssistantServer(store, version="1", time_limit_s=0.000_001)
    assert refusal(call(server, "search", text="教师")).startswith("stopped after 1e-06 s")


def test_the_id_of_a_merged_node_stands_for_the_other(tmp_path: Any) -> None:
    with open_store(str(tmp_path / "merged.db")) as store:
        store.write(small.plan())
        server = AssistantServer(store, version="1")
        old, new = (node.id for node in store.list_nodes("Institution", limit=2))
        record(store, decide(store, Verdict.MERGE, old, by="王", into=new))
        assert said(call(server, "evidence", id=old)) == said(call(server, "evidence", id=new))
        assert said(call(server, "chains", actor=[old])) == said(call(server, "chains", actor=[new]))


def test_documents_are_resources(server: AssistantServer, examples: Any) -> None:
    listed = asking(server, lambda client: client.list_resources()).resources
    assert len(listed) == 5 and COLLEGE_PLAN in {resource.name for resource in listed}
    text = read(server, next(resource.uri for resource in listed if resource.name == COLLEGE_PLAN))
    assert text.startswith(f"# {COLLEGE_PLAN}\n") and "\n## 保障措施 › 保障资金投入\n" in text
    assert text.endswith("[part 1 of 1]")


def test_the_parts_of_a_document_are_the_whole_text(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    document = documents.listed_documents(store)[0].id
    whole = documents.document_text(store, document)
    monkeypatch.setattr(documents, "PART", 500)
    first = documents.document_text(store, document)
    count = int(first.rpartition(" of ")[2].partition(";")[0])
    assert count > 3 and f"; the next is {documents.document_uri(document)}/2]" in first
    parts = [documents.document_text(store, document, str(part)) for part in range(1, count + 1)]
    kept = {line for part in parts for line in part.splitlines() if not line.startswith("[part")}
    assert {line for line in whole.splitlines() if not line.startswith("[part")} == kept


@pytest.mark.parametrize("uri", ["policygraph://documents/none", "policygraph://documents/none/2", "policygraph://x"])
def test_a_document_that_is_not_there_is_told(server: AssistantServer, uri: str) -> None:
    with pytest.raises(MCPError, match=r"no document|Unknown resource"):
        read(server, uri)


@pytest.mark.parametrize("part", ["2", "0", "-1", "x"])
def test_a_part_that_is_not_there_is_told(server: AssistantServer, part: str) -> None:
    listed = asking(server, lambda client: client.list_resources()).resources
    with pytest.raises(MCPError, match="its parts are 1 to 1"):
        read(server, f"{listed[0].uri}/{part}")


def test_a_document_without_text_says_so(tmp_path: Any) -> None:
    with open_store(str(tmp_path / "small.db")) as store:
        store.write(small.plan(has_text=False))
        text = documents.document_text(store, documents.listed_documents(store)[0].id)
    assert "[…]" in text and "云州市" not in text.partition("\n")[2]


@pytest.fixture(scope="module")
def url(store: Store) -> Iterator[str]:
    with served(AssistantServer(store, version="1").http_app(hosts=["plans.test"])) as url:
        yield url + PATH


def test_the_same_over_http(server: AssistantServer, url: str) -> None:
    for tool, arguments in ASKED.items():
        assert said(call(url, tool, **arguments)) == said(call(server, tool, **arguments))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8765"}, 200),
        ({"Host": "plans.test:8765"}, 200),
        ({"Host": "evil.test"}, 421),
        ({"Host": "127.0.0.1.evil.test:80"}, 421),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Origin": "https://plans.test"}, 200),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_requests_for_other_names_and_from_other_pages_are_refused(
    url: str, headers: dict[str, str], status: int
) -> None:
    first = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }
    accept = {"Accept": "application/json, text/event-stream", **headers}
    assert httpx2.post(url, json=first, headers=accept).status_code == status
