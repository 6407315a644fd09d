"""Patterns of the clause around an actor, made of the lists in `loaders/resources/clause_words.csv`."""

import re

from loaders.extract.lists import rows


def _words(name: str) -> str:
    """The words of a list as alternatives, in the order of the file."""
    return "|".join(row["word"] for row in rows("clause_words") if row["list"] == name)


def near(name: str, reach: int, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """A word of the list at most `reach` characters on, in the same clause, with the given patterns beside it."""
    skipped = f"[^，。；]{{0,{reach}}}?" if reach else ""
    return re.compile(f"^{skipped}{before}(?:{_words(name)}){after}")


def ending(name: str, *, after: str = "", repeated: bool = False) -> re.Pattern[str]:
    """A word of the list at the end of a clause, or with `after` between the two; `repeated`: one or more."""
    return re.compile(f"(?:{_words(name)}){'+' if repeated else ''}{after}$")


def anywhere(name: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """A word of the list with the given patterns beside it."""
    return re.compile(f"{before}(?:{_words(name)}){after}")


def whole(name: str) -> re.Pattern[str]:
    """Nothing but words of the list, or nothing at all."""
    return re.compile(f"^(?:{_words(name)})*$")
