"""The program as a process of its own: serving, being interrupted, a reader that goes away."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = (sys.executable, "-m", "policygraph")
INTERRUPTED = 130


@contextmanager
def serving(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server and its address."""
    command = [*PROGRAM, "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://[\d.]+:\d+/", server.stderr.readline())
            assert address
            yield server, address[0]
        finally:
            server.terminate()
            server.wait(30)


def fetch(url: str) -> tuple[int, str]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except ConnectionError:
            time.sleep(0.1)
    raise TimeoutError(url)


def test_a_server_answers_at_the_address_that_it_prints_and_stops_when_interrupted(loaded: Path) -> None:
    with serving(loaded) as (server, address):
        status, body = fetch(f"{address}api/v1/chains?limit=1")
        assert status == 200
        assert json.loads(body)["items"]
        assert fetch(address)[0] == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == INTERRUPTED
        assert server.stderr is not None
        assert "Traceback" not in server.stderr.read()


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{' '.join(PROGRAM)} schema | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_help_loads_nothing_that_takes_long() -> None:
    asked = "from policygraph.cli.main import main; import sys; sys.argv = ['policygraph', '--help']; sys.exit(main())"
    command = [sys.executable, "-X", "importtime", "-c", asked]
    imported = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert not re.findall(r"\| +(numpy|fastapi|networkx|openpyxl|opencc)$", imported, re.MULTILINE)


def test_what_goes_to_another_program_has_no_control_characters(loaded: Path) -> None:
    done = subprocess.run([*PROGRAM, "chains", "--store", str(loaded)], capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout + done.stderr
