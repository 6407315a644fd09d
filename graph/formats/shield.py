"""Texts as cells of CSV files that no spreadsheet takes for a formula, and that can be read back.

A spreadsheet runs a text that begins like a formula, so such a text, and one that begins with an apostrophe, gets an
apostrophe in front: who reads the file takes away one leading apostrophe wherever there is one. Comparators of goals
stand as they are, since a lone “=” is no formula.
"""

from ontology.values import Comparator

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_OWN_WORDS = frozenset(Comparator)


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula."""
    return text.startswith(FORMULA_STARTS) and text not in _OWN_WORDS


def shielded(text: str) -> str:
    """The text as a cell: with an apostrophe in front if it begins like a formula or with an apostrophe."""
    return f"'{text}" if text.startswith("'") or is_like_formula(text) else text


def unshielded(cell: str) -> str:
    """The text that a cell stands for: without the apostrophe in front, where it has one."""
    return cell.removeprefix("'")
