"""Running commands as a person does."""

import sys
from pathlib import Path

import pytest

from graph.open import open_store
from loaders.load import load_paths
from policygraph.cli.main import main
from tests.policygraph.running import Ran, Run


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `policygraph` with arguments in this process, by the program's own entry."""

    def ran(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["policygraph", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return ran


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A store with the example documents; not to be written to."""
    path = tmp_path_factory.mktemp("loaded") / "examples.db"
    with open_store(str(path)) as store:
        report = load_paths(store, [examples])
    assert report.refused == []
    return path
