"""`stats` and `search`: what is in a store."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from policygraph.cli.answers import CsvOption, Form, JsonOption, XlsxOption
from policygraph.cli.console import print_answer, print_json, print_table, say
from policygraph.cli.options import (
    ANY_KIND,
    ANY_LEVEL,
    COUNTED,
    LimitOption,
    RejectedOption,
    StoreOption,
    one_of,
    store_url,
)
from policygraph.wording import numbered

if TYPE_CHECKING:
    from graph.facts import BatchHeader
    from graph.queries.facets import Values
    from graph.queries.search import Found
    from graph.queries.stats import Stats
    from graph.store import Store

BATCH_COLUMNS = ("id", "title", "kind", "reader", "text", "sources")
_PAGE = 500
_EVERYTHING = 1_000_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: policygraph stats --batches")(stats)
    app.command(epilog="Example: policygraph search 产业学院 --label Goal")(search)


def stats(
    store: StoreOption = None,
    batches: Annotated[bool, typer.Option("--batches", help="List what was loaded, one batch a line.")] = False,
    by: Annotated[
        str | None, one_of(COUNTED, "Count nodes by class, or policies by level, year or issuer", is_repeatable=False)
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="With --by: tag of what counts; may be given again.")
    ] = None,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Count nodes, edges, claims and documents."""
    from graph.queries.stats import stats as count
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    if by and batches:
        raise typer.BadParameter("give it without --batches", param_hint="--by")
    if tag and not by:
        raise typer.BadParameter("give it with --by", param_hint="--tag")
    with open_asked(store_url(store)) as opened:
        if by:
            _print_counts(opened, by, tag or [], form)
            return
        counted, headers = count(opened), opened.batches()
    if batches:
        _print_batches(headers, form)
    else:
        _print_stats(counted, form)
    if not form.is_file and not json:
        documents, claims = numbered(counted.documents, "document"), numbered(counted.claims, "claim")
        typer.echo(f"{documents}, {claims}; {counted.url}, version {counted.version}")
    for title in _titles_of_older_readers(headers):
        say(f"read by an older reader: {title}; load it again")


def _print_stats(counted: "Stats", form: Form) -> None:
    from policygraph.client.tables import STAT_COLUMNS, stat_rows

    rows = stat_rows(counted)
    if form.is_file:
        form.write("stats", lambda: (STAT_COLUMNS, rows))
    elif form.json:
        from api.models import StatsModel

        print_answer(StatsModel, counted)
    else:
        print_table(STAT_COLUMNS, ([str(cell) for cell in row] for row in rows), numbers=("number",))


def _print_batches(headers: "list[BatchHeader]", form: Form) -> None:
    rows = list(map(_batch_row, headers))
    if form.is_file:
        form.write("batches", lambda: (BATCH_COLUMNS, rows))
    elif form.json:
        print_json([dict(zip(BATCH_COLUMNS, row, strict=True)) for row in rows])
    else:
        print_table(("id", "title", "kind", "sources"), map(_short_batch, rows))


def _print_counts(store: "Store", by: str, tags: list[str], form: Form) -> None:
    from api.forms.counts import COUNT_COLUMNS, CountModel, count_row
    from graph.queries.counts import CountBy, counts

    page = counts(store, CountBy(by), tags=tags, limit=_EVERYTHING)
    rows = [count_row(row) for row in page.items]
    if form.is_file:
        form.write("counts", lambda: (COUNT_COLUMNS, rows))
    elif form.json:
        from api.models import PageModel

        print_answer(PageModel[CountModel], page)
    else:
        head = (by, *COUNT_COLUMNS[1:])
        told = [n for n in range(len(head)) if n < 2 or any(row[n] is not None for row in rows)]
        shown = (
            ["-" if row[n] in (None, "") else f"{row[n]:,}" if n == 1 else str(row[n]) for n in told] for row in rows
        )
        print_table([head[n] for n in told], shown, numbers=COUNT_COLUMNS[1:3])


def search(
    text: Annotated[str, typer.Argument(help="Words that must all be there.")],
    store: StoreOption = None,
    label: Annotated[
        list[str] | None, typer.Option(metavar="CLASS", help="Class to search in; may be given again.")
    ] = None,
    region: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Place, those below included.")] = None,
    level: Annotated[list[str] | None, one_of(ANY_LEVEL, "Level of the policy or place")] = None,
    year: Annotated[list[int] | None, typer.Option(metavar="YEAR", help="Year of the goal or of the issue.")] = None,
    kind: Annotated[list[str] | None, one_of(ANY_KIND, "Kind of the policy, body or measure")] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="Tag; may be given again.")] = None,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count the first 200 by class, region, level, year, kind and tag.")
    ] = False,
    limit: LimitOption = 20,
    rejected: RejectedOption = False,
    json: JsonOption = False,
    csv: CsvOption = None,
    xlsx: XlsxOption = None,
) -> None:
    """Search names and passages."""
    from graph.queries.facets import Facet
    from graph.queries.search import search as find
    from policygraph.stores import open_asked

    form = Form(json, csv, xlsx)
    years = [str(one) for one in year or ()]
    given = {Facet.REGION: region, Facet.LEVEL: level, Facet.YEAR: years, Facet.KIND: kind, Facet.TAG: tag}
    filters = {facet: values for facet, values in given.items() if values}
    with open_asked(store_url(store), rejected=rejected) as opened:
        page = find(opened, text, labels=label or (), filters=filters, limit=limit, has_facets=facets)
        if form.is_file:
            from api.tables import HIT_COLUMNS, hit_row

            form.write("search", lambda: (HIT_COLUMNS, map(hit_row, _iter_found(opened, text, label or (), filters))))
            return
    if json:
        from api.models import HitPageModel

        print_answer(HitPageModel, page)
        return
    rows = ((found.label, "".join(segment.text for segment in found.segments), found.id) for found in page.items)
    print_table(("class", "found", "id"), rows)
    if facets:
        counted = ((one.facet, one.value, f"{one.count:,}") for one in page.facets)
        print_table(("facet", "value", "hits"), counted, numbers=("hits",))
    say(f"{len(page.items):,} of {'' if page.exact else 'more than '}{page.total:,}")


def _iter_found(store: "Store", text: str, labels: Sequence[str], filters: "Values") -> "Iterator[Found]":
    """All that fits, page by page."""
    from graph.queries.search import search as find

    page = find(store, text, labels=labels, filters=filters, limit=_PAGE)
    yield from page.items
    while page.next is not None:
        page = find(store, text, labels=labels, filters=filters, limit=_PAGE, cursor=page.next)
        yield from page.items


def _batch_row(header: "BatchHeader") -> tuple[str, ...]:
    from graph.sources import is_part

    kind = f"part of {header.kind}" if is_part(header) else str(header.kind)
    text = "yes" if header.has_text else "no"
    return header.id, header.title, kind, header.version, text, " ".join(header.sources)


def _short_batch(row: tuple[str, ...]) -> tuple[str, ...]:
    """A batch for people: its reader, and that it has no text, beside its kind."""
    id_, title, kind, reader, text, sources = row
    return id_, title, f"{kind} {reader}{'' if text == 'yes' else ', no text'}", sources


def _titles_of_older_readers(batches: "list[BatchHeader]") -> list[str]:
    from graph.facts import BatchKind
    from loaders.pipeline import READER

    return [b.title for b in batches if b.kind is BatchKind.DOCUMENT and b.version != READER]
