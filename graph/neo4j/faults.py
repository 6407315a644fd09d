"""Errors of the server and its driver as one clear line of ours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from socket import gaierror
from ssl import SSLCertVerificationError, SSLError

from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

from graph.errors import StoreAway, StoreBusy, StoreError, StoreReadOnly, StoreTooSmall, StoreUnusable

_LONGEST = 300
_MEMORY = ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "OutOfMemoryError")
_MADE_ALREADY = ("EquivalentSchemaRuleAlreadyExists", "IndexAlreadyExists", "ConstraintAlreadyExists")
_SAID: tuple[tuple[tuple[str, ...], type[StoreError], str], ...] = (
    (
        ("ForbiddenOnReadOnlyDatabase", "WriteOnReadOnlyAccessDatabase"),
        StoreReadOnly,
        "database {database} may not be written ({line}); to write, change the server's settings",
    ),
    (
        ("Forbidden",),
        StoreReadOnly,
        "the user's rights in database {database} do not allow that ({line}); have them granted, or use another user",
    ),
    (
        ("AuthenticationRateLimit",),
        StoreUnusable,
        "the server refuses user or password (too often; wait a few seconds);"
        " set POLICYGRAPH_NEO4J_USER and POLICYGRAPH_NEO4J_PASSWORD",
    ),
    (
        ("CredentialsExpired",),
        StoreUnusable,
        "the first password has to be changed before the server is used; do so (`ALTER CURRENT USER SET PASSWORD` in"
        " cypher-shell, or the server's page in the browser) and set POLICYGRAPH_NEO4J_PASSWORD",
    ),
    (("DatabaseNotFound",), StoreUnusable, "there is no database {database}; set POLICYGRAPH_NEO4J_DATABASE"),
    (
        _MEMORY,
        StoreTooSmall,
        "that needs more memory than the server gives one transaction, nothing was changed;"
        " raise its heap, or dbms.memory.transaction.total.max and db.memory.transaction.max",
    ),
    (
        ("ConstraintValidationFailed",),
        StoreUnusable,
        "the graph breaks a constraint of somebody else's in the database, nothing was changed ({line});"
        " drop that constraint, or use a database of its own",
    ),
    (
        ("DatabaseUnavailable", "NotALeader", "DatabaseNotAvailable"),
        StoreAway,
        "database {database} is not available now; try again when it is",
    ),
    (
        (
            "TransactionTimedOut",
            "TransactionTimedOutClientConfiguration",
            "LockClientStopped",
            "LockAcquisitionTimeout",
            "Terminated",
        ),
        StoreBusy,
        "another program is writing to it (or db.transaction.timeout is too short for a batch);"
        " try again when that is done",
    ),
)
"""For which codes of the server our error is which, and what it says."""
_TOO_LONG = re.compile(r"too large to index.*? name='(\w+)'")


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


def is_untrusted(error: BaseException) -> bool:
    """Whether nobody that is trusted has signed the server's certificate, so that waiting for it is in vain."""
    return any(isinstance(cause, SSLCertVerificationError) for cause in _causes(error))


def as_ours(url: str, database: str, error: DriverError | Neo4jError) -> StoreError:
    """Our error for one of theirs."""
    if isinstance(error, Neo4jError):
        return _of_server(url, database, error)
    if isinstance(error, ConfigurationError):
        return StoreUnusable(f"{url}: not the address of a Neo4j server ({_line(error)}); give neo4j://HOST:PORT")
    if is_unknown_host(error):
        return StoreAway(f"{url}: there is no host of that name; check the address")
    if is_untrusted(error):
        return StoreUnusable(
            f"{url}: nobody that this machine trusts has signed the server's certificate; have it trusted here"
            " (SSL_CERT_FILE), or give neo4j+ssc:// or bolt+ssc://"
        )
    if any(isinstance(cause, SSLError) for cause in _causes(error)):
        return StoreUnusable(f"{url}: no encrypted connection with that server; give the scheme that it is set up for")
    return StoreAway(f"{url}: the server does not answer; start it, or check the address and its scheme, and try again")


def _of_server(url: str, database: str, error: Neo4jError) -> StoreError:
    name = _name(error)
    for names, kind, words in _SAID:
        if name in names:
            return kind(f"{url}: {words.format(database=database, line=_line(error))}")
    if isinstance(error, AuthError):
        return StoreUnusable(
            f"{url}: the server refuses user or password; set POLICYGRAPH_NEO4J_USER and POLICYGRAPH_NEO4J_PASSWORD"
        )
    if index := _TOO_LONG.search(error.message or ""):
        return StoreUnusable(
            f"{url}: a name or an id is too long for index {index[1]} of the database, nothing was changed;"
            " drop the index if it is somebody else's, or shorten the id"
        )
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
