"""Files of curated tables: encodings, delimiters, workbooks, JSON, and files that are none or mean harm."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from graph.errors import RefusedInput
from loaders.tables.reading import read_table
from loaders.tables.sheets import MOST_ROWS, Row

TEXT = "class,name,kind\nInstitution,云州市海棠职业技术学院,school\n"


def read(data: bytes, name: str = "nodes.csv") -> list[tuple[str, Sequence[Row]]]:
    table = read_table(data, name=name, source=f"file:///{name}")
    return [(str(kind), sheet.rows) for kind, sheet in table.sheets]


def cells(data: bytes, name: str = "nodes.csv") -> list[dict[str, str]]:
    return [dict(row.cells) for _, rows in read(data, name) for row in rows]


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def of_rows(*rows: Sequence[object]) -> bytes:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return workbook(fill)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_seen(encoding: str, delimiter: str) -> None:
    data = TEXT.replace(",", delimiter).encode(encoding)
    assert cells(data) == [{"class": "Institution", "name": "云州市海棠职业技术学院", "kind": "school"}]


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    data = b'class,name\n\n"Enterprise","two\nlines"\n,\nEnterprise,A\n'
    assert [(row.number, row.cells["name"]) for _, rows in read(data) for row in rows] == [(3, "two\nlines"), (5, "A")]


def test_heads_are_read_in_any_writing() -> None:
    assert cells("Class, NAME ,Issued On\nPolicy,规划,2021\n".encode()) == [
        {"class": "Policy", "name": "规划", "issued_on": "2021"}
    ]


def test_the_apostrophe_before_what_looks_like_a_formula_is_taken_away() -> None:
    assert cells(b"class,name\nEnterprise,'=1+1\nEnterprise,=2\n") == [
        {"class": "Enterprise", "name": "=1+1"},
        {"class": "Enterprise", "name": "=2"},
    ]


def test_a_workbook_gives_text_of_every_cell() -> None:
    data = of_rows(
        ["class", "name", "value", "year", "issued_on", "loaded"],
        ["Policy", "=1+1", 60.0, 2025, datetime.date(2021, 5, 25), True],
        [],
        ["Policy", 7, 0.5, None, datetime.datetime(2021, 5, 25), "  "],
    )
    assert cells(data, "nodes.xlsx") == [
        {
            "class": "Policy",
            "name": "=1+1",
            "value": "60",
            "year": "2025",
            "issued_on": "2021-05-25",
            "loaded": "true",
        },
        {"class": "Policy", "name": "7", "value": "0.5", "issued_on": "2021-05-25"},
    ]


def test_sheets_are_known_by_their_heads_and_others_are_told() -> None:
    def fill(book: Any) -> None:
        book.active.append(["class", "name"])
        book.create_sheet("边").append(["type", "source", "target"])
        book.create_sheet("说明").append(["这是说明"])
        book.create_sheet("空")

    table = read_table(workbook(fill), name="graph.xlsx", source="file:///graph.xlsx")
    assert [(str(kind), sheet.name) for kind, sheet in table.sheets] == [("nodes", "Sheet"), ("edges", "边")]
    assert table.notes == ("graph.xlsx: sheet “说明” not taken: it is no such table",)


def test_cells_that_show_another_number_than_they_hold_are_flaws() -> None:
    def fill(book: Any) -> None:
        book.active.append(["class", "value", "unit"])
        book.active.append(["Goal", 0.6, "#DIV/0!"])
        book.active["B2"].number_format = "0.0%"
        book.active["C2"].data_type = "e"

    ((_, (row,)),) = read(workbook(fill), "nodes.xlsx")
    assert row.cells == {"class": "Goal"}
    assert "60" in row.flaws["value"] and "#DIV/0!" in row.flaws["unit"]


def test_json_is_a_list_of_rows_or_an_export() -> None:
    flat = [{"class": "Policy", "name": "规划", "aliases": ["甲", "乙"], "loaded": True, "unit": None}]
    assert cells(json.dumps(flat).encode(), "nodes.json") == [
        {"class": "Policy", "name": "规划", "aliases": '["甲", "乙"]', "loaded": "true"}
    ]
    exported = {
        "nodes": [{"id": "place:330100", "labels": ["Region", "City"], "properties": {"name": "杭州市"}}],
        "edges": [{"id": "edge:1", "source": "a", "target": "b", "type": "SETS", "properties": {}, "evidence": []}],
    }
    node, edge = cells(json.dumps(exported).encode(), "graph.json")
    assert node == {"id": "place:330100", "class": "City", "name": "杭州市"}
    assert edge == {"id": "edge:1", "source": "a", "target": "b", "type": "SETS"}


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "nodes.csv", "empty"),
        (b"a,b\n1,2\n", "nodes.csv", "class, name"),
        (b"type,source\nSETS,a\n", "edges.csv", "type, source, target"),
        (b"class,nmae\nPolicy,A\n", "nodes.csv", "unknown column nmae; did you mean name?"),
        (b"class,name,name\nPolicy,A,B\n", "nodes.csv", "name is there twice"),
        (b"class,label,name\nPolicy,Policy,A\n", "nodes.csv", "class and label"),
        (b"class,name\nPolicy,A,B\n", "nodes.csv", "row 2: it has more cells than the head"),
        (b"class,,name\nPolicy,B,A\n", "nodes.csv", "row 2: “B”"),
        (b'class,name\nPolicy,"A\n', "nodes.csv", "no proper CSV"),
        (b'class,name\nPolicy,"A"B\n', "nodes.csv", "line 2: no proper CSV"),
        (b"class,name\nPolicy,\x00\n", "nodes.csv", "binary"),
        (
            ("class,name\n" + "Institution,國立海棠職業技術學院與雲州市產業聯盟\n" * 9).encode("big5"),
            "nodes.csv",
            "UTF-8",
        ),
        (b"{", "nodes.json", "no proper JSON"),
        (b"[1]", "nodes.json", "row 1: no object"),
        (b'{"rows": []}', "nodes.json", "nodes"),
        (b'{"nodes": {}}', "nodes.json", "nodes"),
        (b'[{"class": "Goal", "value": NaN}]', "nodes.json", "NaN"),
        (b"[" * 200_000, "nodes.json", "nested too deeply"),
        (b'[{"class": "Goal", "name": "a", "properties": {"name": "b"}}]', "nodes.json", "repeats a column"),
        (b"PK\x03\x04", "nodes.xlsx", "workbook"),
        (b"class,name\n", "nodes.xlsx", "workbook"),
    ],
)
def test_files_that_are_no_table_are_refused_in_one_line(data: bytes, name: str, words: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        read(data, name)
    assert str(refused.value).startswith(name) and words in str(refused.value) and "\n" not in str(refused.value)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def rewritten(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])
    return zipped(**parts)


SHEET = "xl/worksheets/sheet1.xml"
_HUGE = b"0" * 101_000_000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: zipped(**{"xl/workbook.xml": _HUGE}), "unpacks to more than 100 MB"),
        (lambda: zipped(**{f"xl/{number}.xml": b"" for number in range(1001)}), "1,000 parts"),
        (
            lambda: rewritten(of_rows(["class", "name"]), SHEET, lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml),
            "declares entities",
        ),
        (
            lambda: rewritten(
                of_rows(["class"], ["Policy"]), SHEET, lambda xml: xml.replace(b'r="2"', b'r="99999999999"')
            ),
            "behind the last that a spreadsheet has",
        ),
        (lambda: rewritten(of_rows(["class", "name"]), SHEET, lambda xml: xml[:-40]), "damaged"),
        (lambda: of_rows(["class", "name"])[:-300], "damaged"),
    ],
)
def test_workbooks_that_mean_harm_or_are_damaged_are_refused(data: Callable[[], bytes], words: str) -> None:
    with pytest.raises(RefusedInput, match=words):
        read(data(), "nodes.xlsx")


def test_a_table_of_too_many_rows_is_refused() -> None:
    data = b"class,name\n" + b"Policy,A\n" * (MOST_ROWS + 1)
    with pytest.raises(RefusedInput, match=r"more than 200,000 rows"):
        read(data)
