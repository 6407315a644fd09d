"""Comparisons over HTTP: what is asked, and what is answered."""

from pydantic import Field

from api.forms.remarks import REMARKS
from api.models import Answered, CellModel, PageModel
from api.parameters import ListParameters, Words, YearOrNone
from graph.queries.alignment import Remark
from graph.queries.compare_rows import MOST_COLUMNS, CompareQuery
from graph.queries.figures import Aim
from ontology.values import Comparator, UnitKind


class CompareParameters(ListParameters):
    """What `compare` takes: each policy, region and issuer is a column."""

    policy: Words = Field((), description="id or name of a policy")
    region: Words = Field((), description="id or name of a place: the policies that bind it itself")
    issuer: Words = Field((), description="id or name of a body: the policies that it issued")
    indicator: Words = Field((), description="part of the indicator's name", examples=[["双师型教师"]])
    tag: Words = Field((), description="tag of the indicator or of a figure of the row")
    year: YearOrNone = Field(None, description="year of the figures; the latest of each cell if none is given")
    min_columns: int = Field(2, ge=1, le=MOST_COLUMNS, description="columns that must have a figure")

    def query(self) -> CompareQuery:
        """The question that is asked."""
        return CompareQuery(
            policy=self.policy,
            region=self.region,
            issuer=self.issuer,
            indicator=self.indicator,
            tags=self.tag,
            year=self.year,
            min_columns=self.min_columns,
        )


class AmountModel(Answered):
    """A goal or an observation in its base unit; the figure's evidence is that of the edge from the policy."""

    figure: CellModel
    policy: CellModel
    value: int | float | None = Field(description="null where what is stated is no number")
    value_max: int | float | None = Field(description="upper end of a range")
    unit: str = Field(examples=["元/生"])
    comparator: Comparator
    aim: Aim
    year: int | None
    baseline: int | float | None
    baseline_year: int | None


class CompareCellModel(Answered):
    """What one column says of an indicator, the first figures of each kind."""

    targets: list[AmountModel]
    targets_total: int
    observations: list[AmountModel]
    observations_total: int
    years: list[int] = Field(description="years of all targets")
    disagree: bool = Field(description="figures of one kind have different values for the year")


class ComparisonModel(Answered):
    """An indicator with a cell for each column, null where the column says nothing of it."""

    indicator: CellModel
    unit: str = Field(description="the base unit, empty where figures can't be compared")
    unit_kind: UnitKind | None
    cells: list[CompareCellModel | None]
    is_comparable: bool
    remarks: list[Remark] = Field(description=REMARKS)


class ComparePageModel(PageModel[ComparisonModel]):
    """A page of indicators."""

    columns: list[CellModel]
    truncated: bool = Field(description="a column has more policies or figures than were looked at")
