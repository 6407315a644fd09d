"""The examples of the HTTP reference, api/pages/examples.json, made of an invented province.

usage: python -m tests.api.making_examples
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from graph.ids import document_id
from graph.open import open_store
from tests import aligned_graph as plans
from tests import small_graph as small
from tests.aligned_graph import CITY, OTHER_CITY

FILE = Path(__file__).parents[2] / "api" / "pages" / "examples.json"
ASKED = {
    "/healthz": "/healthz",
    "/readyz": "/readyz",
    "/api/v1/stats": "/api/v1/stats",
    "/api/v1/ontology": "/api/v1/ontology",
    "/api/v1/counts": "/api/v1/counts?by=level",
    "/api/v1/search": "/api/v1/search?q=学院&facets=true&limit=1",
    "/api/v1/chains": "/api/v1/chains?limit=1",
    "/api/v1/chains/groups": "/api/v1/chains/groups?by=actor&limit=1",
    "/api/v1/paths": f"/api/v1/paths?from={small.COLLEGE}&to={small.COMPANY}&limit=1",
    "/api/v1/cascade/{policy}": f"/api/v1/cascade/{CITY}?limit=1",
    "/api/v1/compare": f"/api/v1/compare?policy={CITY}&policy={OTHER_CITY}&limit=1",
    "/api/v1/progress": "/api/v1/progress?limit=1",
    "/api/v1/networks/{kind}": "/api/v1/networks/partnership?limit=2",
    "/api/v1/nodes": "/api/v1/nodes?label=Region&limit=1",
    "/api/v1/documents": "/api/v1/documents?limit=1",
    "/api/v1/documents/{id}": f"/api/v1/documents/{document_id('b' * 64)}?limit=2",
    "/api/v1/nodes/{id}": "/api/v1/nodes/place:990100",
    "/api/v1/nodes/{id}/neighbours": "/api/v1/nodes/place:990100/neighbours?limit=1",
    "/api/v1/evidence/{id}": "/api/v1/evidence/place:990100?limit=1",
}
REFUSED = {
    "400": "/api/v1/chains?regio=云州市",
    "404": "/api/v1/chains?region=云洲",
    "409": "/api/v1/chains?actor=云州",
    "414": f"/api/v1/search?q={'a' * 40_000}",
}
_WHOLE = ("segments", "section", "labels", "columns", "cells")
_MOST_NAMES = 20


def examples() -> dict[str, dict[str, Any]]:
    """Answers by route, and problems by status."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/policygraph.db") as store:
        for batch in (*plans.all_batches(), small.plan(), small.report()):
            store.write(batch)
        with TestClient(create_app(store, version="1.0.0", static=Path("nowhere"))) as client:
            answers = {route: _short(_get(client, url)) for route, url in ASKED.items()}
            problems = {status: _get(client, url) for status, url in REFUSED.items()}
        with TestClient(create_app(store, static=Path("nowhere"), time_limit_s=1e-9)) as hasty:
            problems["422"] = _get(hasty, "/api/v1/chains?year_from=2025")
    problems["422"]["detail"] = problems["422"]["detail"].replace("1e-09", "30")
    answers["/api/v1/stats"]["url"] = "policygraph.db"
    return {"answers": answers, "problems": problems}


def _get(client: TestClient, url: str) -> Any:
    return client.get(url, headers={"X-Request-ID": "f3b9c1"}).json()


def _short(value: Any, name: str = "") -> Any:
    """The value with the first of its lists, and of what has many names."""
    if isinstance(value, dict):
        items = list(value.items())
        return {key: _short(inner, key) for key, inner in (items[:1] if len(items) > _MOST_NAMES else items)}
    if isinstance(value, list):
        return [_short(one) for one in (value if name in _WHOLE else value[:1])]
    return value


def _text(made: dict[str, dict[str, Any]]) -> str:
    """A line for each answer and problem."""
    lines = [
        f" {json.dumps(part)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in of.items())
        + "\n }"
        for part, of in made.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(_text(examples()), "utf-8")
