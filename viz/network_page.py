"""Networks as single HTML pages to keep or send: everything is in the page, nothing is fetched."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, Environment
from markupsafe import Markup
from pyvis.network import Network as Pyvis

from viz.layout import positions
from viz.styles import class_style

MOST_NODES = 2000
"""Nodes that a page draws; beyond that a picture says nothing and a browser grows slow."""
_SMALLEST, _LARGEST = 10.0, 38.0
"""Radii in a network of `_USUAL` nodes; a larger one is seen from further away."""
_USUAL = 200
_EDGE_COLOR = "#c3ccd6"
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "hideEdgesOnDrag": True, "keyboard": {"bindToWindow": False}},
    "edges": {
        "smooth": False,
        "color": {"color": _EDGE_COLOR, "highlight": "#7d9cc6", "hover": "#7d9cc6"},
        "selectionWidth": 0,
    },
    "nodes": {"shape": "dot", "borderWidth": 1, "font": {"size": 0}},
}


@dataclass(frozen=True, slots=True)
class PageNode:
    """A node as a page draws it: `label` is its class, `size` grows with its weight, `note` is what it says more."""

    id: str
    label: str
    name: str
    size: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class PageEdge:
    """An edge as a page draws it; `label` is shown with it, `note` is what it says more."""

    source: str
    target: str
    label: str = ""
    weight: float = 1.0
    note: str = ""


def network_page(nodes: Iterable[PageNode], edges: Iterable[PageEdge], *, title: str, remark: str = "") -> str:
    """A page that shows the network with names, legend, list and notes, in any browser and without a connection.

    Of more than `MOST_NODES` nodes the largest, which are the best connected, are drawn, and a line on the page says
    so, beside the `remark`. What names and notes hold is shown as text, whatever it is.
    """
    wanted = sorted(nodes, key=lambda node: (-node.size, node.name, node.id))
    drawn = wanted[:MOST_NODES]
    inside = {node.id for node in drawn}
    joined = [edge for edge in edges if edge.source in inside and edge.target in inside]
    page = _pyvis(drawn, joined)
    page.heading = title
    page.path = "network.html"
    page.templateEnv = _environment(
        legend=_legend(drawn),
        remarks=[line for line in (_cut_line(len(wanted), len(drawn)), remark) if line],
        node_count=len(drawn),
        edge_count=len(joined),
    )
    return str(page.generate_html())


def _pyvis(nodes: Sequence[PageNode], edges: Sequence[PageEdge]) -> Pyvis:
    page = Pyvis(cdn_resources="in_line")
    page.options = _OPTIONS
    largest = max((node.size for node in nodes), default=1.0)
    scale = max(1.0, len(nodes) / _USUAL) ** 0.25
    radii = {node.id: round(scale * _radius(node.size, largest), 1) for node in nodes}
    places = positions(radii, [(edge.source, edge.target) for edge in edges])
    for node in nodes:
        style = class_style(node.label)
        page.add_node(
            node.id,
            label=" ",
            name=node.name,
            note=node.note,
            kind=style.caption.both,
            color=style.color,
            size=radii[node.id],
            x=places[node.id][0],
            y=places[node.id][1],
        )
    # Given whole, since pyvis drops the second edge between two nodes and looks for it in a list.
    page.edges = [
        {
            "id": f"e{at}",
            "from": edge.source,
            "to": edge.target,
            "width": scale * min(10.0, 1.0 + edge.weight**0.5),
            "caption": edge.label,
            "note": edge.note,
        }
        for at, edge in enumerate(edges)
    ]
    return page


def _radius(size: float, largest: float) -> float:
    share = (size / largest) ** 0.5 if largest > 0 and size > 0 else 0.0
    return _SMALLEST + (_LARGEST - _SMALLEST) * share


def _legend(nodes: Iterable[PageNode]) -> list[dict[str, object]]:
    numbers = Counter(node.label for node in nodes)
    styles = [(class_style(label), number) for label, number in numbers.most_common()]
    return [{"color": style.color, "caption": style.caption.both, "number": number} for style, number in styles]


def _cut_line(total: int, drawn: int) -> str:
    if total == drawn:
        return ""
    english = f"the {drawn:,} best connected of {total:,} nodes are drawn"
    return f"共 {total:,} 个节点，只画出联系最多的 {drawn:,} 个 · {english}"


def _environment(**shown: object) -> Environment:
    """Templates of the page, which escape by themselves, in place of those of pyvis, which load from elsewhere."""
    environment = Environment(loader=_PackageTemplates(), autoescape=True)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    parts = {"library": _library(), "program": _resource("network.js"), "style": _resource("network.css")}
    environment.globals.update(shown, **parts)
    return environment


class _PackageTemplates(BaseLoader):
    """Templates of this package, also where it is not installed as plain files."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:
        return files("viz").joinpath("templates", template).read_text("utf-8"), None, None


def _resource(name: str) -> Markup:
    return Markup(files("viz").joinpath("templates", name).read_text("utf-8"))


@cache
def _library() -> Markup:
    """The vis-network that pyvis carries."""
    script = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text("utf-8")
    return Markup(script.replace("</script", "<\\/script"))
