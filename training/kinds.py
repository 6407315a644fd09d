"""Of which kind an organization is, by its name: what gives the labels of the teacher and of registers their kinds."""

from functools import cache

from loaders.names.labels import OrganizationKind
from loaders.resolve.kinds import kind_of
from training.wordlists import words

_KINDS: dict[str | None, OrganizationKind] = {
    "government": "government",
    "school": "school",
    "alliance": "alliance",
    "association": "alliance",
    "media": "enterprise",
}


@cache
def _faculties() -> frozenset[str]:
    return frozenset(f"{field}{ending}" for field in words("department_fields") for ending in ("学院", "系", "分院"))


@cache
def _department_endings() -> tuple[str, ...]:
    return tuple(words("department_endings"))


def kind_of_name(name: str) -> OrganizationKind:
    """The kind, by the longest ending that is known; a name without one is a brand, and that an enterprise."""
    if name in _faculties() or name in words("offices"):
        return "department"
    label, kind = kind_of(name)
    if kind in (None, "platform") and name.endswith(_department_endings()):
        return "department"
    return "enterprise" if label == "Enterprise" else _KINDS.get(kind, "platform")
