"""What a load changes in Python itself, for as long as it lasts."""

import gc
import sys
from pathlib import Path

from policygraph.interpreter import loading
from tests.policygraph.running import Run


def how_python_runs() -> tuple[object, float]:
    return gc.get_threshold(), sys.getswitchinterval()


def test_python_runs_as_before_behind_a_load_that_succeeds_or_is_refused(
    run: Run, tmp_path: Path, examples: Path
) -> None:
    before = how_python_runs()
    with loading():
        assert how_python_runs() != before
    assert run("load", examples, "--workers", 1, "--store", tmp_path / "a.db").status == 0
    assert run("copy", tmp_path / "a.db", tmp_path / "b.db").status == 0
    assert run("copy", tmp_path / "none.db", tmp_path / "b.db").status == 1
    assert how_python_runs() == before
