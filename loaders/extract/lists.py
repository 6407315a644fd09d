"""Rows of the word lists in `loaders/resources`; lines that start with # are comments on their source."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `loaders/resources/<name>.csv`, each by column name, in the order of the file."""
    text = files("loaders").joinpath("resources", f"{name}.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(dict(row) for row in csv.DictReader(lines))


@cache
def column(name: str, key: str, **wanted: str) -> tuple[str, ...]:
    """The values of a column in the rows that have the wanted values, longest first."""
    found = {row[key] for row in rows(name) if all(row[field] == value for field, value in wanted.items())}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def entries(name: str) -> tuple[str, ...]:
    """The lines of `loaders/resources/<name>.txt`."""
    text = files("loaders").joinpath("resources", f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
