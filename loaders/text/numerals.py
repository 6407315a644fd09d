"""Chinese and other written numerals as whole numbers."""

import re
import unicodedata

HAN_NUMERAL = "〇○零一二三四五六七八九十百千两廿卅"

_DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SHORT_TENS = {"廿": "二十", "卅": "三十"}
_PLACE_VALUES = re.compile(r"[〇○零一二三四五六七八九]{2,}")


def whole_number(text: str) -> int | None:
    """The number that a numeral stands for: 三十五 -> 35, 二〇三五 -> 2035, １２ -> 12, ⑧ -> 8; None if it is none."""
    text = unicodedata.normalize("NFKC", text.strip())
    if text.isdecimal():
        return int(text)
    if _PLACE_VALUES.fullmatch(text):
        return int("".join(str(_DIGITS[digit]) for digit in text))
    return _with_place_words(text)


def _with_place_words(text: str) -> int | None:
    for short, long in _SHORT_TENS.items():
        text = text.replace(short, long)
    total, digit = 0, None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            total += (1 if digit is None else digit) * _TENS[character]
            digit = 0
        else:
            return None
    return None if digit is None else total + digit
