"""Options that several commands share, and what they stand for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, TypeAlias, TypeVar

import typer

# Spelled out here, since importing the ontology would double the time that `--help` takes; a test holds them equal.
ROLES = ("lead", "partner", "supporter", "beneficiary", "object")
LEVELS = ("national", "provincial", "municipal", "county", "institutional")
KINDS = ("law", "plan", "opinion", "scheme", "measures", "notice", "report", "standard", "other")
ANY_LEVEL = (*LEVELS, "country", "province", "prefecture", "zone", "area", "foreign")
ANY_KIND = (
    *KINDS,
    *("government", "school", "research", "alliance", "platform", "association", "hospital", "media", "enterprise"),
    *("people", "task", "project", "safeguard"),
)
COMPARATORS = (">=", "<=", "=", "~", "range")
CLOSENESSES = ("sentence", "passage", "measure", "above", "below")
GAPS = ("goal", "measure", "actor")
ACTORS = ("acting", "all")
COUNTED = ("class", "level", "year", "issuer")
GROUPS = ("policy", "region", "actor")
PASSABLE = ("Document", "Passage", "ActorGroup", "Indicator", "country", "province")
NETWORKS = ("partnership", "issuers", "citations")
FIGURES = ("weight", "degree", "betweenness", "pagerank")
PARTNERSHIP_KINDS = (
    "joint_school",
    "industry_college",
    "order_class",
    "training_base",
    "research",
    "service",
    "apprenticeship",
    "alliance",
    "overseas",
    "other",
)

T = TypeVar("T")
StoreOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="STORE",
        help="The store, a file or neo4j://HOST:PORT (default: POLICYGRAPH_STORE, else policygraph.db).",
    ),
]
RejectedOption: TypeAlias = Annotated[
    bool, typer.Option("--rejected", help="Show facts that a reviewer rejected, too.")
]
RowsOption: TypeAlias = Annotated[
    int, typer.Option("--limit", min=1, help="Most rows to print; files have all of them.")
]
LimitOption: TypeAlias = Annotated[int, typer.Option("--limit", min=1, help="Most rows to print.")]
OutputOption: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output.")
]


def one_of(words: Sequence[str], meaning: str, *, is_repeatable: bool = True, name: str | None = None) -> Any:
    """An option that takes only these words; another word is a mistake in the usage that names them."""

    def checked(word: str) -> str:
        if word not in words:
            raise typer.BadParameter(f"“{word}” is none of {', '.join(words)}")
        return word

    again = "; may be given again" if is_repeatable else ""
    return typer.Option(
        *([name] if name else []), parser=checked, metavar="WORD", help=f"{meaning}: {', '.join(words)}{again}."
    )


def texts(meaning: str) -> Any:
    """An option that takes several texts."""
    return typer.Option(metavar="TEXT", help=f"{meaning}; may be given again.")


def query_of(query: type[T], **given: object) -> T:
    """The question of these options, those that were not given as the question has them by itself."""
    from pydantic import TypeAdapter

    return TypeAdapter(query).validate_python({name: value for name, value in given.items() if value is not None})


def store_url(option: str | None) -> str:
    """The store that a command works on: its option, else the settings."""
    if option:
        return option
    from policygraph.settings import load_settings

    return load_settings().store
