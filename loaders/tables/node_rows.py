"""Rows of nodes with their cells checked: class, properties, id, and the nodes that columns name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import RefusedInput
from graph.facts import Evidence, Value
from graph.figure_name import FIGURES, figure_name
from graph.queries.tags import codes_of
from graph.review.deciding import LONGEST_NAME, MOST_TAGS
from loaders.tables.columns import CLASS, EVIDENCE, FOLDED, INFERRED, LABEL, TIES, UNDER
from loaders.tables.directory import is_id
from loaders.tables.draft import Draft, evidence_of, flaws_of, inferred_of
from loaders.tables.sheets import Row, Sheet
from loaders.tables.values import properties_of, short, text_list
from ontology import registry

_BESIDE = frozenset({CLASS, LABEL, "id", *TIES, UNDER, INFERRED, EVIDENCE, *FOLDED})
_TITLED = ("Policy", "Measure")
_EXACT = "="


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge that a column of a node's row gives: its type, the classes that the column may name, its direction."""

    type: str
    labels: tuple[str, ...]
    is_from_named: bool = False


_TIES: Mapping[tuple[str, str], Tie] = {
    ("Goal", "policy"): Tie("SETS", ("Policy",), is_from_named=True),
    ("Measure", "policy"): Tie("CONTAINS", ("Policy",), is_from_named=True),
    ("Observation", "policy"): Tie("REPORTS", ("Policy",), is_from_named=True),
    ("Observation", "subject"): Tie("ABOUT", ("Organization", "Region")),
    ("Region", "parent"): Tie("PART_OF", ("Region",)),
    ("Institution", "parent"): Tie("PART_OF", ("Organization",)),
    ("Measure", "parent"): Tie("PART_OF", ("Measure",)),
}


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A row whose cells were found right; `id` is empty where it gives none, `ties` has texts by column."""

    where: str
    label: str
    id: str
    properties: Mapping[str, Value]
    ties: Mapping[str, str]
    under: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    inferred: tuple[str, ...]


def tie_of(label: str, column: str) -> Tie | None:
    """The edge that a column gives of a node of this class, None if it may not stand there."""
    found = (_TIES.get((name, column)) for name in registry.line_of(label))
    return next((tie for tie in found if tie is not None), None)


def node_rows(sheet: Sheet, draft: Draft) -> list[NodeRow]:
    """The rows of a sheet whose cells are right; what is wrong with the others is noted."""
    rows = []
    for row in sheet.rows:
        faults = flaws_of(row)
        read = _read(sheet.where(row), row, faults)
        if faults or read is None:
            draft.fault(sheet.where(row), faults)
        else:
            rows.append(read)
    return rows


def _read(where: str, row: Row, faults: list[str]) -> NodeRow | None:
    label = row.cells.get(CLASS, row.cells.get(LABEL, "")).strip()
    if label not in _concrete():
        faults.append(f"column class: “{short(label)}” is no class of a node; write one of {', '.join(_concrete())}")
        return None
    id_ = row.cells.get("id", "").strip()
    prefix = registry.class_of(label).prefix
    if id_ and not (is_id(id_) and id_.startswith(f"{prefix}:")):
        faults.append(f"column id: “{short(id_)}” is no id of a {label}, which starts with {prefix}:")
    ties = {column: row.cells[column].strip() for column in TIES if column in row.cells}
    faults += [f"column {name}: a {label} has none; leave it empty" for name in ties if tie_of(label, name) is None]
    properties = _properties(row, label, has_id=bool(id_), faults=faults)
    return NodeRow(
        where=where,
        label=label,
        id=id_,
        properties=properties,
        ties=ties,
        under=_under(row, label, faults),
        evidence=evidence_of(row, faults),
        inferred=inferred_of(row, properties, faults),
    )


def _concrete() -> list[str]:
    return [name for name in registry.class_names() if not registry.class_of(name).is_abstract]


def _under(row: Row, label: str, faults: list[str]) -> tuple[str, ...]:
    if UNDER not in row.cells:
        return ()
    if label != "Measure":
        faults.append(f"column {UNDER}: it is for the headings above a Measure; leave it empty")
        return ()
    try:
        return tuple(text_list(row.cells[UNDER]))
    except RefusedInput as error:
        faults.append(f"column {UNDER}: {error}")
        return ()


def _properties(row: Row, label: str, *, has_id: bool, faults: list[str]) -> dict[str, Value]:
    """The properties of a row, with a name where one follows from the title or the figure."""
    cells = {column: text for column, text in row.cells.items() if column not in _BESIDE}
    if label in _TITLED and ("name" in cells or "title" in cells):
        cells = {"name": cells.get("title", ""), "title": cells.get("name", ""), **cells}
    if label in FIGURES and not has_id and "value" in cells:
        cells.setdefault("comparator", _EXACT)
    is_unnamed = label in FIGURES and "name" not in cells and "indicator" in cells
    if is_unnamed:
        cells["name"] = cells["indicator"]
    before = len(faults)
    properties = properties_of(registry.class_of(label), cells, faults)
    if "tags" in properties:
        properties["tags"] = _tags(text_list(cells["tags"]), faults)
    if is_unnamed and len(faults) == before and "value" in properties:
        properties["name"] = figure_name({"comparator": _EXACT, **properties})
    return properties


def _tags(texts: Sequence[str], faults: list[str]) -> list[str]:
    codes = codes_of(texts)
    faults += [
        f"column tags: “{short(code)}” is too long; give at most {LONGEST_NAME} characters"
        for code in codes
        if len(code) > LONGEST_NAME
    ]
    if len(codes) > MOST_TAGS:
        faults.append(f"column tags: {len(codes)} tags; give at most {MOST_TAGS}")
    return codes
