"""JSON texts of evidence and of standings, as stores keep them."""

from collections.abc import Iterable

import pydantic_core

from graph.facts import Evidence
from graph.growth import Standing


def to_json(value: object) -> str:
    """JSON text of a value."""
    return pydantic_core.to_json(value).decode()  # four times as fast as the standard library's


def evidence_text(evidence: Iterable[Evidence]) -> str:
    """JSON text of evidence."""
    return to_json([[e.document, e.start, e.end, e.passage, e.context] for e in evidence])


def evidence_of(text: str) -> tuple[Evidence, ...]:
    """Evidence of its JSON text."""
    if text == "[]":
        return ()
    return tuple(
        [
            Evidence(document, start, end, passage, tuple([(a, b) for a, b in context]) if context else ())
            for document, start, end, passage, context in pydantic_core.from_json(text)
        ]
    )


def standing_text(standing: Standing) -> str:
    """JSON text of what is remembered of the claims of a fact: each place among them once, then by its number."""
    numbers = {at: n for n, at in enumerate(dict.fromkeys((standing.first, *standing.won.values(), *standing.shown)))}
    won = {name: numbers[at] for name, at in standing.won.items()}
    return to_json([[*numbers], numbers[standing.first], won, [numbers[at] for at in standing.shown]])


def standing_from(text: str) -> Standing:
    """What is remembered of the claims of a fact, of its JSON text."""
    places, first, won, shown = pydantic_core.from_json(text)
    at = [tuple(place) for place in places]
    return Standing(at[first], {name: at[n] for name, n in won.items()}, tuple([at[n] for n in shown]))
