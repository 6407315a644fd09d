"""Tables fit a terminal of 80 columns, also where half the characters are two columns wide."""

import re
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.policygraph.running import Ran, Run

COLUMNS = 80
COLLEGE, COLLEGE_PLAN = "海棠职业技术学院", "海棠职业技术学院“十四五”发展规划"
COMMANDS = (
    ("stats",),
    ("stats", "--batches"),
    ("stats", "--by", "issuer"),
    ("search", "双师型", "--facets"),
    ("chains", "--region", "云州市"),
    ("chains", "--group", "actor"),
    ("cascade", COLLEGE_PLAN),
    ("compare", "--region", "云州市", "--region", "清河市"),
    ("progress", "--policy", COLLEGE_PLAN),
    ("path", COLLEGE, "云州市教育局", "--avoid", "PART_OF"),
    ("network",),
    ("network", "--members"),
)


@pytest.fixture
def terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a terminal of 80 columns without colours."""

    def ran(*arguments: str | Path) -> Ran:
        monkeypatch.setenv("COLUMNS", str(COLUMNS))
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        return run(*arguments)

    return ran


def width(line: str) -> int:
    """The columns that a line takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_tables_fit_the_terminal(terminal: Run, loaded: Path, command: tuple[str, ...]) -> None:
    ran = terminal(*command, "--store", loaded)
    assert ran.status == 0
    printed = re.sub(r"\x1b\[[0-9;]*m", "", ran.out).replace(str(loaded), "")
    assert len(printed.splitlines()) > 4
    assert max(map(width, printed.splitlines())) <= COLUMNS


@pytest.mark.parametrize("command", [COMMANDS[1], COMMANDS[3]], ids=" ".join)
def test_ids_stand_in_one_piece(terminal: Run, loaded: Path, command: tuple[str, ...]) -> None:
    out = terminal(*command, "--store", loaded).out
    ids = re.findall(r"\b(?:batch|goal|measure|indicator|organization|group|passage):\S+", out)
    assert ids and all(re.fullmatch(r"[a-z]+:[0-9a-f]{24}", id_) for id_ in ids)
