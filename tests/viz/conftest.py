"""A real browser on a real server."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from graph.open import open_store
from graph.store import Store
from tests.viz import web_graph

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 20_000


@pytest.fixture(scope="session")
def web_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the graph for the browser."""
    with open_store(str(tmp_path_factory.mktemp("web") / "web.db")) as opened:
        for batch in (web_graph.plan(), web_graph.partnerships(), web_graph.textless(), web_graph.wrapped()):
            opened.write(batch)
        yield opened


@pytest.fixture(scope="session")
def site(web_store: Store, root: Path) -> Iterator[str]:
    """Address of the explorer, served with its API on a free port."""
    assert (root / "viz/static/index.html").is_file(), "the explorer is not built; run `make browser`"
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(web_store), log_level="error", ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in Chinese; an error of its script, or a request that leaves the machine, fails the test."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda request: _note_outside(request.url, errors))
    yield opened
    context.close()
    assert errors == []


def _note_outside(url: str, errors: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
        errors.append(f"request to {url}")
