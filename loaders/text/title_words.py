"""How titles of policy documents end."""

import re
from functools import cache
from importlib.resources import files

_BRACKETS = r"(?:[（(\[〔][^（）()]{1,20}[）)\]〕]){0,2}"


def ends_like_title(text: str) -> bool:
    """Whether a text ends as titles do: 规划, 条例（试行）, 通知."""
    return _ending().search(text.replace(" ", "")) is not None


@cache
def _ending() -> re.Pattern[str]:
    text = files("loaders.resources").joinpath("title_endings.txt").read_text(encoding="utf-8")
    words = [re.escape(line) for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile(rf"(?:{'|'.join(words)}){_BRACKETS}$")
