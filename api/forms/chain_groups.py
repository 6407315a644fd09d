"""Chains counted by policy, place or actor: parameters, answer and table."""

from collections.abc import Sequence

from pydantic import Field

from api.csv_answers import Value
from api.models import Answered, CellModel, Counts
from api.parameters import ChainParameters
from graph.queries.chain_groups import ChainGroup, GroupBy

GROUP_COLUMNS = ("name", "class", "rows", "policies", "goals", "measures", "actors", "id")


class ChainGroupParameters(ChainParameters):
    """What `chains/groups` takes: the filters of `chains`, and what rows are counted by."""

    by: GroupBy = Field(description="what rows are counted by", examples=["region"])


class ChainGroupModel(Answered):
    """The rows of one policy, place or actor; `node` is null for rows without one."""

    node: CellModel | None
    counts: Counts


def group_row(group: ChainGroup) -> Sequence[Value]:
    """A group, by `GROUP_COLUMNS`."""
    node, counts = group.node, group.counts
    head = (node.name, node.label) if node else (None, None)
    figures = counts.rows, counts.policies, counts.goals, counts.measures, counts.actors
    return (*head, *figures, node.id if node else None)
