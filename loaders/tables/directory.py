"""The nodes that rows may name: those of the tables that are loaded together, then those of the store."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from graph.errors import AmbiguousName, Candidate, RefusedInput
from graph.facts import REFERENCE, Node, Properties
from graph.normal import fold
from graph.queries.find import find_named
from graph.store import Store
from loaders.tables.values import short
from ontology import registry
from ontology.values import Origin

_NEAREST = 3
_PAGE = 1_000
_MANY = 200
_CLAIMS = 50
_LONGEST_NAME = 1_000  # a search for a text of a million characters would take minutes


@dataclass(frozen=True, slots=True)
class Named:
    """A node that a row may name; `table` is the source of the table that states it, "" for one of the store."""

    id: str
    label: str
    properties: Properties
    table: str = ""

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.properties["name"])


class Directory:
    """Finds nodes by id, or by class and name.

    `replaced` are the ids of batches that are about to be replaced: what only they state is not there any more.
    """

    def __init__(self, store: Store, *, replaced: Collection[str] = ()) -> None:
        self._store = store
        self._replaced = frozenset(replaced)
        self._own: dict[str, Named] = {}
        self._by_name: dict[str, list[Named]] = defaultdict(list)
        self._stored: dict[str, Named | None] = {}
        self._called: dict[tuple[str, str], list[Named]] = {}
        self._found: dict[tuple[str, tuple[str, ...]], Named] = {}
        self._searched: tuple[str, tuple[str, ...], list[Named]] | None = None

    def add(self, named: Named) -> None:
        """Let rows name this node of a table."""
        if named.id not in self._own:
            self._own[named.id] = named
            for name in _names(named.properties):
                self._by_name[name].append(named)

    def read(self, ids: Iterable[str]) -> None:
        """Ask the store for all of these at once, before each is looked up."""
        wanted = sorted({id_ for id_ in ids if is_id(id_)} - self._stored.keys())
        for at in range(0, len(wanted), _PAGE):
            page = wanted[at : at + _PAGE]
            known = self._store.nodes(page)
            self._stored |= {id_: _named(known[id_]) if id_ in known else None for id_ in page}

    def read_names(self, texts: Iterable[str], labels: Sequence[str]) -> None:
        """Ask the store at once for the nodes of these classes that are called so, where there are many to ask for."""
        names = {name for text in texts if not is_id(name := text.strip()) and fold(name).strip() not in self._by_name}
        for label in labels:
            wanted = sorted(name for name in names if (label, name) not in self._called)
            if len(wanted) >= _MANY:  # for this all nodes of the class are read
                self._called |= {(label, name): [] for name in wanted}
                for at in range(0, len(wanted), _PAGE):
                    for node in self._listed(label, wanted[at : at + _PAGE]):
                        self._called[label, node.name].append(_named(node))

    def _listed(self, label: str, names: Sequence[str]) -> Iterator[Node]:
        after = ""
        while page := self._store.list_nodes(label, filters={"name": names}, after=after, limit=_PAGE):
            yield from page
            after = page[-1].id

    def find(self, text: str, labels: Sequence[str]) -> Named:
        """The node of this id, or the one of this name among the nodes of these classes (with subclasses).

        Nodes of the tables count before those of the store, and in the store the very name before another writing of it
        and an alias. Raises AmbiguousName with the candidates where several fit, RefusedInput where none does or where
        another class has the id.
        """
        sought = (text.strip(), tuple(labels))
        if sought not in self._found:
            self._found[sought] = self._by_id(*sought) if is_id(sought[0]) else self._by_text(*sought)
        return self._found[sought]

    def known(self, id_: str) -> Named | None:
        """The node of this id, of a table or of the store."""
        return self._own.get(id_) or self.stored(id_)

    def stored(self, id_: str) -> Named | None:
        """The node of this id in the store."""
        self.read([id_])
        return self._stored.get(id_)

    def named_in_store(self, name: str, label: str) -> list[Named]:
        """Nodes of the store of this class, or of another with the same root, that have this name."""
        root = (registry.root_of(label),)
        folded = fold(name).strip()
        return self._called_so(name, root) or [
            named for named in self._search(name, root) if fold(named.name).strip() == folded
        ]

    def _by_id(self, id_: str, labels: tuple[str, ...]) -> Named:
        named = self.known(id_)
        if named is None or not self._is_stated(named):
            raise RefusedInput(f"“{short(id_)}” is neither in these tables nor in the store; load what states it first")
        if not is_within(named.label, labels):
            raise RefusedInput(f"{named.name} ({id_}) is of class {named.label}; give a {' or '.join(labels)}")
        return named

    def _by_text(self, text: str, labels: tuple[str, ...]) -> Named:
        folded = fold(text).strip()
        found = [named for named in self._by_name.get(folded, ()) if is_within(named.label, labels)]
        found = found or [named for named in self._called_so(text, labels) if self._is_stated(named)]
        near: list[Named] = []
        if not found:
            near = [named for named in self._search(text, labels) if self._is_stated(named)]
            found = [named for named in near if folded in _names(named.properties)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(text, [Candidate(named.id, named.label, named.name) for named in found])
        shown = "; ".join(f"{named.name} ({named.id})" for named in near[:_NEAREST])
        raise RefusedInput(
            f"no {' or '.join(labels)} “{short(text)}” in these tables or the store; "
            + (f"nearest: {shown}" if near else "add a row for it to a table of nodes")
        )

    def _is_stated(self, named: Named) -> bool:
        """Whether more than references, or what is about to be replaced, says that there is the node."""
        if named.table or named.properties.get("origin") != Origin.CURATED:
            return True
        claims = self._store.node_claims(named.id, limit=_CLAIMS)
        return len(claims) == _CLAIMS or any(
            a.claim.rule != REFERENCE and a.header.id not in self._replaced for a in claims
        )

    def _called_so(self, name: str, labels: tuple[str, ...]) -> list[Named]:
        """Nodes of the store that have just this name, as `read_names` found them or as a search does."""
        if all((label, name) in self._called for label in labels):
            return [named for label in labels for named in self._called[label, name]]
        return [named for named in self._search(name, labels) if named.name == name]

    def _search(self, text: str, labels: tuple[str, ...]) -> list[Named]:
        if len(text) > _LONGEST_NAME:
            return []
        if self._searched is None or self._searched[:2] != (text, labels):
            found = [_named(node) for node in find_named(self._store, text, labels=labels)]
            self._searched = text, labels, found
        return self._searched[2]


def is_id(text: str) -> bool:
    """Whether a text is an id and no name."""
    prefix, colon, rest = text.partition(":")
    return bool(colon and rest) and prefix in _prefixes()


@cache
def _prefixes() -> frozenset[str]:
    return frozenset(registry.class_of(name).prefix for name in registry.class_names())


def is_within(label: str, labels: Sequence[str]) -> bool:
    """Whether a class is one of these or a subclass of one."""
    return label in _within(tuple(labels))


@cache
def _within(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for label in labels for name in registry.descendants_of(label))


def _named(node: Node) -> Named:
    return Named(node.id, node.label, node.properties)


def _names(properties: Mapping[str, object]) -> set[str]:
    aliases = properties.get("aliases")
    names = [properties["name"], *(aliases if isinstance(aliases, list) else [])]
    return {fold(str(name)).strip() for name in names}
