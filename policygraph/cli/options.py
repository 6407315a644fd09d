"""Options that several commands share, and what they stand for."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

StoreOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="STORE", help="File or neo4j://host:7687 (default: POLICYGRAPH_STORE, else policygraph.db)."
    ),
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON, with all evidence that is shown.")]
LimitOption: TypeAlias = Annotated[int, typer.Option("--limit", min=1, help="Most rows to print.")]
OutputOption: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")
]


def store_url(option: str | None) -> str:
    """The store that a command works on: its option, else the settings."""
    if option:
        return option
    from policygraph.settings import load_settings

    return load_settings().store
