"""`copy`: all of one store into another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.errors import StoreError
from policygraph.cli.console import progress, say
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.comparing import Comparison

_WAIT_S = 10.0
_NAMED = 3


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph copy policygraph.db neo4j://127.0.0.1:7687")(copy)


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The store to read.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The store to write to; a file is made if need be.")],
) -> None:
    """Copy all of one store into another, and check that it arrived.

    What TO holds already is not copied again, so a copy that was broken off is finished by starting it again.
    """
    from graph.comparing import compare
    from graph.copying import copy as write
    from policygraph.interpreter import loading
    from policygraph.stores import open_store

    if _is_same(source, target):
        raise typer.BadParameter("it is the store to read; give another", param_hint="TO")
    with (
        loading(),
        open_store(source, create=False, read_only=True) as first,
        open_store(target, timeout_s=_WAIT_S) as second,
    ):
        with progress("Copying") as show:
            copied = write(first, second, on_batch=show)
        say(f"copied: {_batches(copied.written)}" + (f" ({copied.present:,} were there)" if copied.present else ""))
        with progress("Checking") as show:
            found = compare(first, second, on_record=show)
        if found.differences:
            raise StoreError(f"{second.url}: not all of {first.url} is there: {_phrases(found.differences)}")
        say(f"checked: {_verdict(found, source=first.url, target=second.url)}")


def _is_same(source: str, target: str) -> bool:
    paths = Path(source), Path(target)
    return source == target or (all(path.exists() for path in paths) and paths[0].samefile(paths[1]))


def _phrases(differences: tuple[str, ...]) -> str:
    more = len(differences) - _NAMED
    return "; ".join(differences[:_NAMED]) + (f"; and {more:,} more" if more > 0 else "")


def _verdict(found: "Comparison", *, source: str, target: str) -> str:
    claims = numbered(sum(found.claims.values()), "claim")
    if found.is_whole:
        nodes, edges = numbered(sum(found.nodes.values()), "node"), numbered(sum(found.edges.values()), "edge")
        return f"{claims}, {nodes} and {edges} are the same in both"
    more = _batches(found.others) if found.others else "sources or texts of the same batches"
    return (
        f"all of {source} ({claims}) is in {target}, which has more ({more}): nodes and edges, which that may"
        " change, were not compared"
    )


def _batches(number: int) -> str:
    return numbered(number, "batch", "batches")
