"""Patterns of the cue words around figures (`loaders/resources/figure_cues.csv`)."""

import re
from functools import cache

from loaders.extract.lists import column


@cache
def words(*groups: str) -> str:
    """The words of some groups as one alternation, longest first."""
    found = {word for group in groups for word in column("figure_cues", "word", group=group)}
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))


@cache
def verb_chain() -> str:
    """A run of verbs and adverbs in front of a figure: 支持建成, 提升或新建, 新（迁、扩）建, 每年培养."""
    verb = rf"(?!建(?:筑|档立))(?:{words('found', 'act')})"
    one = rf"(?:{verb}|新?（[迁扩改续新、]{{1,8}}）建|新?\([迁扩改续新、]{{1,8}}\)建)"
    return rf"(?:(?:{words('manner')})*{one}(?:[、或和及与并](?=(?:{words('manner')})*{one}))?)+"


@cache
def ends_in_chain() -> re.Pattern[str]:
    """A run of verbs at the end."""
    return re.compile(
        rf"(?P<chain>{verb_chain()})(?P<size>省级|市级|国家级|县级)?\s*(?:出|起|了|好|为)?(?:各级|各类)?(?:每年|年)?\s*$"
    )


@cache
def starts_with_chain() -> re.Pattern[str]:
    """A run of verbs at the start."""
    return re.compile(rf"(?P<chain>{verb_chain()})")


@cache
def acts() -> re.Pattern[str]:
    """A verb that is part of the indicator."""
    return re.compile(rf"(?:{words('act')}|（[迁扩改续新、]{{1,8}}）建|\([迁扩改续新、]{{1,8}}\)建)")


@cache
def reach() -> re.Pattern[str]:
    """Words at the end that link an indicator with its value: 均达到, 力争提高到."""
    return re.compile(
        rf"(?P<link>(?:{words('manner')})*(?:(?!(?<=报)到)(?:{words('reach')}))|(?:(?<![年月日户人])均|分别|约|不少|全部|力争|确保|争取))\s*$"
    )


@cache
def any_of(*groups: str) -> re.Pattern[str]:
    """Any word of some groups."""
    return re.compile(words(*groups))
