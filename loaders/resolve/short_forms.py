"""Which full name a short form stands for (温职院 -> 温州职业技术学院), by rules of form, never by likeness.

A short form takes characters of the full name in their order, keeps its last character, and takes at least one from
every specific word: 温职院 is not 温州科技职业学院, 浙江大学 is not 浙江工业大学.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import TypeAlias

from graph.normal import key
from loaders.names.lexicon import lexicon
from loaders.resolve.kinds import kind_of
from loaders.resolve.places import Places

_COMPANY_FORM = re.compile("集团$|(?:集团)?(?:股份|控股)?(?:有限)?(?:责任)?公司$")
_GENERIC = re.compile("职业技术|职业|技术|中等|高等|专科|专业|学校|学院|大学|中学|师范|银行|医院|省|市|县|区|集团")
_BRANCH = re.compile("分公司|分行|支行|分局|分院")
_ENDS_OF_SCHOOLS = "院校大学"
_FEWEST = 2
_Test: TypeAlias = Callable[[str, str], bool]


class ShortForms:
    """Tells which of a document's names a short form stands for; a name of a unit may begin with another of them."""

    def __init__(self, places: Places, names: Collection[str] = ()) -> None:
        self._places = places
        self._owners = frozenset(names) | lexicon().colleges | lexicon().central
        self._full: dict[str, str] = {}
        self._names_with: dict[str, set[str]] = defaultdict(set)
        for name in names:
            for character in name:
                self._names_with[character].add(name)

    def full_name(self, short: str) -> str | None:
        """The only name of the document that the short form can stand for; None if none fits or several do.

        Ask for long forms first: what was found for them counts when a shorter one fits both.
        """
        if short in lexicon().colleges:
            return None
        found = self._only_one(short, self._candidates(short), (self._is_tail, self.stands_for))
        if found:
            self._full[short] = found
        return found

    def _candidates(self, short: str) -> list[str]:
        """The longer names that have the characters which any rule asks for: a company's place and form may differ."""
        is_company = short.endswith(("公司", "集团"))
        needed = {short[0], *(_core(short[self._head(short) :]) if is_company else short)}
        having = sorted((self._names_with.get(character, set()) for character in needed), key=len)
        return sorted(name for name in set.intersection(*having) if len(name) > len(short))

    def registered_college(self, short: str) -> str | None:
        """The registered college of the home's province that a short form stands for; None if it can't be told."""
        province = self._places.home.at("province") if self._places.home else None
        if province is None or short in lexicon().colleges or short[-1] not in _ENDS_OF_SCHOOLS:
            return None
        return self._only_one(short, _colleges_of(province.short or province.name), (self.stands_for,))

    def _only_one(self, short: str, candidates: Iterable[str], tests: Iterable[_Test]) -> str | None:
        """The candidate that passes the first test that any passes; None if several do."""
        for fits in tests:
            fitting = [self._full.get(name, name) for name in candidates if fits(short, name)]
            by_key = {key(name): name for name in fitting if key(name) != key(short)}
            if by_key:
                return next(iter(by_key.values())) if len(by_key) == 1 else None
        return None

    def stands_for(self, short: str, full: str) -> bool:
        """Whether the short form is made from the full name by leaving characters out."""
        if not _FEWEST <= len(short) < len(full) or not _same_type(short, full) or _BRANCH.search(full):
            return False
        size = self._head(full)
        if _is_company(full):
            return self._is_company_of(short, full, size)
        core = full[size:]
        if full.startswith(short):  # a unit of it: 海职院 and 海职院东港学院
            return False
        if core.endswith("大学") and short.endswith("大"):
            short += "学"
        if not core or short[-1] != core[-1]:
            return False
        return any(_takes(short, before, core) for before in (full[:size], ""))

    def _head(self, name: str) -> int:
        head = self._places.leading(name)
        return head[1] if head else 0

    def _is_company_of(self, short: str, full: str, size: int) -> bool:
        """星渊智能, 星渊集团, 江北星渊集团 and 星渊智能股份有限公司 for 云州星渊智能集团股份有限公司."""
        core = _core(full[size:])
        if not short.endswith(("公司", "集团")):
            return core.startswith(short) or (full[:size] + core).startswith(short)
        own = self._head(short)
        if own and not self._lies_in(full, short):
            return False
        brand = _core(short[own:])
        if len(brand) < _FEWEST or (short.endswith("集团") and "集团" not in full):
            return False
        return core.startswith(brand) if short.endswith("集团") else core == brand

    def _lies_in(self, full: str, short: str) -> bool:
        """Whether the place at the head of the full name is that of the short one, or in it."""
        inner, outer = self._places.leading(full), self._places.leading(short)
        return inner is not None and outer is not None and inner[0].lies_in(outer[0])

    def _is_tail(self, short: str, full: str) -> bool:
        """Whether the full name is the short one after a place, an owner, or a place and an owner.

        The owner may also stand within: 柬埔寨培训中心 for 柬埔寨海棠职业技术学院培训中心.
        """
        size = self._head(full)
        if len(short) >= len(full) or not _GENERIC.sub("", short) or kind_of(short)[0] != kind_of(full)[0]:
            return False
        if full.endswith(short):
            before = full[: len(full) - len(short)]
            return len(before) == size or before in self._owners or before[size:] in self._owners
        rest = short[size:]
        within = full[size : len(full) - len(rest)]
        if not (size and rest) or short[:size] != full[:size] or not full.endswith(rest):
            return False
        return any(within[:end] in self._owners for end in range(_FEWEST + 1, len(within) + 1))


def _same_type(short: str, full: str) -> bool:
    """Both companies or both not; 温大 ends like a university only beside its full name."""
    return kind_of(short)[0] == kind_of(full)[0] or (full.endswith("大学") and short.endswith("大"))


@cache
def _colleges_of(province: str) -> Collection[str]:
    return tuple(name for name, where in lexicon().province_of.items() if where == province)


def _is_company(name: str) -> bool:
    return name.endswith(("公司", "集团")) and kind_of(name)[0] == "Enterprise"


def _core(rest: str) -> str:
    """A company's name after its place, without its legal form."""
    return _COMPANY_FORM.sub("", rest)


def _takes(short: str, head: str, core: str) -> bool:
    """Whether the characters of `short` stand in head + core in order, from its start, one or more of each word."""
    full = head + core
    if short[0] != full[0]:
        return False
    position, taken = -1, set[int]()
    for character in short:
        position = full.find(character, position + 1)
        if position < 0:
            return False
        taken.add(position)
    specific = _specific(head, core)
    return all(any(i in taken for i in word) for word in specific) and bool(specific or head)


def _specific(head: str, core: str) -> list[range]:
    """Positions, in head + core, of each word of the core that is not generic."""
    found: list[range] = []
    start = 0
    for begin, end in [*(match.span() for match in _GENERIC.finditer(core)), (len(core), len(core))]:
        if begin > start:
            found.append(range(len(head) + start, len(head) + begin))
        start = end
    return found
