"""Claims of measures, of the goals they advance, and of reported figures."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from graph import ids
from graph.figure_name import figure_name
from graph.normal import key, number_text
from loaders.extract.indicators import indicator_concept
from loaders.extract.records import Figure, GoalRecord, MeasureRecord, ObservationRecord
from loaders.resolve.writing import Writing


def claim_measures(writing: Writing, measures: Sequence[MeasureRecord]) -> dict[int, str]:
    """Claim the measures and their hierarchy; -> id of the measure of each section that announces one."""
    by_section: dict[int, str] = {}
    ids_: list[str] = []
    seen: Counter[tuple[str, ...]] = Counter()
    orders: Counter[int] = Counter()
    for record in measures:
        section = writing.structure.sections[record.section]
        policy = writing.policy_at(record.evidence)
        policy_id = writing.own_ids[policy]
        path = writing.structure.path(section)
        place = (policy_id, *map(key, path))
        measure = ids.measure_id(policy_id, path, seen[place])
        seen[place] += 1
        evidence = writing.evidence(record.evidence)
        writing.draft.node(
            measure,
            "Measure",
            {
                "name": record.title,
                "title": record.title,
                "number": record.number,
                "level": record.level,
                "order": orders[policy],
                "kind": record.kind,
            },
            evidence=evidence,
            rule=record.rule,
            is_own=True,
        )
        orders[policy] += 1
        writing.draft.edge("CONTAINS", policy_id, measure, evidence=evidence, rule=record.rule, is_own=True)
        if record.parent is not None:
            parent = ids_[record.parent]
            above = writing.evidence(record.evidence, (measures[record.parent].evidence,))
            writing.draft.edge("PART_OF", measure, parent, evidence=above, rule=record.rule, is_own=True)
        ids_.append(measure)
        by_section[record.section] = measure
    return by_section


def claim_goals(writing: Writing, goals: Sequence[GoalRecord], measures: Mapping[int, str]) -> None:
    """Claim the goals, the policy that sets each, the measure whose text states it, and its indicator."""
    for record in goals:
        policy = writing.own_ids[writing.policy_at(record.evidence)]
        goal = ids.goal_id(
            policy,
            indicator=record.indicator,
            comparator=record.comparator,
            value=record.value,
            value_max=record.value_max,
            unit=record.unit,
            year=record.year,
        )
        evidence = writing.evidence(record.evidence, record.context)
        writing.draft.node(
            goal,
            "Goal",
            {
                **_figure(record),
                "statement": record.evidence.of(writing.structure.text),
                "value_max": record.value_max,
                "baseline_value": record.baseline_value,
                "baseline_year": record.baseline_year,
                "binding": record.binding,
                "source": record.source,
            },
            evidence=evidence,
            rule=record.rule,
            inferred=_inferred(writing, record),
            is_own=True,
        )
        writing.draft.edge("SETS", policy, goal, evidence=evidence, rule=record.rule, is_own=True)
        measure = _measure_of(writing, record.section, measures)
        if measure is not None:
            writing.draft.edge("ADVANCES", measure, goal, evidence=evidence, rule="stated in measure", is_own=True)
        _claim_indicator(writing, goal, record)


def claim_observations(writing: Writing, observations: Sequence[ObservationRecord]) -> None:
    """Claim the reported figures, who reports them, whom they are about, and their indicators."""
    for record in observations:
        policy = writing.own_ids[writing.policy_at(record.evidence)]
        subject = writing.parties.find(record.subject, record.evidence) if record.subject else writing.parties.subject
        reported = _reported(record)
        observation = ids.observation_id(
            policy,
            subject=subject.id if subject else None,
            indicator=record.indicator,
            comparator=record.comparator,
            value=reported,
            unit=record.unit,
            year=record.year,
        )
        evidence = writing.evidence(record.evidence, record.context)
        writing.draft.node(
            observation,
            "Observation",
            {**_figure(record), "value": reported},
            evidence=evidence,
            rule=record.rule,
            inferred=_inferred(writing, record),
            is_own=True,
        )
        writing.draft.edge("REPORTS", policy, observation, evidence=evidence, rule=record.rule, is_own=True)
        if subject is not None and writing.draft.has(subject.id):
            writing.draft.edge("ABOUT", observation, subject.id, evidence=evidence, rule=record.rule, is_own=True)
        _claim_indicator(writing, observation, record)


def _reported(record: Figure) -> float | str:
    """The value of a reported figure; both ends of a range, as text."""
    if record.comparator != "range":
        return record.value
    return f"{number_text(record.value)}-{number_text(record.value_max)}"


def _figure(record: Figure) -> dict[str, str | float | None]:
    stated = {
        "indicator": record.indicator,
        "comparator": record.comparator,
        "value": record.value,
        "unit": record.unit,
        "year": record.year,
    }
    return {"name": figure_name({**stated, "value_max": record.value_max}), **stated}


def _inferred(writing: Writing, record: GoalRecord | ObservationRecord) -> list[str]:
    """What was concluded, without the years that the quote or its context happen to show (2022届毕业生)."""
    shown = "\n".join(span.of(writing.structure.text) for span in (record.evidence, *record.context))
    years = {name: getattr(record, name) for name in record.inferred if name.endswith("year")}
    standing = {name for name, year in years.items() if re.search(rf"(?<!\d){year}(?!\d)", shown)}
    return [name for name in record.inferred if name not in standing]


def _measure_of(writing: Writing, section: int, measures: Mapping[int, str]) -> str | None:
    """The measure in whose body the section stands: its own heading's, else the nearest one above."""
    lineage = writing.structure.lineage(writing.structure.sections[section])
    return next((measures[above.index] for above in lineage if above.index in measures), None)


def _claim_indicator(writing: Writing, figure: str, record: Figure) -> None:
    subject = writing.parties.subject
    concept = indicator_concept(record.indicator, record.unit, subject=subject.name if subject else "")
    indicator = writing.draft.node(
        ids.indicator_id(concept.normal_form),
        "Indicator",
        {"name": concept.name, "unit": concept.unit, "unit_kind": concept.unit_kind, "basis": concept.basis},
        evidence=writing.evidence(record.evidence, record.context),
        rule="indicator of a figure",
        inferred=("basis", "unit_kind"),
    )
    evidence = writing.evidence(record.evidence, record.context)
    writing.draft.edge("MEASURED_BY", figure, indicator, evidence=evidence, rule="indicator of a figure", is_own=True)
