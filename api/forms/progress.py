"""Progress over HTTP: what is asked, and what is answered."""

from pydantic import Field

from api.forms.remarks import REMARKS
from api.models import Answered, CellModel, PageModel
from api.parameters import ListParameters, Words, YearOrNone
from graph.queries.alignment import Remark
from graph.queries.figures import Aim
from graph.queries.progress_rows import ProgressQuery
from graph.queries.way_done import Status


class ProgressParameters(ListParameters):
    """What `progress` takes. All filters must fit; of one that is given several times, any value."""

    policy: Words = Field((), description="id or name of a policy that sets the goals")
    region: Words = Field((), description="id or name of a place that the policy binds itself")
    issuer: Words = Field((), description="id or name of a body that issued the policy")
    report: Words = Field((), description="id or name of a policy that reports the figures")
    indicator: Words = Field((), description="part of the indicator's name", examples=[["双师型教师"]])
    tag: Words = Field((), description="tag of the goal, its indicator or the figure")
    status: tuple[Status, ...] = Field((), description="what became of the goal")
    year: YearOrNone = Field(None, description="year of the figures; the latest of each goal if none is given")

    def query(self) -> ProgressQuery:
        """The question that is asked."""
        return ProgressQuery(
            policy=self.policy,
            region=self.region,
            issuer=self.issuer,
            report=self.report,
            indicator=self.indicator,
            tags=self.tag,
            statuses=self.status,
            year=self.year,
        )


class ProgressRowModel(Answered):
    """A goal beside a reported figure of the same indicator and subject; numbers are in the base unit `unit`."""

    policy: CellModel
    goal: CellModel
    indicator: CellModel | None
    subject: CellModel | None
    report: CellModel | None
    observation: CellModel | None
    status: Status
    aim: Aim
    unit: str = Field(examples=["%"])
    target: int | float | None
    target_year: int | None
    baseline: int | float | None
    baseline_year: int | None
    seen: int | float | None = Field(description="the reported figure")
    seen_year: int | None
    share: int | float | None = Field(description="part of the way that is done, 1 for the whole")
    formula: str | None = Field(description="how the share was computed", examples=["(72 − 60) ÷ (80 − 60)"])
    expected: int | float | None = Field(description="where the straight path to the target is in the year")
    figures: int = Field(description="observations of the goal in all years")
    remarks: list[Remark] = Field(description=REMARKS)


class ProgressCountsModel(Answered):
    """Rows of the whole answer by status."""

    reached: int
    on_the_way: int
    behind: int
    no_figure: int
    not_comparable: int


class ProgressPageModel(PageModel[ProgressRowModel]):
    """A page of goals."""

    counts: ProgressCountsModel
    truncated: bool = Field(description="there are more policies or figures than were looked at")
