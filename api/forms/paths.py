"""Paths: parameters, answer and table."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pydantic import Field

from api.csv_answers import Value
from api.models import Answered, CellModel, EdgeModel, PageModel
from api.parameters import LONGEST_TEXT, ListParameters, Words
from api.words import RelationTypes
from graph.queries.path_search import Passable
from graph.queries.paths import LONGEST_PATH, Path, PathPage, PathQuery

PATH_COLUMNS = (
    "path", "hop", "from", "relation", "to", "document", "section", "page", "quote", "from_id", "to_id", "edge_id",
)  # fmt: skip


class PathParameters(ListParameters):
    """What `paths` takes."""

    from_: str = Field(alias="from", max_length=LONGEST_TEXT, description="id or name of one end", examples=["云州市"])
    to: str = Field(max_length=LONGEST_TEXT, description="id or name of the other end")
    use: RelationTypes = Field((), description="relations to follow, for instance INVOLVES; all if none is given")
    avoid: RelationTypes = Field((), description="relations not to follow")
    through: tuple[Passable, ...] = Field((), description="what paths may pass through although they do not by itself")
    tag: Words = Field(
        (), description="tag of a node that a path passes through; of the shortest paths, these are left"
    )
    max_hops: int = Field(6, ge=1, le=LONGEST_PATH, description="hops of a path, at most")

    def query(self) -> PathQuery:
        """The question that is asked."""
        return PathQuery(use=self.use, avoid=self.avoid, through=self.through, max_hops=self.max_hops, tags=self.tag)


class PathModel(Answered):
    """Nodes from one end to the other; `hops` has for each two neighbours all edges between them."""

    nodes: list[CellModel] = Field(description="without evidence of their own, which edges have")
    hops: list[list[EdgeModel]]


class PathPageModel(PageModel[PathModel]):
    """A page of paths, all of one length."""

    source: CellModel
    target: CellModel
    hops: int | None = Field(description="length of the paths; null if none was found", examples=[2])
    hubs: list[CellModel] = Field(description="nodes of which only the first 1,000 edges were followed")
    is_cut: bool = Field(description="the search stopped at 30,000 edges")


def path_table(page: PathPage) -> tuple[Sequence[str], Iterator[Sequence[Value]]]:
    """Columns and rows of paths: a row an edge, paths numbered from 1."""
    return PATH_COLUMNS, _rows(page.items)


def _rows(paths: Iterable[Path]) -> Iterator[Sequence[Value]]:
    for number, path in enumerate(paths, start=1):
        for hop, (ends, edges) in enumerate(zip(pairwise(path.nodes), path.hops, strict=True), start=1):
            for edge in edges:
                piece = edge.evidence[0] if edge.evidence else None
                place = (piece.document_title, " > ".join(piece.section), piece.page, piece.quote) if piece else ()
                names = ends[0].name, edge.type, ends[1].name
                yield number, hop, *names, *(place or (None,) * 4), ends[0].id, ends[1].id, edge.id
