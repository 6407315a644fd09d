"""Which full name a short form stands for (温职院 -> 温州职业技术学院), by rules of form, never by likeness.

A short form takes characters of the full name in their order, keeps its last character, and takes at least one from
every specific word: 温职院 is not 温州科技职业学院, 浙江大学 is not 浙江工业大学.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache

from loaders.names.lexicon import lexicon
from loaders.resolve.kinds import kind_of
from loaders.resolve.places import Places

_COMPANY_FORM = re.compile("(?:集团)?(?:股份|控股)?(?:有限)?(?:责任)?公司$")
_GENERIC = re.compile("职业技术|职业|技术|中等|高等|专科|专业|学校|学院|大学|中学|师范|省|市|县|区|集团")
_BRANCH = re.compile("分公司|分行|支行|分局|分院")
_ENDS_OF_SCHOOLS = "院校大学"
_FEWEST = 2


class ShortForms:
    """Tells full names of short forms in one document; `owners` are bodies that the name of a unit may begin with."""

    def __init__(self, places: Places, owners: Collection[str] = ()) -> None:
        self._places = places
        self._owners = frozenset(owners) | lexicon().colleges | lexicon().central

    def full_name(self, short: str, candidates: Iterable[str]) -> str | None:
        """The only candidate that the short form can stand for; None if none fits or several do."""
        if short in lexicon().colleges:
            return None
        fitting = {name for name in candidates if name != short and self.stands_for(short, name)}
        return fitting.pop() if len(fitting) == 1 else None

    def registered_college(self, short: str) -> str | None:
        """The registered college of the home's province that a short form stands for; None if it can't be told."""
        province = self._places.home.at("province") if self._places.home else None
        if province is None or short[-1] not in _ENDS_OF_SCHOOLS:
            return None
        return self.full_name(short, _colleges_of(province.short or province.name))

    def stands_for(self, short: str, full: str) -> bool:
        """Whether the short form is made from the full name by leaving characters out."""
        if not _FEWEST <= len(short) < len(full) or not _same_type(short, full) or _BRANCH.search(full):
            return False
        head = self._places.leading(full)
        size = head[1] if head else 0
        if self._is_tail(short, full, size):
            return True
        core, is_company = _core(full[size:])
        if is_company and not short.endswith(("公司", "集团")):
            return core.startswith(short) or (full[:size] + core).startswith(short)
        if core.endswith("大学") and short.endswith("大"):
            short += "学"
        if not core or short[-1] != core[-1]:
            return False
        return any(_takes(short, before, core) for before in (full[:size], ""))

    def _is_tail(self, short: str, full: str, size: int) -> bool:
        """Whether the full name is the short one after a place, an owner, or a place and an owner."""
        if not full.endswith(short) or not _GENERIC.sub("", short):
            return False
        before = full[: len(full) - len(short)]
        return len(before) == size or before in self._owners or before[size:] in self._owners


def _same_type(short: str, full: str) -> bool:
    """Both companies or both not; 温大 ends like a university only beside its full name."""
    return kind_of(short)[0] == kind_of(full)[0] or (full.endswith("大学") and short.endswith("大"))


@cache
def _colleges_of(province: str) -> Collection[str]:
    return tuple(name for name, where in lexicon().province_of.items() if where == province)


def _core(rest: str) -> tuple[str, bool]:
    """A name after its place, without its legal form, and whether it has one."""
    if rest.endswith("公司"):
        return _COMPANY_FORM.sub("集团" if "集团" in rest else "", rest), True
    return rest, rest.endswith("集团")


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
