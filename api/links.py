"""Where an answer leads: links in the reference from the ids of one answer to the questions that take them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

_ITEM = "$response.body#/items/0"
_TIE = "$response.body#/edges/0"


class _Link(NamedTuple):
    name: str
    source: str
    target: str
    parameters: Mapping[str, str]


_LINKS = (
    _Link("node", "search", "nodes/{id}", {"id": f"{_ITEM}/id"}),
    _Link("neighbours", "search", "nodes/{id}/neighbours", {"id": f"{_ITEM}/id"}),
    _Link("evidence", "search", "evidence/{id}", {"id": f"{_ITEM}/id"}),
    _Link("around", "search", "subgraph", {"seed": f"{_ITEM}/id"}),
    _Link("next", "search", "search", {"q": "$request.query.q", "cursor": "$response.body#/next"}),
    _Link("node", "nodes/{id}/neighbours", "nodes/{id}", {"id": f"{_ITEM}/node/id"}),
    _Link("evidence", "nodes/{id}/neighbours", "evidence/{id}", {"id": f"{_ITEM}/edge/id"}),
    _Link("next", "nodes/{id}/neighbours", "nodes/{id}/neighbours",
          {"id": "$request.path.id", "cursor": "$response.body#/next"}),
    _Link("next", "evidence/{id}", "evidence/{id}", {"id": "$request.path.id", "cursor": "$response.body#/next"}),
    _Link("passage", "evidence/{id}", "nodes/{id}", {"id": f"{_ITEM}/passage"}),
    _Link("node", "nodes", "nodes/{id}", {"id": f"{_ITEM}/id"}),
    _Link("text", "documents", "documents/{id}", {"id": f"{_ITEM}/id"}),
    _Link("fact", "documents/{id}", "evidence/{id}", {"id": f"{_ITEM}/facts/0/id"}),
    _Link("next", "documents/{id}", "documents/{id}", {"id": "$request.path.id", "cursor": "$response.body#/next"}),
    _Link("cascade", "chains", "cascade/{policy}", {"policy": f"{_ITEM}/policy/id"}),
    _Link("progress", "chains", "progress", {"policy": f"{_ITEM}/policy/id"}),
    _Link("compare", "chains", "compare", {"policy": f"{_ITEM}/policy/id"}),
    _Link("path", "chains", "paths", {"from": f"{_ITEM}/policy/id", "to": f"{_ITEM}/actor/id"}),
    _Link("evidence", "networks/{kind}", "evidence/{id}", {"id": f"{_TIE}/edges/0"}),
    _Link("path", "networks/{kind}", "paths", {"from": f"{_TIE}/source", "to": f"{_TIE}/target"}),
)  # fmt: skip


def add_links(paths: Mapping[str, Any], prefix: str) -> None:
    """Add the links to the paths of an OpenAPI description, whose routes begin with a prefix."""
    for link in _LINKS:
        source, target = (paths[f"{prefix}/{path}"]["get"] for path in (link.source, link.target))
        known = {parameter["name"]: parameter["in"] for parameter in target["parameters"]}
        source["responses"]["200"].setdefault("links", {})[link.name] = {
            "operationId": target["operationId"],
            "parameters": {f"{known[name]}.{name}": value for name, value in link.parameters.items()},
        }
