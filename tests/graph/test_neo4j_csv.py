"""CSV files for the importer: whatever a row holds is read back from them, each value with its type."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.formats.neo4j_csv import ARRAY_DELIMITER, END, START, Cell, ImportFile, ImportFiles, is_importable
from tests.graph.strategies import ODD

CELL = re.compile(r'("(?:[^"]|"")*"|[^",\n]*)(,|\n)')
TEXTS = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=10))
CELLS: st.SearchStrategy[Cell] = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(TEXTS, max_size=3).filter(is_importable),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["name", "value", "aliases", "_text"]), CELLS), max_size=12)


def content(file: ImportFile) -> str:
    out = BytesIO()
    file.write(out)
    return out.getvalue().decode()


def rows_of(file: ImportFile) -> list[dict[str, Cell]]:
    """The rows of a file by the rules of the format: no value where nothing stands, a text in quotes, else a number."""
    lines: list[list[str]] = [[]]
    text = content(file)
    position = 0
    while position < len(text):
        cell = CELL.match(text, position)
        assert cell, text[position:]
        lines[-1].append(cell[1])
        lines += [[]] if cell[2] == "\n" else []
        position = cell.end()
    header, *rows, rest = lines
    assert rest == []
    assert {len(row) for row in rows} <= {len(header)}
    columns = [name.rpartition(":")[::2] for name in header]
    return [
        {name: value(cell, type_) for (name, type_), cell in zip(columns, row, strict=True) if cell} for row in rows
    ]


def value(cell: str, type_: str) -> Cell:
    if type_ == "boolean":
        return {"true": True, "false": False}[cell]
    if type_ in ("long", "double"):
        return int(cell) if type_ == "long" else float(cell)
    assert cell[0] == cell[-1] == '"'
    text = cell[1:-1].replace('""', '"')
    return text.split(ARRAY_DELIMITER) if type_ == "string[]" else text


def keyed(rows: list[dict[str, Cell]]) -> list[str]:
    """Rows without their order; 1, 1.0 and true are three values."""
    return sorted(repr(sorted(row.items())) for row in rows)


@given(rows=ROWS)
def test_rows_are_read_back_with_the_types_of_their_values(rows: list[dict[str, Cell]]) -> None:
    with ImportFiles() as files:
        for number, row in enumerate(rows):
            files.add("Goal", "Goal", {"id": f"goal:{number}", **row}, node_id="id")
        expected = [{"id": f"goal:{number}", **row} for number, row in enumerate(rows)]
        assert keyed([row for file in files for row in rows_of(file)]) == keyed(expected)
        names = [file.name for file in files]
        assert names == ["Goal.csv", *(f"Goal-{n}.csv" for n in range(2, len(names) + 1))][: len(names)]
        for file in files:
            texts = [text for row in rows_of(file) for value in row.values() for text in texts_of(value)]
            assert file.has_lines == any("\n" in text or "\r" in text for text in texts)


def texts_of(value: Cell) -> list[str]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def test_the_header_names_ids_and_ends_and_types() -> None:
    with ImportFiles() as files:
        files.add("City", "PolicyGraph:Region:City", {"id": "place:1", "level": "county"}, node_id="id")
        files.add("City", "PolicyGraph:Region:City", {"id": "place:2", "code": "990100", "year": 1}, node_id="id")
        files.add("SETS", "SETS", {START: "policy:1", END: "goal:1", "id": "edge:1", "share": 0.5, "own": True})
        cities, sets = files
        assert content(cities) == (
            'id:ID,level:string,code:string,year:long\n"place:1","county",,\n"place:2",,"990100",1\n'
        )
        assert content(sets) == (
            ':START_ID,:END_ID,id:string,share:double,own:boolean\n"policy:1","goal:1","edge:1",0.5,true\n'
        )
        assert (cities.is_of_nodes, sets.is_of_nodes) == (True, False)


@pytest.mark.parametrize("value", [[], [""], ["a\x1fb"], ["甲", "\x1f"]])
def test_lists_that_a_cell_would_change_are_told(value: list[str]) -> None:
    assert not is_importable(value)
    assert is_importable([*value, "x"]) == (ARRAY_DELIMITER not in "".join(value))


def test_a_long_text_is_told_so_that_the_importer_makes_room() -> None:
    with ImportFiles() as files:
        files.add("Passage", "Passage", {"text": "长" * 2_000_000})
        (file,) = files
        assert 3 * 2_000_000 < file.longest_bytes < 9_000_000
