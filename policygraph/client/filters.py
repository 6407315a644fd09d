"""What the questions of a graph may be narrowed by: the names are those of the options and of the HTTP parameters."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, TypedDict

Texts: TypeAlias = str | Sequence[str]
"""One value or several, any of which fits."""


class SearchFilters(TypedDict, total=False):
    """What a search may be narrowed by; `facets` counts the first 200 hits by all of these."""

    label: Texts
    region: Texts
    level: Texts
    year: Texts | int
    kind: Texts
    tag: Texts
    facets: bool


class ChainFilters(TypedDict, total=False):
    """What chains may be narrowed by; all must fit. Nodes are given by id or by a text that fits one."""

    policy: Texts
    goal: Texts
    measure: Texts
    actor: Texts
    region: Texts
    issuer: Texts
    indicator: Texts
    role: Texts
    closeness: Texts
    gaps: Texts
    year_from: int
    year_to: int
    unit: Texts
    comparator: Texts
    tag: Texts
    policy_kind: Texts
    policy_level: Texts
    actors: Literal["acting", "all"]
    parts: bool


class PathFilters(TypedDict, total=False):
    """How paths may run."""

    use: Texts
    avoid: Texts
    through: Texts
    tag: Texts
    max_hops: int


class CascadeFilters(TypedDict, total=False):
    """What a cascade may be narrowed by, and how far it reaches."""

    finding: Texts
    value: Texts
    year: Texts
    indicator: Texts
    tag: Texts
    depth: int
    policies: int


class CompareFilters(TypedDict, total=False):
    """What is compared: each policy, region and issuer is a column."""

    policy: Texts
    region: Texts
    issuer: Texts
    indicator: Texts
    tag: Texts
    year: int
    min_columns: int


class ProgressFilters(TypedDict, total=False):
    """Whose goals are held against which figures."""

    policy: Texts
    region: Texts
    issuer: Texts
    report: Texts
    indicator: Texts
    tag: Texts
    status: Texts
    year: int


class NetworkFilters(TypedDict, total=False):
    """Which ties are wanted, what nodes are sorted `by`, and how many nodes there may be (`limit`)."""

    region: Texts
    kind: Texts
    activity: str
    tag: Texts
    year_from: int
    year_to: int
    min_weight: int
    ego: str
    by: Literal["weight", "degree", "betweenness", "pagerank"]
    limit: int


class SubgraphFilters(TypedDict, total=False):
    """Tags of nodes in its middle; how far it reaches, over which relations, and how many nodes it may have."""

    tag: Texts
    depth: int
    types: Texts
    limit: int
