"""Whether a text reports what was reached, as its own words tell, where no title says its genre."""

import re
from collections.abc import Sequence

from loaders.extract import figure_words
from loaders.extract.statements import Statement
from loaders.text.model import Span, Structure

_FEWEST_FIGURES = 5
_MOST_BY = 0.05
"""Of a hundred figures a report may state five with a year by which; plans state at least that many."""
_AHEAD = re.compile("力争|争取|确保|到(?:20)?[2-9]\\d年")
_BACK = re.compile("[一-龥]了(?![解不])|已(?!经济)|现有|共有|目前|截至|荣获|获评|获得|获批|入选|位居|同比|上年")


def reports(structure: Structure, stretch: Span, statements: Sequence[Statement]) -> bool:
    """Whether the figures of a stretch look back: no heading of a plan, hardly a target year, more past than future.

    `statements` are all of the document.
    """
    if any(_is_plan_heading(section.title) for section in structure.sections if section.span in stretch):
        return False
    stated = [each for each in statements if each.evidence in stretch]
    if len(stated) < _FEWEST_FIGURES:
        return False
    by = sum(each.year is not None and each.year.kind == "by" for each in stated)
    back, ahead = _looks(structure.text, stated)
    return by <= _MOST_BY * len(stated) and back > ahead


def _is_plan_heading(title: str) -> bool:
    return figure_words.any_of("section.plan").search(title) is not None


def _looks(text: str, stated: Sequence[Statement]) -> tuple[int, int]:
    """How many figures stand with marks of the past, and how many with those of what is still to come."""
    back = ahead = 0
    for each in stated:
        words = each.around(text)
        is_past_year = each.year is not None and each.year.kind in ("in", "until")
        back += is_past_year or _BACK.search(words) is not None
        ahead += each.quantity.comparator in (">=", "<=") or _AHEAD.search(words) is not None
    return back, ahead
