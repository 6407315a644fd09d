"""Checks of a Neo4j server: whether it answers, what it is, and whether it may be written."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.errors import PolicygraphError, StoreReadOnly, StoreUnusable
from policygraph.checks import Check, State
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.neo4j.diagnosis import Diagnosis

_CLOCK_S = 5.0


def check_server(url: str) -> Iterator[Check]:
    """Checks of the server and its database, ending with the first that makes the rest pointless."""
    from graph.neo4j.diagnosis import Diagnosis
    from policygraph.stores import access_of_settings

    try:
        with Diagnosis.open(url, access=access_of_settings()) as server:
            for check in (_version, _clock, _writing, _schema):
                yield check(server)
    except PolicygraphError as error:
        yield Check("server", State.BROKEN, str(error))


def _version(server: "Diagnosis") -> Check:
    found = server.version()
    says = f"Neo4j {found.number}, {found.edition}"
    if found.is_new_enough:
        return Check("server", State.OK, says)
    return Check("server", State.BROKEN, says, "policygraph needs 5.26 or newer; upgrade the server")


def _clock(server: "Diagnosis") -> Check:
    ahead_s = server.clock_ahead_s()
    says = f"the server's is {abs(ahead_s):.1f} s {'ahead of' if ahead_s > 0 else 'behind'} this machine's"
    if abs(ahead_s) < _CLOCK_S:
        return Check("clock", State.OK, says)
    return Check("clock", State.NOTICE, says, "set both by a time server")


def _writing(server: "Diagnosis") -> Check:
    try:
        is_read_back = server.try_write()
    except StoreReadOnly as error:
        return Check("writing", State.NOTICE, str(error), "questions are answered; to load, use a user who may write")
    if is_read_back:
        return Check("writing", State.OK, "a node was written, read back and rolled back")
    return Check("writing", State.BROKEN, "a node that was written could not be read back", "check the server's log")


def _schema(server: "Diagnosis") -> Check:
    try:
        version = server.schema()
    except StoreUnusable as error:
        return Check("schema", State.BROKEN, str(error))
    if version is None:
        return Check("schema", State.MISSING, "there is no store in the database yet", "`policygraph load` makes it")
    missing = server.missing_indexes()
    if missing:
        says = f"version {version}; {numbered(len(missing), 'index', 'indexes')} not made yet"
        return Check("schema", State.NOTICE, says, "`policygraph stats` makes them")
    return Check("schema", State.OK, f"version {version}")
