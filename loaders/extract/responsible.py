"""Bodies responsible for a measure, as lists: （责任单位：A、B）, （A牵头，B、C配合）, 牵头单位：A；配合单位：B."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from loaders.extract.actor_roles import Role
from loaders.text.model import Span

_INNER = r"(?:[^（()）。；;\n]|[（(][^（()）\n]{0,16}[）)])"
_LABELLED = re.compile(
    r"(?P<label>责任(?:单位|部门|主体|领导)|牵头(?:单位|部门)|主办单位|实施单位|配合(?:单位|部门)|协办单位|参加单位|参与单位|协同单位)[：:]"
    rf"(?P<bodies>{_INNER}{{2,400}})"
)
_BRACKETED = re.compile(rf"[（(](?P<inside>{_INNER}{{2,300}}(?:负责|牵头|配合|参与|协助|落实|实施))[)）]")
_DEED = re.compile(
    r"(?P<bodies>[^；;]{2,300}?)(?:按照?(?:各自)?职责)?(?P<deed>(?:分工|分别|牵头|具体)?负责|牵头|配合|参与|协助|落实|实施)(?:[，,；;]|$)"
)
_HELPING = re.compile("配合|协办|参加|参与|协同|协助")


_NESTED = 2


class Responsible:
    """The lists of responsible bodies in a stretch of text."""

    def __init__(self, text: str, span: Span) -> None:
        self._lists = sorted([*_labelled(text, span), *_bracketed(text, span)])

    def role_at(self, span: Span) -> Role | None:
        """The role of a body that is listed at this span; None outside of lists."""
        last = bisect_right(self._lists, span.start, key=lambda found: found[0].start)
        return next((role for stretch, role in self._lists[max(0, last - _NESTED) : last] if span in stretch), None)


def _labelled(text: str, span: Span) -> Iterator[tuple[Span, Role]]:
    for found in _LABELLED.finditer(text, span.start, span.end):
        yield Span(*found.span("bodies")), _role(found["label"])


def _bracketed(text: str, span: Span) -> Iterator[tuple[Span, Role]]:
    for bracket in _BRACKETED.finditer(text, span.start, span.end):
        for found in _DEED.finditer(text, bracket.start("inside"), bracket.end("inside")):
            yield Span(*found.span("bodies")), _role(found["deed"])


def _role(word: str) -> Role:
    return "partner" if _HELPING.search(word) else "lead"
