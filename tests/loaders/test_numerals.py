"""Written numerals as numbers."""

import pytest

from loaders.text.numerals import whole_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("三十五", 35),
        ("一百零三", 103),
        ("一百二十", 120),
        ("二〇三五", 2035),
        ("二○三五", 2035),
        ("两", 2),
        ("廿一", 21),
        ("12", 12),
        ("１２", 12),
        ("⑧", 8),
        ("千", 1000),
    ],
)
def test_numerals_of_headings_and_years_are_read(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "云", "1.5", "甲", "三个"])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert whole_number(text) is None
