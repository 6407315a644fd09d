"""The absolute name of an organization: what its id is made of, the same in every document that means it.

A relative name (省教育厅, 教务处, 信息技术系) is completed by the document's subject; a known variant (市发改委) is
brought to one form. What the subject does not settle is scoped to the policy.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loaders.names.lexicon import lexicon
from loaders.names.ranks import RANK
from loaders.resolve.context import Context
from loaders.resolve.kinds import kind_of
from loaders.resolve.places import Place, Places

_RANK = re.compile(f"({RANK})(?=.)")
_TERM = re.compile("第[一二三四五六七八九十]+届(?=人大|人民代表大会|政协|委员会|党委)")
_LEVELS_OF_RANK = {
    "省": ("province",),
    "自治区": ("province",),
    "市": ("prefecture", "province", "county"),
    "州": ("prefecture",),
    "县": ("county",),
    "区": ("county", "zone"),
}
_COURT = ("法院", "人民法院")
_COURTS = {"province": "高级人民法院", "prefecture": "中级人民法院", "county": "人民法院"}  # each place has one
_UNIT = re.compile("(?:处|系|部|室|科|校区|支部|总支|党委|团委|工会|馆|分院|学院|中心|委员会|办公室|会|队|站|园)$")
_OWN_NAME = re.compile(
    "^(?:全国|国家|中国|国际|世界|联合国)|(?:大学|职业|高等|技师|师范|联盟|集团|公司|协会|学会|商会|联合会|银行|医院)"
)


@dataclass(frozen=True, slots=True)
class Absolute:
    """An absolute name; `scope` is "" unless the name stays relative, `owner` the body that the name is a unit of."""

    name: str
    scope: str = ""
    owner: str | None = None


@cache
def _variants(name: str) -> dict[str, str]:
    text = files("loaders").joinpath("resources", f"{name}.txt").read_text(encoding="utf-8")
    lines = [line.split("|") for line in text.split("\n")[1:] if line]
    return {variant: forms[0] for forms in lines for variant in forms}


def without_term(name: str) -> str:
    """The name of a congress or committee without the number of its term."""
    return _TERM.sub("", name)


def absolute(name: str, context: Context, places: Places) -> Absolute:
    """The absolute name of an organization that stands in this context."""
    name = without_term(name)
    if name in lexicon().central or name in _variants("central_body_variants"):
        return Absolute(_variants("central_body_variants").get(name, name))
    if name in lexicon().colleges or name in lexicon().known:
        return Absolute(name)
    rank = _RANK.match(name)
    if rank and not _OWN_NAME.search(name[rank.end() :]):
        return _ranked(rank[1].removesuffix("级"), name[rank.end() :], context)
    head = places.leading(name)
    if head and not name.endswith("校区"):
        return Absolute(_department(head[0], name[head[1] :]) or name)
    return _unit(name, context)


def _ranked(rank: str, rest: str, context: Context) -> Absolute:
    """省教育厅 in a paper of 温州市 -> 浙江省教育厅."""
    levels = _LEVELS_OF_RANK[rank]
    place = next((found for level in levels if context.home and (found := context.home.at(level))), None)
    if place is None:
        return Absolute(rank + rest, context.scope)
    return Absolute(_department(place, rest) or place.name + rest)


def _department(place: Place, rest: str) -> str | None:
    """Place in full and department in its one form; None if the rest is no department of a place."""
    rest = rest.removeprefix(place.name[-1]) if rest[:1] in "省市县区" else rest
    if rest in _COURT and place.level in _COURTS:
        return place.name + _COURTS[place.level]
    known = _variants("department_variants").get(rest) or (rest if rest in lexicon().stems else None)
    return place.name + known if known and place.level != "foreign" else None


def _unit(name: str, context: Context) -> Absolute:
    """A name without a place: a unit of the body whose paper it is, or a name of its own."""
    if not _UNIT.search(name) or _OWN_NAME.search(name):
        return Absolute(name)
    if context.body and _is_school(context.body):
        return Absolute(context.body + name, owner=context.body)
    return Absolute(name, context.scope) if len(name) <= _LONGEST_RELATIVE else Absolute(name)


_LONGEST_RELATIVE = 6


def _is_school(name: str) -> bool:
    return kind_of(name)[1] in ("school", "hospital", "research")
