"""The id of a node's row that gives none: by `graph.ids`, from what the row says and the nodes that it names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph import ids
from graph.errors import AmbiguousName, Candidate, RefusedInput
from graph.facts import Properties, Value
from loaders.names.divisions import Division, divisions
from loaders.tables.directory import Directory, Named
from ontology import registry

BY_POLICY = ("Goal", "Measure", "Observation")
"""Classes whose nodes are a policy's own."""
_EXACT = "="


@dataclass(frozen=True, slots=True)
class Described:
    """What a row says of a node that has no id yet; `ties` are the nodes that its columns name, by column."""

    label: str
    properties: Properties
    ties: Mapping[str, Named]
    under: Sequence[str] = ()

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.properties["name"])


def id_of(described: Described, directory: Directory) -> str:
    """The id of the node that a row describes.

    What the store has one node of that class and name for is that node. Raises AmbiguousName if it has several, and
    RefusedInput where the row says too little to tell its node from others.
    """
    root = registry.root_of(described.label)
    if root not in _IDS:
        raise RefusedInput(f"column id: it is empty; a {described.label} is stated by an export, which has its id")
    if described.label in BY_POLICY and "policy" not in described.ties:
        raise RefusedInput(f"column policy: it is empty; say whose {described.label} it is, by id or title")
    made = _IDS[root](described)
    return made if _is_certain(described, made) else _of_that_name(described, made, directory)


def _is_certain(described: Described, made: str) -> bool:
    """Whether the row says all that tells its node from others; a bare name may be that of a known node."""
    is_place = registry.root_of(described.label) == "Region"
    return described.label in BY_POLICY or "parent" in described.ties or (is_place and made[6:].isdigit())


def _of_that_name(described: Described, made: str, directory: Directory) -> str:
    known = directory.named_in_store(described.name, described.label)
    if not known or any(named.id == made for named in known):
        return made
    if len(known) == 1:
        return known[0].id
    raise AmbiguousName(described.name, [Candidate(named.id, named.label, named.name) for named in known])


def _place(described: Described) -> str:
    code, parent = described.properties.get("code"), described.ties.get("parent")
    if code is not None:
        return ids.place_id(described.name, code=str(code))
    found = [one for one in divisions().named(described.name) if parent is None or _lies_in(one, parent)]
    if len(found) > 1:
        codes = ", ".join(f"{one.code} in {divisions().above(one)[0].name}" for one in found[:5] if one.parent)
        raise RefusedInput(f"column code: it is empty, and {len(found)} places are called so; write one of {codes}")
    return ids.place_id(
        described.name, code=found[0].code if found else None, parent=parent.id if parent is not None else None
    )


def _lies_in(division: Division, parent: Named) -> bool:
    return division.code != parent.id.removeprefix("place:") and divisions().lies_in(
        division, parent.id.removeprefix("place:")
    )


def _goal(described: Described) -> str:
    stated = described.properties
    value_max = stated.get("value_max")
    return ids.goal_id(
        described.ties["policy"].id,
        indicator=str(stated.get("indicator") or described.name),
        comparator=str(stated.get("comparator") or _EXACT),
        value=_amount(stated.get("value")),
        value_max=value_max if isinstance(value_max, int | float) else None,
        unit=_text(stated.get("unit")),
        year=_year(stated.get("year")),
    )


def _observation(described: Described) -> str:
    stated, subject = described.properties, described.ties.get("subject")
    return ids.observation_id(
        described.ties["policy"].id,
        subject=subject.id if subject is not None else None,
        indicator=str(stated.get("indicator") or described.name),
        comparator=str(stated.get("comparator") or _EXACT),
        value=_amount(stated.get("value")),
        unit=_text(stated.get("unit")),
        year=_year(stated.get("year")),
    )


def _amount(value: Value | None) -> float | str | None:
    return value if isinstance(value, int | float | str) else None


def _text(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None


def _year(value: Value | None) -> int | None:
    return value if isinstance(value, int) else None


_IDS: dict[str, Callable[[Described], str]] = {
    "Policy": lambda described: ids.policy_id(described.name),
    "Region": _place,
    "Organization": lambda described: ids.organization_id(described.name),
    "ActorGroup": lambda described: ids.group_id(described.name),
    "Indicator": lambda described: ids.indicator_id(described.name),
    "Goal": _goal,
    "Measure": lambda described: ids.measure_id(described.ties["policy"].id, [*described.under, described.name]),
    "Observation": _observation,
}
