"""`stats` and `search`: what is in a store."""

from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.console import print_answer, print_table, say
from policygraph.cli.options import JsonOption, LimitOption, StoreOption, store_url

if TYPE_CHECKING:
    from graph.facts import BatchHeader


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph stats --batches")(stats)
    app.command(epilog="Example: policygraph search 产业学院 --label Goal")(search)


def stats(
    store: StoreOption = None,
    batches: Annotated[bool, typer.Option("--batches", help="List what was loaded, one batch a line.")] = False,
    json: JsonOption = False,
) -> None:
    """Count nodes, edges, claims and documents."""
    from graph.open import open_store
    from graph.queries.stats import stats as count

    with open_store(store_url(store), create=False) as opened:
        counted, headers = count(opened), opened.batches()
    if json:
        from api.models import StatsModel

        print_answer(StatsModel, counted)
        return
    if batches:
        rows = ((h.title, str(h.kind), h.version, "yes" if h.has_text else "no", " ".join(h.sources)) for h in headers)
        print_table(("title", "kind", "version", "text", "sources"), rows)
    sections = (("node", counted.nodes), ("edge", counted.edges), ("batch", counted.batches))
    numbers = ((section, name, f"{number:,}") for section, counts in sections for name, number in counts.items())
    print_table(("of", "kind", "number"), numbers, numbers=("number",))
    typer.echo(f"{counted.documents:,} documents, {counted.claims:,} claims; {counted.url}, version {counted.version}")
    for title in _titles_of_older_readers(headers):
        say(f"read by an older reader: {title}; load it again")


def search(
    text: Annotated[str, typer.Argument(help="Words that must all be there.")],
    store: StoreOption = None,
    label: Annotated[
        list[str] | None, typer.Option(metavar="CLASS", help="Class to search in; may be given again.")
    ] = None,
    limit: LimitOption = 20,
    json: JsonOption = False,
) -> None:
    """Search names and passages."""
    from graph.open import open_store
    from graph.queries.search import search as find

    with open_store(store_url(store), create=False) as opened:
        page = find(opened, text, labels=label or (), limit=limit)
    if json:
        from api.models import HitModel, PageModel

        print_answer(PageModel[HitModel], page)
        return
    rows = ((found.label, "".join(segment.text for segment in found.segments), found.id) for found in page.items)
    print_table(("class", "found", "id"), rows)
    say(f"{len(page.items):,} of {'' if page.exact else 'more than '}{page.total:,}")


def _titles_of_older_readers(batches: "list[BatchHeader]") -> list[str]:
    from graph.facts import BatchKind
    from loaders.pipeline import READER

    return [b.title for b in batches if b.kind is BatchKind.DOCUMENT and b.version != READER]
