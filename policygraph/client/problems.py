"""What a server says went wrong, as the error that the same question raises on a store."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import AmbiguousName, Candidate, NotFound, PolicygraphError, RefusedInput, StoreError

_FITS = re.compile(r"“(.*)” fits (?:more than )?\d+ nodes", re.DOTALL)


def error_of(problem: Mapping[str, Any], where: str) -> PolicygraphError:
    """The error that a problem (RFC 9457) stands for, by its title; `where` is told with what no class stands for."""
    title, status, detail = problem.get("title"), problem.get("status"), str(problem.get("detail", ""))
    if title == AmbiguousName.title and (ambiguous := _ambiguous(problem, detail)):
        return ambiguous
    for class_ in _tree(PolicygraphError):
        if class_.title == title and class_.status == status and class_.__init__ is Exception.__init__:
            return class_(detail)
    if status == NotFound.status:
        return NotFound(detail)
    if isinstance(status, int) and 400 <= status < 500:
        return RefusedInput(detail or f"{where}: refused with status {status}")
    return StoreError(f"{where}: {detail or f'the server failed with status {status}'}")


def _ambiguous(problem: Mapping[str, Any], detail: str) -> AmbiguousName | None:
    found = _FITS.match(detail)
    if not found:
        return None
    candidates = [Candidate(**candidate) for candidate in problem.get("candidates", ())]
    return AmbiguousName(found[1], candidates, is_whole=bool(problem.get("exact", True)))


def _tree(class_: type[PolicygraphError]) -> Iterator[type[PolicygraphError]]:
    yield class_
    for child in class_.__subclasses__():
        yield from _tree(child)
