"""Errors of the server and its driver as one clear line of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from socket import gaierror
from ssl import SSLError

from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Neo4jError

from graph.errors import StoreAway, StoreBusy, StoreError, StoreReadOnly, StoreUnusable

_LONGEST = 300
_MEMORY = ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "OutOfMemoryError")
_AWAY = ("DatabaseUnavailable", "NotALeader", "DatabaseNotAvailable")
_READ_ONLY = ("ForbiddenOnReadOnlyDatabase", "Forbidden", "WriteOnReadOnlyAccessDatabase")
_MADE_ALREADY = ("EquivalentSchemaRuleAlreadyExists", "IndexAlreadyExists", "ConstraintAlreadyExists")
_TIMED_OUT = (
    "TransactionTimedOut",
    "TransactionTimedOutClientConfiguration",
    "LockClientStopped",
    "LockAcquisitionTimeout",
    "Terminated",
)


@contextmanager
def translated(url: str, database: str) -> Iterator[None]:
    """Errors of Neo4j as one clear line of ours."""
    try:
        yield
    except (DriverError, Neo4jError) as error:
        raise as_ours(url, database, error) from error


def is_made_already(error: Neo4jError) -> bool:
    """Whether another program has just made the constraint or index that was to be made."""
    return _name(error) in _MADE_ALREADY


def is_out_of_memory(error: Neo4jError) -> bool:
    """Whether the transaction needs more memory than the server gives, so that trying again is in vain."""
    return _name(error) in _MEMORY


def is_unknown_host(error: BaseException) -> bool:
    """Whether the server's name leads nowhere, so that waiting for it is in vain."""
    return any(isinstance(cause, gaierror) for cause in _causes(error))


def as_ours(url: str, database: str, error: DriverError | Neo4jError) -> StoreError:
    """Our error for one of theirs."""
    if isinstance(error, Neo4jError):
        return _of_server(url, database, error)
    if isinstance(error, ConfigurationError):
        return StoreUnusable(f"{url}: not the address of a Neo4j server ({_line(error)}); give neo4j://HOST:PORT")
    if is_unknown_host(error):
        return StoreAway(f"{url}: there is no host of that name; check the address")
    if any(isinstance(cause, SSLError) for cause in _causes(error)):
        return StoreUnusable(f"{url}: no encrypted connection with that server; give the scheme that it is set up for")
    return StoreAway(f"{url}: the server does not answer; start it, or check the address, and try again")


def _of_server(url: str, database: str, error: Neo4jError) -> StoreError:
    name = _name(error)
    if isinstance(error, AuthError) and name not in _READ_ONLY:
        often = " (too often; wait a few seconds)" if name == "AuthenticationRateLimit" else ""
        return StoreUnusable(
            f"{url}: the server refuses user or password{often};"
            " set POLICYGRAPH_NEO4J_USER and POLICYGRAPH_NEO4J_PASSWORD"
        )
    if name == "DatabaseNotFound":
        return StoreUnusable(f"{url}: there is no database {database}; set POLICYGRAPH_NEO4J_DATABASE")
    if name in _READ_ONLY:
        return StoreReadOnly(f"{url}: database {database} may not be written by this user ({_line(error)})")
    if name in _MEMORY:
        return StoreUnusable(
            f"{url}: a batch needs more memory than the server gives one transaction, nothing was changed;"
            " raise its heap, or dbms.memory.transaction.total.max and db.memory.transaction.max"
        )
    if name in _AWAY:
        return StoreAway(f"{url}: database {database} is not available now; try again when it is")
    if name in _TIMED_OUT:
        return StoreBusy(f"{url}: another program is writing to it; try again when that is done")
    if isinstance(error, ClientError) and "too large to index" in str(error):
        return StoreUnusable(f"{url}: an id is too long for the server's indexes, nothing was changed; ids are short")
    return StoreError(f"{url}: Neo4j says: {_line(error)}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it."""
    yield error
    below = [*error.exceptions] if isinstance(error, BaseExceptionGroup) else []
    for cause in (*below, *([error.__cause__] if error.__cause__ else [])):
        yield from _causes(cause)


def _name(error: Neo4jError) -> str:
    return (error.code or "").rpartition(".")[2]


def _line(error: DriverError | Neo4jError) -> str:
    text = (error.message if isinstance(error, Neo4jError) else str(error)) or type(error).__name__
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
