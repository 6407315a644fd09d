"""What a goal or a reported figure is called: what is counted, how much of it, and when."""

from collections.abc import Mapping

from graph.normal import number_text

FIGURES = ("Goal", "Observation")
"""Classes whose nodes are named so where nobody gives them another name."""
_SIGNS = {">=": "≥", "<=": "≤", "~": "约"}


def figure_name(properties: Mapping[str, object]) -> str:
    """A figure as a person would write it: 毕业生就业率 ≥98%（2025）; what it has not is left out."""
    year = properties.get("year")
    return f"{properties.get('indicator', '')}{_amount(properties)}" + (f"（{year}）" if year else "")


def _amount(properties: Mapping[str, object]) -> str:
    value, unit = properties.get("value"), properties.get("unit") or ""
    if not isinstance(value, str | int | float):
        return ""
    to = properties.get("value_max")
    if properties.get("comparator") == "range" and isinstance(to, str | int | float):
        return f" {number_text(value)}–{number_text(to)}{unit}"
    return f" {_SIGNS.get(str(properties.get('comparator')), '')}{number_text(value)}{unit}"
