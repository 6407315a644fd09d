"""What became of the files that were to be loaded."""

from dataclasses import dataclass, field
from pathlib import Path

from graph.store import Written
from loaders.pipeline import MissedText


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document that is in the store: what the write did, its title, its batch, how many nodes and edges it states.

    `missed_figures` and `missed_titles` count what was not understood, None where nobody counted, and `missed` has it
    itself. `is_bare` says that it states nothing beyond itself. Of a document that was not read again the store knows
    the counts alone.
    """

    path: Path
    written: Written
    title: str
    batch: str = ""
    nodes: int = 0
    edges: int = 0
    missed_figures: int | None = None
    missed_titles: int | None = None
    missed: tuple[MissedText, ...] = ()
    is_bare: bool | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not loaded, and why, in one line; `faults` are those of a table, a line each."""

    path: Path
    reason: str
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class LoadReport:
    """What became of each file: loaded, refused, or skipped since its type is not read; notes on what was not taken."""

    loaded: list[Loaded] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def line_about(path: Path, error: Exception) -> str:
    """What an error says of a file, in one line that names it first."""
    if isinstance(error, OSError):
        return f"{path}: it can't be read ({error.strerror}); check the file and its permissions"
    text = str(error)
    return text if text.startswith(str(path)) else f"{path}: {text.removeprefix(f'{path.name}: ')}"
