"""Word lists of this package: `lists/*.txt`, one entry a line, the first line a comment on the source."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Entries of the list of that name."""
    text = files("loaders.names").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n")[1:] if line)
