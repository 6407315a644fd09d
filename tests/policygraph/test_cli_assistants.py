"""`policygraph mcp` as assistants start it: over standard input and output, and over HTTP."""

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

from tests.own_loop import run_alone
from tests.policygraph.running import Run

PROGRAM = (sys.executable, "-m", "policygraph")


def chains(server: str | StdioServerParameters) -> dict[str, Any]:
    """What the tool of that name replies."""

    async def asked() -> dict[str, Any]:
        async with Client(server) as client:
            reply = await client.call_tool("chains", {"region": "云州市", "limit": 2})
            assert reply.structured_content and not reply.is_error
            return dict(reply.structured_content)

    return run_alone(asked)


def test_an_assistant_asks_over_standard_input_and_output(loaded: Path) -> None:
    program, *arguments = PROGRAM
    server = StdioServerParameters(command=program, args=[*arguments, "mcp", "--store", str(loaded)])
    assert len(chains(server)["rows"]) == 2


def test_an_assistant_asks_over_http_and_an_interruption_ends_it(loaded: Path) -> None:
    command = [*PROGRAM, "mcp", "--store", str(loaded), "--http", "127.0.0.1:0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://127\.0\.0\.1:\d+/mcp", server.stderr.readline())
            assert address
            assert len(chains(address[0])["rows"]) == 2
            with httpx2.stream("GET", address[0], headers={"Accept": "text/event-stream"}) as open_for_long:
                assert open_for_long.status_code == 200
                server.send_signal(signal.SIGINT)
                assert server.wait(30) == 130
            assert "Traceback" not in server.stderr.read()
        finally:
            server.kill()


def test_a_missing_store_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    assert run("mcp", "--store", tmp_path / "none.db").is_refused_in_one_line


def test_every_address_at_once_needs_a_name(run: Run, loaded: Path) -> None:
    ran = run("mcp", "--store", loaded, "--http", "0.0.0.0:0")
    assert ran.is_refused_in_one_line and "--allow-host" in ran.err


@pytest.mark.parametrize("address", ["here", "127.0.0.1", "127.0.0.1:99999", "::1:80", "a:b", ":", "http://a:1"])
def test_what_is_no_address_is_a_mistake_in_the_usage(run: Run, loaded: Path, address: str) -> None:
    ran = run("mcp", "--store", loaded, "--http", address)
    assert ran.status == 2 and "HOST:PORT" in ran.err


def test_names_are_for_http_alone(run: Run, loaded: Path) -> None:
    assert run("mcp", "--store", loaded, "--allow-host", "plans.test").status == 2
