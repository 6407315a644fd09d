"""What a search looks through: the folded names of a node and the folded text of a passage."""

from typing import NamedTuple

from graph.facts import Node
from graph.normal import fold, fold_name


class SearchText(NamedTuple):
    """Folded names, one a line, with the length of the first; the folded text, None where there is none."""

    names: str
    name_length: int
    text: str | None


def search_text(node: Node) -> SearchText:
    """The node as it is searched."""
    aliases = node.properties.get("aliases")
    names = [fold_name(name) for name in (node.name, *(aliases if isinstance(aliases, list) else ()))]
    text = node.properties.get("text") if node.label == "Passage" else None
    return SearchText("\n".join(dict.fromkeys(names)), len(names[0]), fold(text) if isinstance(text, str) else None)
