"""What is asked of a store by name: classes, relations and properties that the ontology has."""

from collections.abc import Mapping, Sequence

from graph.errors import UnknownParameter
from graph.nearest import hint
from ontology import registry

Filters = Mapping[str, Sequence[str | int | float]]


def known_labels(labels: Sequence[str] | None) -> list[str]:
    """The classes and their subclasses, all if none are named; raises UnknownParameter for one that there is not."""
    known = registry.class_names()
    for label in labels or ():
        if label not in known:
            raise UnknownParameter(f"there is no class {label[:60]}; {hint(label, known)}")
    wanted = known if labels is None else [sub for label in labels for sub in registry.descendants_of(label)]
    return list(dict.fromkeys(wanted))


def check_types(types: Sequence[str]) -> None:
    """Raise UnknownParameter for a relation that there is not."""
    known = registry.relation_types()
    for type_ in types:
        if type_ not in known:
            raise UnknownParameter(f"there is no relation {type_[:60]}; {hint(type_, known)}")


def check_properties(labels: Sequence[str], filters: Filters) -> None:
    """Raise UnknownParameter for a property that none of the classes has."""
    known = {"origin", *(name for label in labels for name in registry.class_of(label).model_fields)}
    for name in filters:
        if name not in known:
            raise UnknownParameter(f"there is no property {name} to filter by; {hint(name, sorted(known))}")
