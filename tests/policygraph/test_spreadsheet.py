"""Tables in files: no text is taken for a formula, and all that is written can be read again."""

import csv
import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from graph.errors import RefusedInput
from policygraph.spreadsheet import Value, write_csv, write_xlsx

HEAD = ["goal", "goal_quote", "value"]
DANGEROUS = ["=1+1", "+86 577", "-2", "@SUM(A1)", '=HYPERLINK("http://example.org")', "\tTAB", "\rCR"]


def test_a_worksheet_keeps_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    rows: list[list[Value]] = [[text, "“双师型”教师占比", 75] for text in DANGEROUS]
    rows.append([None, "到2025年", 0.5])
    assert write_xlsx(tmp_path / "chains.xlsx", "chains", HEAD, rows) == len(rows)
    sheet = load_workbook(tmp_path / "chains.xlsx")["chains"]
    for row, text in zip(sheet.iter_rows(min_row=2), DANGEROUS, strict=False):
        assert row[0].data_type == "s"
        assert row[0].quotePrefix
        assert row[0].value.strip() == text.strip()
        assert row[2].value == 75
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:C{len(rows) + 1}"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["C"].width


def test_characters_that_a_worksheet_cannot_hold_are_marked(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "t.xlsx", "t", ["a"], [["a\x00b"], ["长" * 40_000]])
    values = [row[0] for row in load_workbook(tmp_path / "t.xlsx")["t"].iter_rows(min_row=2, values_only=True)]
    assert values[0] == "a\N{REPLACEMENT CHARACTER}b"
    assert len(str(values[1])) == 32_767


def test_a_csv_file_is_read_by_spreadsheets(tmp_path: Path) -> None:
    write_csv(str(tmp_path / "chains.csv"), HEAD, [["云州市", "引文，有逗号", 60]])
    data = (tmp_path / "chains.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1] == ["云州市", "引文，有逗号", "60"]


@given(st.text(max_size=20), st.integers())
def test_no_text_in_a_csv_starts_as_a_formula(text: str, number: int) -> None:
    printed = io.StringIO(newline="")
    with redirect_stdout(printed):
        write_csv("-", ["a", "b"], [[text, number]])
    cell, amount = list(csv.reader(io.StringIO(printed.getvalue(), newline="")))[1]
    assert cell == "=" or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (cell.removeprefix("'"), amount) == (text, str(number))


def test_standard_output_takes_a_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert write_csv("-", ["a"], [["=1+1"], [None], [-2]]) == 3
    assert capsys.readouterr().out == 'a\n\'=1+1\n""\n-2\n'


def test_a_failed_attempt_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (path := tmp_path / "chains.csv").write_text("before", "utf-8")

    def rows() -> list[list[str]]:
        raise RefusedInput("the store is gone")

    with pytest.raises(RefusedInput):
        write_csv(str(path), HEAD, (row for row in rows()))
    with pytest.raises(RefusedInput, match="can't be written"):
        write_csv(str(tmp_path / "nowhere" / "chains.csv"), HEAD, [])
    assert [file.name for file in tmp_path.iterdir()] == ["chains.csv"]
    assert path.read_text("utf-8") == "before"
