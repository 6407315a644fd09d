"""Counts: parameters, answer and table."""

from collections.abc import Sequence

from pydantic import Field

from api.csv_answers import Value
from api.models import Answered
from api.parameters import ListParameters, Words
from graph.queries.counts import Count, CountBy

COUNT_COLUMNS = ("value", "count", "loaded", "id")


class CountParameters(ListParameters):
    """What `counts` takes."""

    by: CountBy = Field(description="nodes by class, or policies by level, year of issue or issuer", examples=["year"])
    tag: Words = Field((), description="tag of what is counted")


class CountModel(Answered):
    """How many there are of a value, which is empty for policies that have none."""

    value: str
    count: int
    loaded: int | None = Field(description="of policies, how many are in the store with their text")
    id: str | None = Field(description="id of the issuer")


def count_row(row: Count) -> Sequence[Value]:
    """A count, by `COUNT_COLUMNS`."""
    return row.value, row.count, row.loaded, row.id
