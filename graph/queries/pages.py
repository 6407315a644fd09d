"""Pages of a list and the cursors between them.

A cursor holds the sort key of the last row that was given, so that a page goes on behind it even when rows came or
went meanwhile, and a digest of the question, so that it is refused when it comes with another one.
"""

import base64
import binascii
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from graph.errors import RefusedInput, StaleCursor
from graph.ids import digest

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

EXACT_UP_TO = 10_000
"""Totals are counted up to here."""
NOT_OURS = "cursor: not one of ours; leave it out to start from the first page"

Key: TypeAlias = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list: `next` is the cursor of the page behind, None at the end; `total` counts the whole list.

    Where `exact` is false the list has at least `total` rows.
    """

    items: tuple[T, ...]
    next: str | None
    total: int
    exact: bool = True


def question_of(query: "DataclassInstance", name: str, *parts: str) -> str:
    """What tells a question from others: its name, what else is asked, and all that the query says."""
    return digest(name, *parts, repr(sorted(asdict(query).items())))


def cut(
    rows: Sequence[T], key: Callable[[T], Key], *, question: str, limit: int, cursor: str | None
) -> tuple[Sequence[T], str | None]:
    """The rows of one page out of rows sorted by `key`, and the cursor of the next page.

    Raises RefusedInput for a cursor that is damaged or belongs to another question, and for a limit below 1.
    """
    check_limit(limit)
    start = 0
    if cursor is not None:
        after = decode_cursor(cursor, question)
        start = bisect_right(rows, after, key=key)
    page = rows[start : start + limit]
    more = start + limit < len(rows)
    return page, encode_cursor(key(page[-1]), question) if more else None


def check_limit(limit: int) -> None:
    """Raise RefusedInput for a limit below 1."""
    if limit < 1:
        raise RefusedInput(f"limit {limit}: a page has at least one row; give a limit of 1 or more")


def encode_cursor(last: Key, question: str) -> str:
    """An opaque text for the position behind the row with this key in the answer to this question."""
    body = json.dumps(last, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(f"{_seal(body, question)}{body}".encode()).decode().rstrip("=")


def decode_cursor(cursor: str, question: str) -> Key:
    """The key that the cursor holds; raises RefusedInput if it is damaged or of another question."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        text = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeError) as exc:
        raise RefusedInput(NOT_OURS) from exc
    sealed, body = text[:_SEAL], text[_SEAL:]
    if sealed != _seal(body, question):
        raise RefusedInput("cursor: it belongs to another question; leave it out to start from the first page")
    try:
        key = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise RefusedInput(NOT_OURS) from exc
    if not (isinstance(key, list) and key and all(isinstance(part, str) and not _HALF.search(part) for part in key)):
        raise RefusedInput(NOT_OURS)
    return tuple(key)


def numbers(key: Sequence[str], count: int) -> list[int]:
    """The parts of a key as so many numbers from 0; raises RefusedInput for a cursor that somebody made up."""
    if len(key) != count or not all(_NUMBER.fullmatch(part) for part in key):
        raise RefusedInput(NOT_OURS)
    return list(map(int, key))


def encode_computed(start: int, question: str, version: int) -> str:
    """A cursor for the row at a position of a computed list, which counts for this version of the store alone."""
    return encode_cursor((str(version), str(start)), question)


def start_of(cursor: str | None, question: str, version: int) -> int:
    """The position that a cursor of a computed list holds, 0 for none; raises StaleCursor if the store has changed."""
    if cursor is None:
        return 0
    made_at, start = numbers(decode_cursor(cursor, question), 2)
    if made_at != version:
        raise StaleCursor("cursor: the graph has changed since that page; leave it out to start from the first page")
    return start


_SEAL = 12
_HALF = re.compile("[\ud800-\udfff]")  # of a pair of surrogates: no store can look for it
_NUMBER = re.compile("[0-9]{1,18}")  # of positions: what any machine can hold


def _seal(body: str, question: str) -> str:
    return digest(question, body)[:_SEAL]
