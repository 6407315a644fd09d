"""Rows of the tools' replies, made of the rows of the queries."""

from itertools import pairwise

from pydantic import Field

from api.assistants.replies import Brief, Fact, Named, fact, fact_or_none, named, place, shortened
from graph.queries.alignment import MEANING, ValueAxis, YearAxis
from graph.queries.cascade_rows import Alignment, Finding, Place, Step
from graph.queries.chain_rows import Chain, Closeness, Gap
from graph.queries.compare_rows import Amount, Comparison
from graph.queries.paths import Path
from graph.queries.progress_rows import ProgressRow
from graph.queries.search import Found
from graph.queries.way_done import Status
from ontology.values import PolicyLevel, Role


class HitRow(Brief):
    """A node that a search found."""

    id: str
    label: str
    name: str
    found: str = Field(description="the name or sentence with the words")


class ChainRow(Brief):
    """A goal, the measure that serves it, and who carries the measure out."""

    closeness: Closeness | None = Field(default=None, description="how near the actor stands to the goal in the text")
    missing: list[Gap] = Field(default=[], description="what the documents do not say")
    policy: Named
    goal: Fact | None = None
    measure: Fact | None = None
    actor: Fact | None = None
    role: Role | None = None
    implied: bool = Field(default=False, description="the measure names nobody: the issuer of the policy stands in")
    at: Named | None = Field(default=None, description="the measure above or below at which the actor is named")


class StepRow(Brief):
    """A policy above, below, or cited, with the words that say so."""

    place: Place
    policy: Fact
    relation: str = Field(description="what ties it to the policy `by`, which is nearer; the quote is that of the tie")
    by: str
    level: PolicyLevel | None = None
    loaded: bool = Field(default=True, description="false if its text is not in the store")


class AlignedRow(Brief):
    """A goal beside the goal above it with the same indicator."""

    finding: Finding
    indicator: str = ""
    policy: str = ""
    goal: Fact | None = None
    policy_above: str = ""
    goal_above: Fact | None = None
    value: ValueAxis | None = None
    year: YearAxis | None = None
    share_of_amount_above: int | float | None = None
    remarks: list[str] = Field(default=[])


class FigureRow(Brief):
    """A target or a reported figure; value in the base unit."""

    figure: Fact
    policy: str
    value: int | float | None = None
    value_max: int | float | None = None
    unit: str = ""
    year: int | None = None


class ColumnRow(Brief):
    """What one of the compared says of an indicator; empty where it says nothing."""

    of: str = Field(description="the policy, place or issuer")
    targets: list[FigureRow] = Field(default=[])
    reported: list[FigureRow] = Field(default=[])
    disagree: bool = Field(default=False, description="several values are stated for the year")


class ComparedRow(Brief):
    """An indicator with what each of the compared says of it."""

    indicator: Named
    unit: str = ""
    not_comparable: bool = False
    remarks: list[str] = Field(default=[])
    columns: list[ColumnRow]


class ProgressedRow(Brief):
    """A goal beside a reported figure; numbers in the base unit."""

    status: Status
    share_of_way: int | float | None = Field(default=None, description="1 is the whole way")
    formula: str | None = None
    policy: Named
    goal: Fact
    reported: Fact | None = None
    target: int | float | None = None
    target_year: int | None = None
    reported_value: int | float | None = None
    reported_year: int | None = None
    unit: str = ""
    remarks: list[str] = Field(default=[])


class HopRow(Brief):
    """An edge of a path; it is read from `source` to `target`."""

    source: Named
    relation: str
    target: Named
    quote: str = ""
    where: str = ""
    evidence_id: str


class PathRow(Brief):
    """A path: its edges, those between the same two nodes one after the other."""

    hops: list[HopRow]


def hit_row(found: Found) -> HitRow:
    """What was found."""
    text = "".join(segment.text for segment in found.segments)
    return HitRow(id=found.id, label=found.label, name=found.name, found=shortened(text))


def chain_row(chain: Chain) -> ChainRow:
    """A chain."""
    return ChainRow(
        closeness=chain.closeness,
        missing=list(chain.gaps),
        policy=named(chain.policy),
        goal=fact_or_none(chain.goal),
        measure=fact_or_none(chain.measure),
        actor=fact_or_none(chain.actor),
        role=chain.role,
        implied=chain.implied,
        at=named(chain.via) if chain.via else None,
    )


def step_row(step: Step) -> StepRow:
    """A policy of a cascade."""
    return StepRow(
        place=step.place,
        policy=fact(step.policy),
        relation=step.relation,
        by=step.by,
        level=step.level,
        loaded=step.is_loaded,
    )


def aligned_row(row: Alignment) -> AlignedRow:
    """A row of a cascade."""
    return AlignedRow(
        finding=row.finding,
        indicator=row.indicator.name if row.indicator else "",
        policy=row.policy.name if row.policy else "",
        goal=fact_or_none(row.goal),
        policy_above=row.policy_above.name if row.policy_above else "",
        goal_above=fact_or_none(row.goal_above),
        value=row.value,
        year=row.year,
        share_of_amount_above=row.share,
        remarks=[MEANING[remark] for remark in row.remarks],
    )


def compared_row(row: Comparison, columns: list[str]) -> ComparedRow:
    """An indicator of a comparison."""
    return ComparedRow(
        indicator=named(row.indicator),
        unit=row.unit,
        not_comparable=not row.is_comparable,
        remarks=[MEANING[remark] for remark in row.remarks],
        columns=[
            ColumnRow(
                of=name,
                targets=[_figure_row(amount) for amount in cell.targets],
                reported=[_figure_row(amount) for amount in cell.observations],
                disagree=cell.disagree,
            )
            if cell
            else ColumnRow(of=name)
            for name, cell in zip(columns, row.cells, strict=True)
        ],
    )


def _figure_row(amount: Amount) -> FigureRow:
    return FigureRow(
        figure=fact(amount.figure),
        policy=amount.policy.name,
        value=amount.value,
        value_max=amount.value_max,
        unit=amount.unit,
        year=amount.year,
    )


def progressed_row(row: ProgressRow) -> ProgressedRow:
    """A goal and what became of it."""
    return ProgressedRow(
        status=row.status,
        share_of_way=row.share,
        formula=row.formula,
        policy=named(row.policy),
        goal=fact(row.goal),
        reported=fact_or_none(row.observation),
        target=row.target,
        target_year=row.target_year,
        reported_value=row.seen,
        reported_year=row.seen_year,
        unit=row.unit,
        remarks=[MEANING[remark] for remark in row.remarks],
    )


def path_row(path: Path) -> PathRow:
    """A path, its edges as they are directed."""
    names = {node.id: named(node) for node in path.nodes}
    hops = []
    for _, edges in zip(pairwise(path.nodes), path.hops, strict=True):
        for edge in edges:
            piece = edge.evidence[0] if edge.evidence else None
            hops.append(
                HopRow(
                    source=names[edge.source],
                    relation=edge.type,
                    target=names[edge.target],
                    quote=shortened(piece.quote) if piece else "",
                    where=place(piece) if piece else "",
                    evidence_id=edge.id,
                )
            )
    return PathRow(hops=hops)
