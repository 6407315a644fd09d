"""The measures that a document announces by its headings."""

import csv
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from loaders.extract.records import MeasureRecord
from loaders.text.model import Section, Structure

MeasureKind = Literal["task", "project", "safeguard"]

_QUOTES = re.compile("[“”‘’《》〈〉「」]")
_PROJECT = re.compile(r"(?:工程|行动|计划|项目)(?:[（(][^（）()]*[）)])?$")
_SCHEDULE = re.compile(r"[（(][^（）()]*\d月[^（）()]*[）)]$")  # when a stage is; years alone belong to a name
_BOX = re.compile("专栏")
_ARTICLE = re.compile(r"第.{1,6}条")
_DIVISION = re.compile(r"第.{1,6}[编篇章节]|第.{1,4}部分")
_REPORT_TITLE = re.compile(r"(?:报告|总结|年报|白皮书|公报|综述)(?:[（(][^（）()]*[）)])?$")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a section is: within a frame (no task), or a measure of a kind by a rule."""

    is_frame: bool
    kind: MeasureKind = "task"
    rule: str = ""


def measures(structure: Structure) -> list[MeasureRecord]:
    """The headings of tasks, projects and safeguards, in the order of the text, each with the measure above it.

    Headings of background, situation, ideology, principles and goals are none, nor is what stands under them, unless
    its heading names tasks. In a law its chapters and titled articles are measures (all articles if it has neither); a
    report announces none.
    """
    found: list[MeasureRecord] = []
    for policy in _policies(structure):
        if not _announces(structure, policy):
            continue
        _add_measures(structure, policy, found)
    return found


def _policies(structure: Structure) -> list[list[Section]]:
    """The sections with headings, one list a policy; a section of level 0 begins another."""
    out: list[list[Section]] = []
    for section in structure.sections:
        if section.heading is None or not out:
            out.append([])
        if section.heading is not None:
            out[-1].append(section)
    return [policy for policy in out if policy]


def _add_measures(structure: Structure, policy: Sequence[Section], found: list[MeasureRecord]) -> None:
    position: dict[int, int] = {}
    readings: dict[int, _Reading] = {}
    bare_articles = _has_bare_articles_only(policy)
    for section in policy:
        above = None if section.parent is None else readings.get(section.parent)
        reading = _read(section, above)
        readings[section.index] = reading
        title = _SCHEDULE.sub("", section.title) or (section.number if bare_articles else "")
        if reading.is_frame or not title or section.heading is None:
            continue
        parent = next((position[s.index] for s in structure.lineage(section) if s.index in position), None)
        level = 1 if parent is None else found[parent].level + 1
        position[section.index] = len(found)
        found.append(
            MeasureRecord(
                section=section.index,
                number=section.number if section.title else "",
                title=title,
                level=level,
                parent=parent,
                kind=reading.kind,
                evidence=section.heading,
                rule=reading.rule,
            )
        )


def _read(section: Section, above: _Reading | None) -> _Reading:
    title = _QUOTES.sub("", section.title)
    names_tasks = _has(title, "task")
    if _BOX.match(section.number):
        return _Reading(above is not None and above.is_frame, "project", "box")
    if not names_tasks:
        if above is not None and above.is_frame:
            return above
        if _has(title, "frame") or (_has(title, "weak_frame") and not _is_verb_led(title)):
            return _Reading(True)
    if above is not None and above.kind == "safeguard":
        return above
    rule = "law-heading" if _is_law_number(section.number) else "heading"
    if (above is None or above.is_frame) and _has(title, "safeguard") and not _PROJECT.search(title):
        return _Reading(False, "safeguard", rule)
    return _Reading(False, "project" if _PROJECT.search(title) else "task", rule)


def _announces(structure: Structure, policy: Sequence[Section]) -> bool:
    """Whether a policy plans or rules, rather than reports."""
    last = bisect_right(structure.titles, policy[0].span.start, key=lambda span: span.start) - 1
    if last >= 0 and structure.titles[last].start >= _start_of(structure, policy):
        return not _REPORT_TITLE.search(_QUOTES.sub("", structure.titles[last].of(structure.text)))
    highest = [section for section in policy if section.parent is None]
    titles = [_QUOTES.sub("", section.title) for section in highest]
    if any(_is_law_number(section.number) for section in highest):
        return True
    if any(_has(title, "task") or _has(title, "frame") for title in titles):
        return True
    if any(_has(title, "report") for title in titles):
        return False
    return 2 * sum(_is_verb_led(title) for title in titles) >= len(titles)


def _start_of(structure: Structure, policy: Sequence[Section]) -> int:
    return structure.sections[policy[0].index - 1].span.start


def _is_law_number(number: str) -> bool:
    return bool(_ARTICLE.fullmatch(number) or _DIVISION.fullmatch(number))


def _has_bare_articles_only(policy: Sequence[Section]) -> bool:
    return all(_ARTICLE.fullmatch(section.number) and not section.title for section in policy)


def _is_verb_led(title: str) -> bool:
    return title.startswith(_verbs())


def _has(title: str, kind: str) -> bool:
    contained, endings, wholes = _cues()[kind]
    return title in wholes or title.endswith(endings) or any(cue in title for cue in contained)


@cache
def _cues() -> dict[str, tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]]:
    """Cue words by class: those that a title contains, ends with, or is."""
    text = files("loaders.resources").joinpath("measure_headings.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))

    def of(kind: str, match: str) -> list[str]:
        return [row["cue"] for row in rows if row["class"] == kind and row["match"] == match]

    return {
        kind: (tuple(of(kind, "contains")), tuple(of(kind, "ends")), frozenset(of(kind, "whole")))
        for kind in {row["class"] for row in rows}
    }


@cache
def _verbs() -> tuple[str, ...]:
    text = files("loaders.resources").joinpath("action_verbs.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
