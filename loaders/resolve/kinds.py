"""What an organization is, by its name: a label, and for an institution its kind."""

from functools import cache, lru_cache

from loaders.extract.lists import rows
from loaders.names.lexicon import lexicon
from loaders.resolve.party import PartyLabel

_LONGEST_ENDING = 8
_CENTRAL_BANK = ("人行", "人民银行", "中国人民银行")


@cache
def _endings() -> dict[str, tuple[PartyLabel, str | None]]:
    found: dict[str, tuple[PartyLabel, str | None]] = {}
    for row in rows("organization_kinds"):
        label: PartyLabel = "Enterprise" if row["label"] == "Enterprise" else "Institution"
        found[row["ending"]] = (label, row["kind"] or None)
    return found


@lru_cache(maxsize=65536)
def _kind(name: str) -> tuple[PartyLabel, str | None]:
    if name in lexicon().colleges:
        return "Institution", "school"
    if name.startswith(_CENTRAL_BANK):  # its branches end like those of a company
        return "Institution", "government"
    ending = next((name[-size:] for size in range(_LONGEST_ENDING, 0, -1) if name[-size:] in _endings()), None)
    if ending in (None, "部") and (name in lexicon().central or _is_abroad(name)):
        return "Institution", "government"
    if ending is None:
        return "Enterprise", None
    return _endings()[ending]


def _is_abroad(name: str) -> bool:
    """Whether it is a ministry of another country (南洋国劳动部), which ends like a unit of a college."""
    return name.endswith("部") and name.startswith(tuple(lexicon().countries - {"中国"}))


def kind_of(name: str, *, belongs: bool = False) -> tuple[PartyLabel, str | None]:
    """Label and kind of an organization; `belongs` says that it is a unit of another body.

    The longest known ending decides. A college inside another body is a platform. A central body without a known
    ending is of the government; another name without one is a brand, and that an enterprise.
    """
    label, kind = _kind(name)
    return label, "platform" if belongs and kind == "school" else kind
