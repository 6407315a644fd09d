"""What tests of every package share: material that may be absent, and how much a costly test does."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from hypothesis import settings

from graph.store import Store
from tests.neo4j.server import NoServer, Server, jars
from tests.neo4j.shared import LentStores, Place, shared_place

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
IS_SOAK = os.environ.get("POLICYGRAPH_SOAK") == "1"

settings.register_profile("sample", deadline=None, max_examples=50)
settings.register_profile("soak", deadline=None, max_examples=5_000)
settings.load_profile("soak" if IS_SOAK else "sample")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the checkout; the test is skipped where a clone has none."""
    if not SHARED.is_dir():
        pytest.skip("there is no shared material beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """The folder of the real documents; the test is skipped where a clone has none."""
    return shared / "corpus"


@pytest.fixture(scope="session")
def examples(root: Path) -> Path:
    """The folder of the example documents."""
    return root / "examples" / "documents"


@pytest.fixture(scope="session")
def soak_rounds() -> int:
    """How often a costly test goes round: a sample, or in full where `make soak` runs it."""
    return 1_000 if IS_SOAK else 20


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; where there is none the test is skipped, in CI it fails."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if found is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop("there is no Chromium; `make test` installs it where it may")
    return str(found)


@pytest.fixture(scope="session")
def neo4j_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A Neo4j server, one for the whole test run; where there is none the test is skipped, in CI it fails."""
    base = tmp_path_factory.getbasetemp()
    with ExitStack() as stack:
        try:
            place = stack.enter_context(shared_place(base.parent if WORKER else base))
        except NoServer as error:
            stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            stop(str(error))
        yield place


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be killed and restarted, apart from that of the other tests; `restart` it before use."""
    try:
        jars()
    except NoServer as error:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(str(error))
    server = Server(tmp_path_factory.mktemp("own") / "neo4j")
    yield server
    server.kill()


@pytest.fixture(scope="session")
def new_neo4j_store(neo4j_place: Place) -> Iterator[Callable[[], Store]]:
    """Makes empty stores in Neo4j."""
    with closing(LentStores(neo4j_place, WORKER)) as lent:
        yield lent.new


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches them."""
    for name in list(os.environ):
        if name.startswith("POLICYGRAPH_") and name != "POLICYGRAPH_SOAK":
            monkeypatch.delenv(name)
