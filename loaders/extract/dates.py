"""Dates of documents, in Arabic or Chinese numerals, with the precision that the text has."""

import re

_DIGITS = {c: str(i % 10) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "O": "0"}
_NUMERAL = "〇○零ＯO一二三四五六七八九"
DATE = re.compile(
    rf"(?P<year>(?:19|20)\d\d|[一二][{_NUMERAL}]{{3}})\s*年\s*"
    rf"(?:(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*"
    rf"(?:(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日)?)?"
)


def iso_date(found: re.Match[str]) -> str | None:
    """A match of `DATE` as 2021, 2021-05 or 2021-05-25; None if there is no such month or day."""
    year = "".join(_DIGITS.get(c, c) for c in found["year"])
    parts = [year]
    for name, last in (("month", 12), ("day", 31)):
        if found[name] is None:
            break
        number = small_number(found[name])
        if not 1 <= number <= last:
            return None
        parts.append(f"{number:02d}")
    return "-".join(parts)


def small_number(text: str) -> int:
    """A number below 100 in Arabic or Chinese numerals: 25, 二十五 -> 25; 十 -> 10."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    value = int(_DIGITS.get(ones, "0")) if ones else 0
    return value + (10 * int(_DIGITS.get(tens, "1")) if ten else 0)
