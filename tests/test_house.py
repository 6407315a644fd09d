"""What an installation is made from: lock files, and the wheel with all that the packages read."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("ontology", "graph", "loaders", "api", "viz", "policygraph")
NOT_SHIPPED = ("viz/web/", "__pycache__/")


@pytest.mark.parametrize("name", ["run", "dev", "node"])
def test_lock_files_have_versions_and_hashes_and_no_addresses(root: Path, name: str) -> None:
    lock = (root / "requirements" / f"{name}.lock").read_text("utf-8")
    pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+", lock, re.MULTILINE)
    requirements = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
    assert pinned
    assert all("--hash=sha256:" in requirement for requirement in requirements if requirement.strip())
    assert "://" not in lock


def test_every_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    lock = (root / "requirements" / "run.lock").read_text("utf-8")
    wanted = {re.split(r"[<>=~\[; ]", line)[0].lower() for line in project["project"]["dependencies"]}
    assert wanted <= set(re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.MULTILINE))


def test_tests_run_with_the_versions_that_people_run(root: Path) -> None:
    run, dev = (
        set(
            re.findall(r"^([a-z0-9][\w.-]*==[^\s\\]+)", (root / "requirements" / name).read_text("utf-8"), re.MULTILINE)
        )
        for name in ("run.lock", "dev.lock")
    )
    assert run <= dev


def test_the_browser_part_is_locked_without_addresses_of_registries(root: Path) -> None:
    lock = (root / "viz" / "web" / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


def test_the_wheel_has_all_that_the_packages_read(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(["git", "ls-files", *PACKAGES], cwd=root, check=True, capture_output=True, text=True)
    wanted = {
        name for name in listed.stdout.splitlines() if not name.startswith(NOT_SHIPPED) and (root / name).is_file()
    }
    assert wanted - shipped == set()
    assert {"loaders/names/names.npz", "loaders/resources/divisions.csv", "viz/styles.json"} <= shipped
    assert not [name for name in shipped if name.startswith("training/")]
    if (root / "viz" / "static" / "index.html").is_file():
        assert "viz/static/index.html" in shipped
