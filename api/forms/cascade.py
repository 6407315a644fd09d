"""The cascade of a policy over HTTP: what is asked, and what is answered."""

from pydantic import Field

from api.forms.remarks import REMARKS
from api.models import Answered, CellModel, PageModel
from api.parameters import ListParameters, Words
from graph.queries.alignment import Remark, ValueAxis, YearAxis
from graph.queries.cascade_rows import DEEPEST, MOST_POLICIES, CascadeQuery, Finding, Place
from ontology.values import PolicyLevel


class CascadeParameters(ListParameters):
    """What `cascade/{policy}` takes. All filters must fit; of one that is given several times, any value."""

    finding: tuple[Finding, ...] = Field((), description="only rows that say this of a goal")
    value: tuple[ValueAxis, ...] = Field((), description="where the goal stands by value beside the one above it")
    year: tuple[YearAxis, ...] = Field((), description="where the goal stands by year beside the one above it")
    indicator: Words = Field((), description="part of the indicator's name", examples=[["双师型教师"]])
    tag: Words = Field((), description="tag of any node of the row")
    depth: int = Field(DEEPEST, ge=1, le=DEEPEST, description="BASED_ON steps up and down, at most")
    policies: int = Field(
        10,
        ge=1,
        le=MOST_POLICIES,
        description="policies looked at each way, the nearest first; the merely cited are extra",
    )

    def query(self, policy: str) -> CascadeQuery:
        """The question that is asked of a policy."""
        return CascadeQuery(
            policy,
            findings=self.finding,
            values=self.value,
            years=self.year,
            indicator=self.indicator,
            tags=self.tag,
            depth=self.depth,
            policies=self.policies,
        )


class StepModel(Answered):
    """A policy of the cascade; its evidence is that of the edge (`relation`) to the policy `by`, which is nearer."""

    place: Place
    policy: CellModel
    level: PolicyLevel | None
    distance: int = Field(description="BASED_ON steps from the policy that was asked for")
    relation: str = Field(examples=["BASED_ON"])
    by: str
    is_loaded: bool = Field(description="false if its text is not in the store, only cited")


class AlignmentModel(Answered):
    """A goal, the goal above it with the same indicator, or both; their evidence is that of SETS."""

    finding: Finding
    indicator: CellModel | None
    policy: CellModel | None
    goal: CellModel | None
    policy_above: CellModel | None
    goal_above: CellModel | None
    value: ValueAxis | None = Field(description="only shares, rates and ratios can be tighter or looser")
    year: YearAxis | None
    share: int | float | None = Field(description="of an amount, the part of that of the higher level's policy")
    remarks: list[Remark] = Field(description=REMARKS)


class CascadeCountsModel(Answered):
    """Rows of the whole answer by finding, and policies by place."""

    aligned: int
    not_taken_up: int
    new: int
    without_parent: int
    above: int
    below: int
    cited: int


class CascadeModel(PageModel[AlignmentModel]):
    """A page of the rows of a cascade, with the policies of the whole."""

    policy: CellModel
    level: PolicyLevel | None
    steps: list[StepModel]
    counts: CascadeCountsModel
    truncated: bool = Field(description="there are more policies or goals than were looked at")
